import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { findPromptFence, findPromptFences } from '../../../../src/core/prompt/promptFence';
import { sliceOf, valuesOf } from './support';

const textsOf = (text: string) => findPromptFences(text).map(fence => fence.text);

suite('findPromptFences', () => {
	for (const [name, text, expected] of [
		['backticks', '# T\n\n```imgprompt\nA\nB\n```\n', ['A\nB\n']],
		['tildes', '~~~imgprompt\nA\n~~~', ['A\n']],
		['more than three of them', '`````imgprompt\nA\n```\nB\n`````\n', ['A\n```\nB\n']],
		['a longer closing line', '```imgprompt\nA\n``````\nB', ['A\n']],
		['a space and more words in the info string', '``` imgprompt hero {.wide}\nA\n```', ['A\n']],
		['indentation', '   ```imgprompt\n   A\n  ```  \n', ['   A\n']],
		['carriage returns', 'x\r\n```imgprompt\r\nA\r\n```\r\ny', ['A\r\n']],
		['a byte order mark', '\uFEFF```imgprompt\nA\n```', ['A\n']],
		['nothing inside', '```imgprompt\n```', ['']],
		['no end', 'x\n```imgprompt\nA\nB', ['A\nB']],
		['no end and nothing inside', '```imgprompt', ['']],
		['two of them', '```imgprompt\nA\n```\nx\n~~~imgprompt\nB\n~~~', ['A\n', 'B\n']],
		['another block before', '```js\nx\n```\n```imgprompt\nA\n```', ['A\n']],
		['the other kind of fence inside', '```imgprompt\n~~~\nA\n```', ['~~~\nA\n']],
		['a fence with an info string inside', '```imgprompt\nA\n```js\nB\n```', ['A\n```js\nB\n']],
	] as const) {
		test(`finds a fence with ${name}`, () => {
			assert.deepEqual(textsOf(text), expected);
		});
	}

	for (const [name, text] of [
		['another language', '```imgprompts\nA\n```'],
		['a language that only begins so', '```imgprompt-old\nA\n```'],
		['the word in another place', '```js imgprompt\nA\n```'],
		['two backticks', '``imgprompt\nA\n``'],
		['inline code', '```imgprompt``` is a language'],
		['indented code', '    ```imgprompt\n    A\n    ```'],
		['a fence inside a longer fence', '````md\n```imgprompt\nA\n```\n````'],
		['a fence inside a block that never ends', '~~~\n```imgprompt\nA\n```'],
		['plain text', 'imgprompt\nA'],
	] as const) {
		test(`finds none in ${name}`, () => {
			assert.deepEqual(findPromptFences(text), []);
		});
	}

	test('gives contents and info string with their places', () => {
		const text = 'x\n ```  imgprompt hero \nA\n```\n';
		const [fence] = findPromptFences(text);
		assert.ok(fence);
		assert.equal(sliceOf(text, fence.range), fence.text);
		assert.equal(sliceOf(text, fence.infoRange), 'imgprompt hero');
		assert.equal(sliceOf(text, fence.blockRange), ' ```  imgprompt hero \nA\n```');
	});

	test('gives contents that read as a prompt, indented or not', () => {
		for (const indent of ['', '  ', '   ']) {
			const lines = ['```imgprompt', '---', 'size: auto', 'vars:', '  mood: dark', '---', 'A {{mood}} sea', '```'];
			const [fence] = findPromptFences(lines.map(line => `${indent}${line}`).join('\n'));
			const document = parsePrompt(fence?.text ?? '');
			assert.deepEqual(valuesOf(document), { size: 'auto', vars: { mood: 'dark' } });
			assert.equal(document.body, 'A {{mood}} sea');
			assert.deepEqual(document.problems, []);
		}
	});

	test('always gives contents that stand at their place', () => {
		const line = fc.constantFrom(
			'```imgprompt',
			'```',
			'~~~imgprompt',
			'~~~',
			'````imgprompt x',
			'````',
			'A',
			'',
			'   ```',
			'    ```',
			'\uFEFF',
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), (lines, lineBreak) => {
				const text = lines.join(lineBreak);
				for (const fence of findPromptFences(text)) {
					assert.equal(sliceOf(text, fence.range), fence.text);
					assert.ok(sliceOf(text, fence.infoRange).startsWith('imgprompt'));
					assert.deepEqual(findPromptFence(text, fence.range.start), fence);
				}
			}),
		);
	});
});

suite('findPromptFence', () => {
	const text = 'x\n```imgprompt\nA\n```\ny\n```js\nB\n```\n';
	const fence = findPromptFences(text)[0];

	for (const [name, offset, expected] of [
		['before it', 0, undefined],
		['at the end of the line before it', 1, undefined],
		['at the beginning of its opening line', 2, fence],
		['in its info string', 8, fence],
		['in its contents', 15, fence],
		['at the end of its closing line', 20, fence],
		['behind it', 21, undefined],
		['in another block', text.indexOf('B'), undefined],
	] as const) {
		test(`finds ${expected ? 'the fence' : 'nothing'} ${name}`, () => {
			assert.deepEqual(findPromptFence(text, offset), expected);
		});
	}

	test('finds a fence that is still open to the end of the text', () => {
		assert.equal(findPromptFence('```imgprompt\nA', 14)?.text, 'A');
	});
});
