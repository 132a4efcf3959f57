import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { editDistance, nearestName } from '../../../../src/core/prompt/nearestName';

suite('editDistance', () => {
	for (const [from, to, distance] of [
		['', '', 0],
		['', 'abc', 3],
		['size', 'size', 0],
		['sise', 'size', 1],
		['sze', 'size', 1],
		['sizee', 'size', 1],
		['szie', 'size', 1],
		['qualtiy', 'quality', 1],
		['kitten', 'sitting', 3],
		['ca', 'abc', 3],
	] as const) {
		test(`of "${from}" and "${to}" is ${distance}`, () => {
			assert.equal(editDistance(from, to), distance);
		});
	}

	test('is the same both ways, and 0 only for the same word', () => {
		const word = fc.stringMatching(/^[abc]{0,6}$/);
		fc.assert(
			fc.property(word, word, (a, b) => {
				assert.equal(editDistance(a, b), editDistance(b, a));
				assert.equal(editDistance(a, b) === 0, a === b);
				assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
			}),
		);
	});
});

suite('nearestName', () => {
	for (const [text, names, expected] of [
		['qualty', ['quality', 'size'], 'quality'],
		['QUALITY', ['quality'], 'quality'],
		['N', ['n', 'alt'], 'n'],
		['m', ['n'], undefined],
		['atl', ['all', 'alt', 'art'], 'all'],
		['lat', ['left', 'alt'], 'alt'],
		['alte', ['alt', 'latex'], 'alt'],
		['seed', ['size', 'model'], undefined],
		['', ['a'], undefined],
		['x'.repeat(10_000), ['quality'], undefined],
		['anything', [], undefined],
	] as const) {
		test(`of "${text.slice(0, 10)}" among ${names.join(', ') || 'nothing'} is ${expected ?? 'none'}`, () => {
			assert.equal(nearestName(text, names), expected);
		});
	}
});
