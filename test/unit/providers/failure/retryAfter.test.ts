import * as assert from 'node:assert/strict';
import { readRetryAfter } from '../../../../src/providers/failure/retryAfter';

const now = Date.UTC(2026, 10, 20, 9, 0, 0);

suite('readRetryAfter', () => {
	for (const [headers, message, expected] of [
		[{}, undefined, undefined],
		[{}, 'Something else.', undefined],
		[{ 'retry-after': '12' }, undefined, 12_000],
		[{ 'retry-after': '0' }, undefined, 0],
		[{ 'retry-after': '1.5' }, undefined, 1500],
		[{ 'retry-after': '-3' }, undefined, 0],
		[{ 'retry-after': '86400' }, undefined, 86_400_000],
		[{ 'retry-after': '2678400' }, undefined, 2_678_400_000],
		[{ 'retry-after': '2678401' }, undefined, undefined],
		[{ 'retry-after': '9'.repeat(25) }, undefined, undefined],
		[{ 'retry-after-ms': '1e308' }, undefined, undefined],
		[{ 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, undefined, undefined],
		[{}, `Please try again in ${'9'.repeat(400)}h`, undefined],
		[{ 'retry-after': 'Fri, 20 Nov 2026 09:01:30 GMT' }, undefined, 90_000],
		[{ 'retry-after': 'Fri, 20 Nov 2026 08:00:00 GMT' }, undefined, 0],
		[{ 'retry-after': 'soon' }, undefined, undefined],
		// What the language takes for dates of the past would mean «at once».
		[{ 'retry-after': 'soon 5' }, undefined, undefined],
		[{ 'retry-after': '5,5' }, undefined, undefined],
		[{ 'retry-after': '1-2' }, undefined, undefined],
		[{ 'retry-after': 'Infinity' }, undefined, undefined],
		[{ 'retry-after': '0x10' }, undefined, undefined],
		[{ 'retry-after': 'Friday, 20-Nov-26 09:01:30 GMT' }, undefined, 90_000],
		[{ 'retry-after': 'Fri Nov 20 09:01:30 2026 GMT' }, undefined, 90_000],
		[{ 'retry-after-ms': '467', 'retry-after': '9' }, undefined, 467],
		[{ 'retry-after-ms': 'x', 'retry-after': '9' }, undefined, 9000],
		[{ 'retry-after': '2' }, 'Please try again in 12s.', 2000],
		[{}, 'Limit 4000, Used 4000. Please try again in 467ms. Visit https://x.', 467],
		[{}, 'Limit 5, Used 5, Requested 1. Please try again in 12s.', 12_000],
		[{}, 'You have exceeded the call rate limit of your S0 pricing tier. Please retry after 6 seconds.', 6000],
		[{}, 'Please try again in 1m30s.', 90_000],
		[{}, 'Please try again in 1h2m.', 3_720_000],
		[{}, 'Please retry after 6 seconds.', 6000],
		[{}, 'Please retry after 2 minutes.', 120_000],
		[{}, 'Please try again in 1.5s', 1500],
		[{}, 'Please try again in 200 milliseconds', 200],
		[{}, 'Please try again in a moment', undefined],
	] as const) {
		test(`reads ${JSON.stringify(headers)} ${message ?? ''} as ${expected ?? 'nothing'}`, () => {
			assert.equal(readRetryAfter(new Headers(headers), message, now), expected);
		});
	}
});
