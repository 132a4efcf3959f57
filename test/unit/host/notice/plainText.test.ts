import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { asPlainText, withoutIcons } from '../../../../src/host/notice/plainText';

/** What VS Code's notifications turn into a link (base/common/linkedText.ts, 1.139, read 2026-11). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

suite('asPlainText', () => {
	for (const text of [
		'It says: “[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)”',
		'[a](https://evil.example) and [b](file:///etc/passwd "title")',
		'[a](command:x)](command:y)',
	]) {
		test(`leaves no link in ${text.slice(0, 40)}`, () => {
			assert.match(text, link);
			assert.doesNotMatch(asPlainText(text), link);
		});
	}

	test('leaves no link in whatever comes', () => {
		const piece = fc.constantFrom('[', ']', '(', ')', '](', 'a', ' ', '"', 'command:x', 'https://x', 'file:///');
		fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), pieces => assert.doesNotMatch(asPlainText(pieces.join('')), link)));
	});

	test('keeps what is no link', () => {
		const text = 'The list [1] (and f(x)) has no key. Saved docs/a [draft].png.';
		assert.equal(asPlainText(text), text);
	});

	test('cuts what is longer than anybody reads', () => {
		assert.equal(asPlainText('x'.repeat(10_000_000)).length, 1000);
	});
});

suite('withoutIcons', () => {
	test('shows the words that would become an icon', () => {
		assert.equal(withoutIcons('$(check) openai $(sync~spin)'), '$ (check) openai $ (sync~spin)');
	});
});
