import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fillName, freePath, namedPath, slug, withTrueExtension } from '../../../../src/core/asset/names';
import { resolveInside, unsafeSegment, utf8Length } from '../../../../src/core/asset/safePath';

suite('slug', () => {
	for (const [text, expected] of [
		['Empty subway car, seen down the aisle!', 'empty-subway-car-seen-down-the-aisle'],
		['Don’t stop the cat\'s "party"', 'dont-stop-the-cats-party'],
		['Größe & Maß', 'größe-maß'],
		['Cafe\u0301 Zoe\u0308', 'café-zoë'],
		['İstanbul', 'i̇stanbul'],
		['静かな駅。人はいない', '静かな駅-人はいない'],
		['v2.0 (final)', 'v2-0-final'],
		['../../etc/passwd', 'etc-passwd'],
		['CON', 'image-con'],
		['nul', 'image-nul'],
		['COM¹', 'image-com¹'],
		['a\u200bb', 'ab'],
		['\u3164', 'image'],
		['👍👍', 'image'],
		['', 'image'],
		['---', 'image'],
		[
			'one two three four five six seven eight nine ten eleven twelve thirteen',
			'one-two-three-four-five-six-seven-eight-nine-ten-eleven',
		],
		['x'.repeat(100), 'x'.repeat(60)],
		[`short ${'y'.repeat(100)}`, 'short'],
	] as const) {
		test(`${JSON.stringify(text.slice(0, 40))} becomes ${expected}`, () => {
			assert.equal(slug(text), expected.normalize('NFC'));
		});
	}

	test('is always a name that may be written, at most 66 characters long, and a slug of itself', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
				const name = slug(text);
				assert.equal(unsafeSegment(`${name}.png`), undefined);
				assert.ok(name.length > 0 && name.length <= 66 && utf8Length(name) <= 186);
				assert.equal(slug(name), name);
			}),
			{ numRuns: 2000, seed: 20261120 },
		);
	});
});

const values = {
	slug: 'A red boat',
	format: 'jpeg',
	candidate: 1,
	date: '2026-11-20',
	documentName: 'getting started.md',
	model: 'acme/xl:1',
	size: '1536x1024',
	runId: '0193-ab',
} as const;

suite('fillName', () => {
	for (const [template, expected] of [
		['{{slug}}.{{ext}}', 'a-red-boat.jpg'],
		['{{ slug }}-{{index}}.{{ext}}', 'a-red-boat-2.jpg'],
		['{{date}}/{{name}}.{{ext}}', '2026-11-20/getting started.jpg'],
		['{{model}}_{{size}}_{{runId}}.png', 'acme-xl-1_1536x1024_0193-ab.png'],
		['{{unknown}}.png', '{{unknown}}.png'],
		['{{constructor}}.png', '{{constructor}}.png'],
		['plain.png', 'plain.png'],
	] as const) {
		test(`${template} becomes ${expected}`, () => {
			assert.equal(fillName(template, values), expected);
		});
	}

	test('values from outside bring no folder, no dot in front and no device stream', () => {
		const hostile = { ...values, model: '../../etc', documentName: '.env', size: 'a\\b:c', runId: '\u202e' };
		assert.equal(fillName('{{model}}|{{name}}|{{size}}|{{runId}}', hostile), '-..-etc|env|a-b-c|-');
	});

	test('a model id of nothing but spaces inside takes no time to speak of', () => {
		const model = `a${' '.repeat(300_000)}b`;
		assert.equal(fillName('{{model}}', { ...values, model }), model);
	});

	test('an empty document name becomes image', () => {
		assert.equal(fillName('{{name}}', { ...values, documentName: '' }), 'image');
	});
});

suite('namedPath', () => {
	for (const [folder, template, expected] of [
		['', '', 'a-red-boat.jpg'],
		['images', '{{slug}}.{{ext}}', 'images/a-red-boat.jpg'],
		['images//', '{{index}}.{{ext}}', 'images/2.jpg'],
	] as const) {
		test(`${template || '(no template)'} in ${folder || 'no folder'} is ${expected}`, () => {
			assert.equal(namedPath(folder, template, values), expected);
		});
	}
});

suite('withTrueExtension', () => {
	for (const [path, format, expected] of [
		['a/hero.png', 'png', { path: 'a/hero.png' }],
		['a/hero.PNG', 'png', { path: 'a/hero.PNG' }],
		['a/hero.jpeg', 'jpeg', { path: 'a/hero.jpeg' }],
		['a/hero.jpg', 'jpeg', { path: 'a/hero.jpg' }],
		['a/hero.png', 'jpeg', { path: 'a/hero.jpg', instead: 'png' }],
		['a/hero.svg', 'webp', { path: 'a/hero.webp', instead: 'svg' }],
		['a/hero.GIF', 'png', { path: 'a/hero.png', instead: 'GIF' }],
		['a/hero', 'png', { path: 'a/hero.png' }],
		['a/hero.final', 'png', { path: 'a/hero.final.png' }],
		['a/evil.sh', 'png', { path: 'a/evil.sh.png' }],
		['workflow.yml', 'webp', { path: 'workflow.yml.webp' }],
		['a.b/hero', 'gif', { path: 'a.b/hero.gif' }],
	] as const) {
		test(`${path} with ${format} bytes is written to ${expected.path}`, () => {
			assert.deepEqual(withTrueExtension(path, format), expected);
		});
	}
});

suite('freePath', () => {
	for (const [path, taken, expected] of [
		['images/a.png', [], 'images/a.png'],
		['images/a.png', ['b.png'], 'images/a.png'],
		['images/a.png', ['a.png'], 'images/a-2.png'],
		['images/a.png', ['a.png', 'a-2.png', 'a-3.png'], 'images/a-4.png'],
		['a.png', ['a.png', 'a-3.png'], 'a-2.png'],
		['a.png', ['A.PNG'], 'a-2.png'],
		['a.png', ['a.png', 'A-2.png'], 'a-3.png'],
		['caf\u00e9.png', ['cafe\u0301.png'], 'caf\u00e9-2.png'],
		['a.final.png', ['a.final.png'], 'a.final-2.png'],
		['a', ['a'], 'a-2'],
		[`${'é'.repeat(125)}.png`, [`${'é'.repeat(125)}.png`], `${'é'.repeat(124)}-2.png`],
	] as const) {
		test(`${path.slice(0, 20)} beside ${taken.length} names is ${expected.slice(0, 20)}`, () => {
			assert.equal(freePath(path, taken), expected);
		});
	}

	test('is never a name that is taken, and always one that may be written', () => {
		const name = fc.constantFrom('a.png', 'A.png', 'a-2.png', 'a-3.png', 'b.png', 'a-2-2.png');
		fc.assert(
			fc.property(name, fc.array(name), (wanted, taken) => {
				const free = freePath(wanted, taken);
				assert.ok(!taken.some(other => other.toLowerCase() === free.toLowerCase()));
				assert.ok(resolveInside('', free).ok);
			}),
			{ seed: 6 },
		);
	});
});
