import * as fc from 'fast-check';
import * as assert from 'node:assert/strict';
import { parseApiKey } from '../../../../src/host/connections/apiKey';

/** ASCII as often as everything else, so that some texts are keys. */
const anyCodeUnit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })).map(code => String.fromCharCode(code));

suite('parseApiKey', () => {
	for (const [text, expected] of [
		['sk-abc123', { ok: true, value: 'sk-abc123' }],
		['  sk-abc123\n', { ok: true, value: 'sk-abc123' }],
		['', { ok: false, failure: 'empty' }],
		[' \t\n', { ok: false, failure: 'empty' }],
		['Bearer sk-abc123', { ok: false, failure: 'containsSpace' }],
		['sk-abc\nX-Other: 1', { ok: false, failure: 'containsSpace' }],
		['sk-abc\u00a0123', { ok: false, failure: 'containsSpace' }],
		['sk-abc\u0000', { ok: false, failure: 'containsUnprintable' }],
		['sk-abc\u007f', { ok: false, failure: 'containsUnprintable' }],
		['sk-äbc', { ok: false, failure: 'containsUnprintable' }],
		['sk-“abc”', { ok: false, failure: 'containsUnprintable' }],
		['x'.repeat(4096), { ok: true, value: 'x'.repeat(4096) }],
		['x'.repeat(4097), { ok: false, failure: 'tooLong' }],
	] as const) {
		test(`${JSON.stringify(text.slice(0, 24))} (${text.length}) gives ${expected.ok ? 'a key' : expected.failure}`, () => {
			assert.deepEqual(parseApiKey(text), expected);
		});
	}

	test('whatever it accepts is one line of printable ASCII', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCodeUnit, maxLength: 40 }), text => {
				const key = parseApiKey(text);
				return !key.ok || /^[!-~]+$/.test(key.value);
			}),
		);
	});
});
