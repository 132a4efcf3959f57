import * as assert from 'node:assert/strict';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { findPromptFences } from '../../../../src/core/prompt/promptFence';
import { problemsOf } from './support';

/** Each of these makes a reader that looks back again and again take minutes. The texts are read at every keystroke. */
suite('a file that is made to keep the editor busy', () => {
	test('has spaces without end in a broken value', () => {
		const text = `---\nalt: "${' '.repeat(32_000)}x\n---\nA cat`;
		assert.deepEqual(
			problemsOf(text).map(([code]) => code),
			['syntax', 'invalidValue'],
		);
	});

	test('has spaces without end behind a fence', () => {
		const info = `imgprompt x${' '.repeat(300_000)}y`;
		assert.deepEqual(
			findPromptFences(`\`\`\`${info}\nA cat\n\`\`\``).map(({ text, infoRange }) => [text, infoRange.end - infoRange.start]),
			[['A cat\n', info.length]],
		);
	});

	test('has many comments in one line', () => {
		assert.equal(parsePrompt('<!-- -->a'.repeat(60_000)).body, 'a'.repeat(60_000));
	});

	test('has many unknown variables beside many known ones, and names the nearest for the first of them', () => {
		const known = Array.from({ length: 1000 }, (_, index) => `  known${index}: x\n`).join('');
		const unknown = Array.from({ length: 1000 }, (_, index) => `{{knowm${index}}}`).join(' ');
		const { problems } = parsePrompt(`---\nvars:\n${known}---\n${unknown}`);
		const messages = problems.filter(({ code }) => code === 'unknownVariable').map(({ message }) => message);
		assert.equal(messages.length, 1000);
		assert.equal(messages[0], '`vars` has no `knowm0`. Did you mean `{{known0}}`?');
		assert.match(messages[999] ?? '', /^`vars` has no `knowm999`\. Add it there/);
	});

	for (const line of [':', 'a: [', '- ', "'", '? ', '&a ', '%', 'k: {', 'a: *b', '\t', 'vars:\n  a: "', '[{},', '{a: b, ', '- - ']) {
		test(`repeats ${JSON.stringify(line)} a thousand times`, () => {
			const lines = `${line}\n`.repeat(1000);
			assert.equal(parsePrompt(`---\n${lines}---\nA cat`).body, 'A cat');
		});
	}
});
