import * as assert from 'node:assert/strict';
import { ownValue } from '../../../src/core/ownValue';

suite('ownValue', () => {
	for (const [key, expected] of [
		['a', 1],
		['b', undefined],
		['constructor', undefined],
		['toString', undefined],
		['__proto__', undefined],
	] as const) {
		test(`finds ${String(expected)} under ${key}`, () => {
			assert.equal(ownValue({ a: 1 }, key), expected);
		});
	}
});
