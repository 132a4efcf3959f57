import * as assert from 'node:assert/strict';
import { importsOf, layers, mistakesOf } from './layers';
import { readSources } from './sources';

suite('the rule of imports', () => {
	const files = [...readSources('src', '.ts'), ...readSources('webview', '.ts')].filter(({ path }) => !path.endsWith('.d.ts'));

	for (const [name, { prefixes }] of Object.entries(layers)) {
		test(`${name} imports only what it may`, () => {
			const own = files.filter(({ path }) => prefixes.some(prefix => path.startsWith(prefix)));
			assert.ok(own.length > 0, `No file starts with ${prefixes.join(' or ')}.`);
			assert.deepEqual(
				own.flatMap(({ path, text }) => mistakesOf(path, text)),
				[],
			);
		});
	}

	test('every source file belongs to a layer', () => {
		assert.deepEqual(
			files.flatMap(({ path }) => mistakesOf(path, '')),
			[],
		);
	});
});

suite('the checker of the rule of imports', () => {
	for (const [file, statement, target] of [
		['src/core/plan/plan.ts', `import type * as vscode from 'vscode';`, 'vscode'],
		['src/core/plan/plan.ts', `import { join } from 'node:path';`, 'node:path'],
		['src/core/plan/plan.ts', `export { send } from '../../providers/openai/send';`, 'src/providers/openai/send'],
		['src/core/plan/plan.ts', `import * as z from 'zod';`, 'zod'],
		['src/core/plan/plan.ts', `const OpenAI = await import('openai');`, 'openai'],
		['src/core/plan/plan.ts', `let wanted: import('vscode').Uri;`, 'vscode'],
		['src/providers/openai/send.ts', `import { request } from 'node:https';`, 'node:https'],
		['src/providers/openai/send.ts', `import { Panel } from '../../host/panel/panel';`, 'src/host/panel/panel'],
		['src/protocol/messages.ts', `import { plan } from '../core/plan/plan';`, 'src/core/plan/plan'],
		['src/host/commands/generate.ts', `const sdk = require('openai');`, 'openai'],
		[
			'src/host/commands/generate.ts',
			`import { OpenAiProvider } from '../../providers/openai/provider';`,
			'src/providers/openai/provider',
		],
		['src/host/commands/generate.ts', `import fs = require('fs');`, 'fs'],
		['webview/main.ts', `import { readFile } from 'node:fs/promises';`, 'node:fs/promises'],
		['webview/main.ts', `import '@vscode-elements/elements';`, '@vscode-elements/elements'],
		['src/extension.ts', `import { fetch } from 'undici';`, 'undici'],
	] as const) {
		test(`finds ${statement} in ${file}`, () => {
			assert.deepEqual(mistakesOf(file, `${statement}\nexport {};\n`), [`${file} -> ${target}`]);
		});
	}

	for (const [file, statement] of [
		['src/core/plan/plan.ts', `import * as z from 'zod/mini';`],
		['src/providers/openai/send.ts', `import { request } from 'https';`],
		['src/providers/openai/send.ts', `import { plan } from '../../core/plan/plan';`],
		['src/protocol/messages.ts', `import type { Plan } from '../core/plan/plan';`],
		['src/host/commands/generate.ts', `import * as vscode from 'vscode';`],
		['webview/main.ts', `import '@vscode-elements/elements/dist/vscode-button/index.js';`],
		['src/extension.ts', `const { compose } = await import('./composition');`],
		['src/composition.ts', `import { OpenAiProvider } from './providers/openai/provider';`],
	] as const) {
		test(`allows ${statement} in ${file}`, () => {
			assert.deepEqual(mistakesOf(file, statement), []);
		});
	}

	test('refuses a file that lies in no layer', () => {
		assert.deepEqual(mistakesOf('src/utilities/strings.ts', ''), ['src/utilities/strings.ts is in no layer']);
	});

	test('tells imports of types from others', () => {
		assert.deepEqual(importsOf(`import type { A } from './a';\nimport { b } from './b';\nimport { type C } from './c';`), [
			{ specifier: './a', isTypeOnly: true },
			{ specifier: './b', isTypeOnly: false },
			{ specifier: './c', isTypeOnly: false },
		]);
	});
});
