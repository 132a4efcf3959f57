import * as assert from 'node:assert/strict';
import { readSources } from './sources';

suite('notices', () => {
	test('are shown by one module, which takes the links out of foreign words', () => {
		const showing = readSources('src', '.ts').filter(({ text }) => /\.show(?:Information|Warning|Error)Message\b/.test(text));
		assert.deepEqual(
			showing.map(({ path }) => path),
			['src/host/notice/notice.ts'],
		);
	});

	test('no Markdown string is trusted to run commands', () => {
		const trusting = readSources('src', '.ts').filter(({ text }) => /\b(?:isTrusted|supportHtml)\s*[:=]\s*true\b/.test(text));
		assert.deepEqual(trusting, []);
	});
});
