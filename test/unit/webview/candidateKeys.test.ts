import * as assert from 'node:assert/strict';
import { candidateAfter } from '../../../webview/candidateKeys';

suite('candidateAfter', () => {
	for (const [key, at, count, columns, expected] of [
		['ArrowRight', 0, 4, 2, 1],
		['ArrowRight', 1, 4, 2, 2],
		['ArrowRight', 3, 4, 2, 3],
		['ArrowLeft', 2, 4, 2, 1],
		['ArrowLeft', 0, 4, 2, 0],
		['ArrowDown', 0, 4, 2, 2],
		['ArrowDown', 2, 4, 2, 2],
		['ArrowUp', 3, 4, 2, 1],
		['ArrowUp', 1, 4, 2, 1],
		['ArrowDown', 1, 3, 2, 2],
		['ArrowDown', 2, 3, 2, 2],
		['ArrowDown', 2, 4, 4, 2],
		['ArrowUp', 2, 4, 4, 2],
		['Home', 3, 4, 2, 0],
		['End', 0, 4, 2, 3],
		['a', 1, 4, 2, undefined],
	] as const) {
		test(`${key} on ${at + 1} of ${count} in lines of ${columns} leads to ${expected === undefined ? 'nothing' : expected + 1}`, () => {
			assert.equal(candidateAfter(key, at, count, columns), expected);
		});
	}
});
