import * as assert from 'node:assert/strict';
import { chooseValueFixes, removeKeyFix, setKeyFix } from '../../../../src/core/plan/planFixes';
import { applyEdits } from '../../../../src/core/prompt/editPrompt';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { promptFromValues } from '../../../../src/core/prompt/promptFromValues';
import type { ProblemFix } from '../../../../src/core/problem';

const text = '---\r\nsize: 1920x1080 # wide\r\nquality: low\r\n---\r\nA cat';
const fromText = parsePrompt(text);
const fromValues = promptFromValues({ prompt: 'A cat', size: '1920x1080' });

function textAfter([fix]: readonly ProblemFix[]): string {
	assert.ok(fix);
	return applyEdits(text, fix.edits);
}

suite('fixes of a plan', () => {
	test('replace a value and leave its line as it is', () => {
		assert.equal(textAfter(setKeyFix(fromText, 'size', '1920x1088')), text.replace('1920x1080', '1920x1088'));
	});

	test('add a key that is missing, with the file’s own line breaks', () => {
		assert.equal(textAfter(setKeyFix(fromText, 'format', 'png')), text.replace('low\r\n', 'low\r\nformat: png\r\n'));
	});

	test('remove a key with its line', () => {
		assert.equal(textAfter(removeKeyFix(fromText, 'size')), text.replace('size: 1920x1080 # wide\r\n', ''));
	});

	test('have titles in the imperative, and are preferred when told so', () => {
		assert.deepEqual(
			[
				...setKeyFix(fromText, 'size', 'auto', { title: 'Use auto' }),
				...setKeyFix(fromText, 'size', 'auto', { isPreferred: true }),
				...removeKeyFix(fromText, 'quality'),
			].map(({ title, isPreferred }) => [title, isPreferred]),
			[
				['Use auto', undefined],
				['Set `size: auto`', true],
				['Remove `quality`', true],
			],
		);
	});

	test('prefer the first of several values', () => {
		assert.deepEqual(
			chooseValueFixes(fromText, 'quality', ['high', 'medium']).map(({ title, isPreferred }) => [title, isPreferred]),
			[
				['Set `quality: high`', true],
				['Set `quality: medium`', undefined],
			],
		);
	});

	test('are none where there is nothing to edit', () => {
		assert.deepEqual(setKeyFix(fromValues, 'size', 'auto'), []);
		assert.deepEqual(removeKeyFix(fromValues, 'size'), []);
		assert.deepEqual(removeKeyFix(fromText, 'format'), []);
		assert.deepEqual(chooseValueFixes(fromText, 'quality', []), []);
	});
});
