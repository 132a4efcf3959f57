import * as assert from 'node:assert/strict';
import { formatDuration, formatElapsed } from '../../../../src/core/run/formatDuration';

suite('formatElapsed', () => {
	for (const [ms, text] of [
		[-1, '0 s'],
		[0, '0 s'],
		[999, '0 s'],
		[1000, '1 s'],
		[59_999, '59 s'],
		[60_000, '1:00 min'],
		[65_000, '1:05 min'],
		[3_599_999, '59:59 min'],
		[3_600_000, '1:00:00 h'],
		[3_669_000, '1:01:09 h'],
	] as const) {
		test(`counts ${ms} ms as ${text}`, () => {
			assert.equal(formatElapsed(ms), text);
		});
	}
});

suite('formatDuration', () => {
	for (const [ms, locale, text] of [
		[0, 'en', '0 s'],
		[1440, 'en', '1.4 s'],
		[1440, 'de', '1,4 s'],
		[9949, 'en', '9.9 s'],
		[9950, 'en', '10 s'],
		[48_200, 'en', '48 s'],
		[59_700, 'en', '1:00 min'],
	] as const) {
		test(`rounds ${ms} ms to ${text} in ${locale}`, () => {
			assert.equal(formatDuration(ms, locale), text);
		});
	}
});
