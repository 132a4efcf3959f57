import * as assert from 'node:assert/strict';
import type { Price } from '../../../../src/core/plan/plan';
import { formatPrice, formatUsd } from '../../../../src/core/plan/formatPrice';

const estimate = (minUsd: number, maxUsd = minUsd): Price => ({ kind: 'estimate', minUsd, maxUsd, outputTokens: [0, 0] });

/** Locales use spaces that do not break. */
const plainSpaces = (text: string) => text.replace(/\s/g, ' ');

suite('formatPrice', () => {
	for (const [usd, short, long] of [
		[0.0412, '≈ $0.04', '≈ $0.041 estimated'],
		[0.0059, '≈ $0.006', '≈ $0.0059 estimated'],
		[0.0047, '≈ $0.005', '≈ $0.0047 estimated'],
		[0.0527, '≈ $0.05', '≈ $0.053 estimated'],
		[0.2107, '≈ $0.21', '≈ $0.21 estimated'],
		[0.7116, '≈ $0.71', '≈ $0.71 estimated'],
		[0.5, '≈ $0.50', '≈ $0.50 estimated'],
		[0.04, '≈ $0.04', '≈ $0.040 estimated'],
		[0.0004, '≈ $0.0004', '≈ $0.00040 estimated'],
		[1.6464, '≈ $1.65', '≈ $1.65 estimated'],
		[12.5, '≈ $12.50', '≈ $12.50 estimated'],
		[1234.5, '≈ $1,234.50', '≈ $1,234.50 estimated'],
	] as const) {
		test(`writes ${usd} dollars as ${short} in short and ${long} in full`, () => {
			assert.deepEqual([formatPrice(estimate(usd), 'short'), formatPrice(estimate(usd), 'long')], [short, long]);
		});
	}

	test('writes a range with one symbol', () => {
		assert.equal(formatPrice(estimate(0.00474, 0.16764), 'short'), '≈ $0.005–0.17');
		assert.equal(formatPrice(estimate(0.00474, 0.16764), 'long'), '≈ $0.0047–0.17 estimated');
	});

	test('writes one price when both ends look the same', () => {
		assert.equal(formatPrice(estimate(0.041, 0.042), 'short'), '≈ $0.04');
	});

	test('says what is free and what is unknown', () => {
		for (const form of ['short', 'long'] as const) {
			assert.equal(formatPrice({ kind: 'free' }, form), 'free');
			assert.equal(formatPrice({ kind: 'unknown', reason: 'because' }, form), 'price unknown');
		}
	});

	test('follows the reader’s locale', () => {
		assert.equal(plainSpaces(formatPrice(estimate(0.0412), 'short', 'de')), '≈ 0,04 $');
		assert.equal(plainSpaces(formatPrice(estimate(0.0047, 0.17), 'short', 'de')), '≈ 0,005–0,17 $');
		assert.equal(plainSpaces(formatPrice(estimate(0.0047, 0.17), 'short', 'fr')), '≈ 0,005–0,17 $');
	});
});

suite('formatUsd', () => {
	for (const [usd, text] of [
		[0.0412, '$0.041'],
		[0.042, '$0.042'],
		[0, '$0.00'],
		[1, '$1.00'],
		[0.999, '$1.00'],
	] as const) {
		test(`writes ${usd} as ${text}`, () => {
			assert.equal(formatUsd(usd), text);
		});
	}

	test('does not depend on the locale of the machine', () => {
		assert.equal(formatUsd(0.0412), formatUsd(0.0412, 'en-US'));
	});
});
