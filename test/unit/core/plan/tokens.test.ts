import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TokenRule } from '../../../../src/core/model/capability';
import { countOutputTokens } from '../../../../src/core/plan/tokens';

const grid: TokenRule = { kind: 'grid', factors: { low: 16, medium: 48, high: 96 } };

suite('countOutputTokens', () => {
	test('knows no quality that is only a word of the language', () => {
		for (const rule of [grid, { kind: 'table', tokens: {} }] as const) {
			assert.equal(countOutputTokens(rule, 'constructor', { width: 1024, height: 1024 }), undefined);
		}
	});

	for (const [width, height, low, medium, high] of [
		[1024, 1024, 196, 1756, 7024],
		[1024, 1536, 158, 1372, 5488],
		[1536, 1024, 158, 1372, 5488],
		[1024, 640, 107, 956, 3824],
		[1280, 720, 106, 947, 3787],
		[1536, 768, 102, 916, 3663],
		[1792, 1024, 139, 1243, 5063],
		[2048, 1152, 157, 1413, 5650],
		[2048, 2048, 397, 3568, 14272],
		[2560, 1440, 205, 1843, 7370],
		[2880, 2880, 659, 5930, 23719],
		[3840, 2160, 371, 3336, 13342],
		[2160, 3840, 371, 3336, 13342],
		[3840, 1280, 139, 1328, 5311],
		[3584, 2048, undefined, undefined, 12329],
	] as const) {
		test(`counts ${width}x${height} on the grid as OpenAI's calculator does`, () => {
			const size = { width, height };
			assert.deepEqual(
				['low', 'medium', 'high'].map(quality => countOutputTokens(grid, quality, size)),
				[low ?? countOutputTokens(grid, 'low', size), medium ?? countOutputTokens(grid, 'medium', size), high],
			);
		});
	}

	test('counts a portrait like the landscape of the same edges', () => {
		const edge = fc.integer({ min: 1, max: 240 }).map(steps => steps * 16);
		fc.assert(
			fc.property(edge, edge, fc.constantFrom('low', 'medium', 'high'), (width, height, quality) => {
				assert.equal(
					countOutputTokens(grid, quality, { width, height }),
					countOutputTokens(grid, quality, { width: height, height: width }),
				);
			}),
			{ seed: 3 },
		);
	});

	test('never counts less for a higher quality', () => {
		const edge = fc.integer({ min: 1, max: 240 }).map(steps => steps * 16);
		fc.assert(
			fc.property(edge, edge, (width, height) => {
				const [low = NaN, medium = NaN, high = NaN] = ['low', 'medium', 'high'].map(quality =>
					countOutputTokens(grid, quality, { width, height }),
				);
				assert.ok(low <= medium && medium <= high);
			}),
			{ seed: 4 },
		);
	});

	test('reads a table, and knows nothing beyond it', () => {
		const table: TokenRule = { kind: 'table', tokens: { low: { '1024x1024': 272 } } };
		assert.equal(countOutputTokens(table, 'low', { width: 1024, height: 1024 }), 272);
		assert.equal(countOutputTokens(table, 'low', { width: 1024, height: 1040 }), undefined);
		assert.equal(countOutputTokens(table, 'high', { width: 1024, height: 1024 }), undefined);
	});

	test('knows nothing of a quality that the grid does not list, or of unknown counts', () => {
		assert.equal(countOutputTokens(grid, 'max', { width: 1024, height: 1024 }), undefined);
		assert.equal(countOutputTokens({ kind: 'unknown' }, 'low', { width: 1024, height: 1024 }), undefined);
	});
});
