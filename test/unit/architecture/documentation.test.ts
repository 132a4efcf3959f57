import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { linkFor } from '../../../src/core/asset/links';
import type { Connection } from '../../../src/core/connection/connection';
import { parseConnections } from '../../../src/core/connection/parseConnections';
import { sizePresets } from '../../../src/core/image/sizePresets';
import { findCapability } from '../../../src/core/model/findCapability';
import { retiredModels } from '../../../src/core/model/capabilityTable';
import { freeSizeLimits, openAiRows } from '../../../src/core/model/openAiRows';
import { formatPrice } from '../../../src/core/plan/formatPrice';
import { estimatePrice } from '../../../src/core/plan/price';
import { parsePrompt } from '../../../src/core/prompt/parsePrompt';
import { promptKeys } from '../../../src/core/prompt/promptSchema';
import { sizeFromText } from '../../../src/core/prompt/sizeText';
import { failureKinds } from '../../../src/core/run/failure';
import { maxAttempts } from '../../../src/core/run/retryRule';
import { cellsOf, fencesOf, headingsOf, linksOf, read, tableAfter } from './markdown';

interface Manifest {
	readonly version: string;
	readonly scripts: Readonly<Record<string, string>>;
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
		readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly image: string } }[] }[];
	};
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const { commands, configuration, walkthroughs } = manifest.contributes;
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
const readme = read('README.md');
const today = '2026-11-20';

suite('the README', () => {
	test('lists every setting with its default, in the order of the manifest', () => {
		assert.deepEqual(
			tableAfter(readme, '## Settings').map(row => cellsOf(row).slice(0, 2)),
			Object.entries(configuration.properties).map(([name, setting]) => [`\`${name}\``, `\`${JSON.stringify(setting.default)}\``]),
		);
	});

	test('lists every command with its title and id, in the order of the manifest', () => {
		assert.deepEqual(
			tableAfter(readme, '## Commands').map(row => cellsOf(row).slice(0, 2)),
			commands.map(({ command, title }) => [texts[title.replaceAll('%', '')], `\`${command}\``]),
		);
	});

	test('names no command by a title that it does not have', () => {
		const titles = new Set(commands.map(({ title }) => `Image Prompt: ${texts[title.replaceAll('%', '')] ?? ''}`));
		const named = [...readme.replaceAll('\n', ' ').matchAll(/\*\*(Image Prompt: [^*]+)\*\*/g)].map(([, title = '']) => title);
		assert.ok(named.length > 5);
		assert.deepEqual(
			named.filter(title => !titles.has(title)),
			[],
		);
	});

	test('says from code only what commands exist, and every kind of failure', () => {
		const ids = new Set(commands.map(({ command }) => `\`${command}\``));
		const described = tableAfter(readme, '## From code').map(row => cellsOf(row)[0] ?? '');
		assert.ok(described.length > 5, 'the table of arguments is gone');
		assert.deepEqual(
			described.filter(id => !ids.has(id)),
			[],
		);
		assert.deepEqual(
			tableAfter(readme, '`failure.kind` is one of').map(row => cellsOf(row)[0]),
			failureKinds.map(kind => `\`${kind}\``),
		);
	});

	test('lists every key of the prompt file, and the presets with their sizes', () => {
		const rows = tableAfter(readme, '| Key ').map(cellsOf);
		assert.deepEqual(rows.map(([key]) => key).sort(), promptKeys.map(key => `\`${key}\``).sort());
		const presets = [...sizePresets].map(([name, { width, height }]) => `\`${name}\` ${width}x${height}`).join(', ');
		assert.ok(rows.find(([key]) => key === '`size`')?.[1]?.endsWith(presets), presets);
	});

	test('shows prompt files without a problem', () => {
		const files = fencesOf(readme, 'imgprompt');
		assert.ok(files.length > 0);
		assert.deepEqual(
			files.map(file => parsePrompt(file).problems),
			files.map(() => []),
		);
	});

	test('shows connections that can be used as they stand', () => {
		const fences = fencesOf(readme, 'json').map(text => JSON.parse(text) as Readonly<Record<string, unknown>>);
		const entries = fences.flatMap(fence => fence['imgprompt.connections'] ?? fence);
		const { connections, problems } = entries.map(entry => parseConnections([entry])).reduce(joined);
		assert.equal(entries.length, 4);
		assert.deepEqual(problems, []);
		const remarks = connections.flatMap(({ kind, model, capabilities }) => findCapability(kind, model, capabilities, today).problems);
		assert.deepEqual(
			remarks.filter(({ severity }) => severity === 'error'),
			[],
		);
	});

	test('shows links as they are written', () => {
		const languages = [
			'markdown',
			'html',
			'typescriptreact',
			'css',
			'restructuredtext',
			'asciidoc',
			'latex',
			'typst',
			'org',
			'plaintext',
		];
		const picture = { path: 'images/tulip.png', alt: 'A tulip', width: 1024, height: 1024 };
		assert.deepEqual(
			tableAfter(readme, '| Page ').map(row => cellsOf(row)[1]),
			languages.map(languageId =>
				linkFor({ languageId, ...picture })
					.split('\n')
					.map(asCode)
					.join('<br>'),
			),
		);
	});

	test('gives the prices that the product gives', () => {
		const { capability } = findCapability('openai', 'gpt-image-2', undefined, today);
		const price = (size: string, quality: string) =>
			formatPrice(estimatePrice(capability, { size: sizeFromText(size), quality }, 1, 0), 'long').replace(' estimated', '');
		for (const row of tableAfter(readme, '| Size ').map(cellsOf)) {
			const size = row[0]?.replaceAll('`', '') ?? '';
			assert.deepEqual(
				row.slice(1),
				['low', 'medium', 'high'].map(quality => price(size, quality)),
			);
		}
		assert.equal(capability.prices?.textIn, 5, 'a thousand tokens of a prompt no longer cost half a cent');
	});

	test('says of models and attempts what the rules say', () => {
		const { maxEdge, maxRatio, minPixels, maxPixels, step } = freeSizeLimits;
		const count = (pixels: number) => pixels.toLocaleString('en-US');
		const text = readme.replace(/\s+/g, ' ');
		for (const words of [
			`multiples of ${step} and at most ${maxEdge} pixels, at most ${maxRatio}:1, ${count(minPixels)} to ${count(maxPixels)} pixels`,
			'five attempts',
		]) {
			assert.ok(text.includes(words), words);
		}
		assert.equal(maxAttempts, 5);
		const ending = openAiRows.filter(({ shutDown }) => shutDown !== undefined);
		for (const { models, shutDown } of ending) {
			assert.equal(shutDown, '2026-12-01');
			assert.ok(text.includes(`\`${models[0] ?? ''}\``), models[0]);
		}
		assert.ok(retiredModels.openai.every(({ model }) => !text.includes(`\`${model}\``)));
	});
});

suite('the documents', () => {
	for (const path of documents) {
		test(`${path} links to what exists, and shows pictures that can be shown`, () => {
			for (const { target, isPicture } of linksOf(read(path))) {
				const [file = '', anchor] = target.split('#');
				if (/^https:\/\//.test(target)) {
					continue;
				}
				assert.ok(file === '' || existsSync(file), target);
				assert.ok(!isPicture || file.endsWith('.png'), `${target} is no PNG, which the Marketplace asks for`);
				assert.ok(anchor === undefined || headingsOf(read(file === '' ? path : file)).includes(anchor), target);
			}
		});

		test(`${path} names scripts and files that exist`, () => {
			const text = read(path);
			const scripts = [...text.matchAll(/\bnpm (?:run )?(start|test(?::\w+)?|(?<=run )[\w:]+)/g)].map(([, script = '']) => script);
			assert.deepEqual(
				scripts.filter(script => !(script in manifest.scripts)),
				[],
			);
			const files = [...text.matchAll(/`((?:src|test|webview|media|l10n)\/[\w./-]+)`/g)].map(([, file = '']) => file);
			assert.deepEqual(
				files.filter(file => !existsSync(file)),
				[],
			);
		});
	}

	test('CHANGELOG begins with the version of the package', () => {
		assert.equal(/^## \[([^\]]+)\]/m.exec(read('CHANGELOG.md'))?.[1], manifest.version);
	});

	test('every promise of SECURITY names a test that exists', () => {
		const text = read('SECURITY.md').replace(/\s+/g, ' ');
		const named = [...text.matchAll(/\]\((test\/[^)]+)\): “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }));
		const promises = text.split('## What is not promised')[0]?.match(/ - \*\*/g)?.length ?? 0;
		assert.ok(promises > 10 && named.length >= promises, `${named.length} tests for ${promises} promises`);
		assert.deepEqual(
			named.filter(({ file, title }) => !new RegExp(`\\b(?:test|suite)\\(\\s*['"\`]${escaped(title)}`).test(read(file))),
			[],
		);
	});

	test('every picture of the README is shown somewhere, and those of the walkthrough are small', () => {
		const shown = new Set(linksOf(readme).map(({ target }) => target));
		for (const name of ['panel', 'selection', 'inserted', 'problem', 'candidates', 'uncertain']) {
			assert.ok(shown.has(`media/readme/${name}.png`), name);
		}
		const pictures = walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.image));
		assert.deepEqual(
			pictures.filter(path => readFileSync(path).length > 60_000),
			[],
		);
	});
});

/** As a code span. What looks like a picture is spelled otherwise, because the packager rewrites the paths of pictures in code, too. */
function asCode(line: string): string {
	return /^[!<]/.test(line) ? `<code>${line.replace('[', '&#91;').replace('<', '&lt;')}</code>` : `\`${line}\``;
}

function joined(one: ReturnType<typeof parseConnections>, other: ReturnType<typeof parseConnections>) {
	const connections: readonly Connection[] = [...one.connections, ...other.connections];
	return { connections, problems: [...one.problems, ...other.problems] };
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
