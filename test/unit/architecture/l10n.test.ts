import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundlePath, exportStrings, printBundle } from '../../launch/lib/l10n.mjs';
import { readSources } from './sources';

const hostSources = readSources('src/host', '.ts');

suite('the strings for translators', () => {
	test('l10n/bundle.l10n.json holds every string of the code and no other (npm run l10n writes it)', async () => {
		const text = readFileSync(bundlePath, 'utf8');
		const exported = await exportStrings();
		assert.deepEqual(JSON.parse(text), exported);
		assert.equal(text, printBundle(exported));
	}).timeout(60_000);

	test('a string is written out where it is translated, or nobody could export it', () => {
		// The one place where the function itself is handed on.
		const handedOn = '(message, ...values)';
		const calls = hostSources.flatMap(({ path, text }) =>
			[...text.matchAll(/\bl10n\.t(\([^)]{0,40}\)?)/g)].map(([, call = '']) => ({ path, call })),
		);
		assert.ok(calls.length > 100, `${calls.length} calls`);
		assert.deepEqual(
			calls.filter(({ call }) => !/^\(\s*['"`]/.test(call) && call !== handedOn),
			[],
		);
		const templates = hostSources.filter(({ text }) => /\bt\(\s*`[^`]*\$\{/.test(text));
		assert.deepEqual(
			templates.map(({ path }) => path),
			[],
		);
	});

	test('messages on the screen are translated', () => {
		const untranslated = hostSources.flatMap(({ path, text }) =>
			[...text.matchAll(/\.show(?:Information|Warning|Error)Message\(\s*['"`][^'"`]*/g)].map(([call]) => `${path}: ${call}`),
		);
		assert.deepEqual(untranslated, []);
	});
});
