import * as assert from 'node:assert/strict';
import { promptError, replaceFix, shown } from '../../../../src/core/prompt/promptProblem';

suite('what a problem says of a text', () => {
	for (const [text, expected] of [
		['size', 'size'],
		[' a \r\n\t b ', 'a b'],
		['x'.repeat(40), 'x'.repeat(40)],
		['x'.repeat(41), `${'x'.repeat(39)}…`],
		['', ''],
	] as const) {
		test(`shows ${JSON.stringify(text.slice(0, 20))} as ${JSON.stringify(expected.slice(0, 20))}`, () => {
			assert.equal(shown(text), expected);
		});
	}

	test('has mends only when there are any', () => {
		const range = { start: 1, end: 2 };
		assert.deepEqual(promptError('syntax', range, 'No.'), { code: 'syntax', severity: 'error', range, message: 'No.' });
		const fix = replaceFix('Mend', range, 'x', true);
		assert.deepEqual(promptError('syntax', range, 'No.', [fix]).fixes, [
			{ title: 'Mend', edits: [{ range, newText: 'x' }], isPreferred: true },
		]);
	});
});
