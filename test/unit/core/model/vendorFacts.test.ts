import * as assert from 'node:assert/strict';
import { formatSize } from '../../../../src/core/image/imageSize';
import type { Capability } from '../../../../src/core/model/capability';
import { retiredModels } from '../../../../src/core/model/capabilityTable';
import { findCapability } from '../../../../src/core/model/findCapability';
import { estimatePrice } from '../../../../src/core/plan/price';

const today = '2026-11-20';

function openAi(model: string): Capability {
	return findCapability('openai', model, undefined, today).capability;
}

/** What OpenAI's pages say of each model (read 2026-11-20), once more and by hand: a slip in the table costs somebody money. */
const models = [
	{ model: 'gpt-image-2', sizes: 'free', qualities: 4, transparent: 'preview', prices: [5, 8, 30], shutDown: undefined },
	{ model: 'gpt-image-2-2026-04-21', sizes: 'free', qualities: 4, transparent: 'preview', prices: [5, 8, 30], shutDown: undefined },
	{ model: 'gpt-image-2.5-sunburst', sizes: 'free', qualities: 6, transparent: 'yes', prices: [5, 8, 30], shutDown: undefined },
	{ model: 'gpt-image-2.5-flare', sizes: 'free', qualities: 6, transparent: 'yes', prices: [5, 8, 30], shutDown: undefined },
	{ model: 'gpt-image-2.5-flare-2026-09-08', sizes: 'free', qualities: 6, transparent: 'yes', prices: [5, 8, 30], shutDown: undefined },
	{ model: 'gpt-image-1.5', sizes: 'fixed', qualities: 4, transparent: 'yes', prices: [5, 8, 32], shutDown: '2026-12-01' },
	{ model: 'gpt-image-1.5-2025-12-16', sizes: 'fixed', qualities: 4, transparent: 'yes', prices: [5, 8, 32], shutDown: '2026-12-01' },
	{ model: 'gpt-image-1-mini', sizes: 'fixed', qualities: 4, transparent: 'yes', prices: [2, 2.5, 8], shutDown: '2026-12-01' },
	{ model: 'chatgpt-image-latest', sizes: 'fixed', qualities: 4, transparent: 'yes', prices: undefined, shutDown: '2026-12-01' },
] as const;

suite('what the vendor says of each model', () => {
	for (const { model, sizes, qualities, transparent, prices, shutDown } of models) {
		test(`is in the table for ${model}`, () => {
			const row = openAi(model);
			assert.deepEqual(row.qualities, ['auto', 'low', 'medium', 'high', 'xhigh', 'max'].slice(0, qualities));
			assert.deepEqual(row.backgrounds, ['auto', 'opaque', 'transparent']);
			assert.deepEqual(row.previewBackgrounds ?? [], transparent === 'preview' ? ['transparent'] : []);
			assert.deepEqual(row.prices && [row.prices.textIn, row.prices.imageIn, row.prices.imageOut], prices);
			assert.deepEqual([row.size.kind, row.allowsAutoSize, row.shutDown], [sizes, true, shutDown]);
			assert.deepEqual(
				[row.formats, row.moderations, row.maxCandidates, row.maxPromptLength],
				[['png', 'jpeg', 'webp'], ['auto', 'low'], 10, 32_000],
			);
			assert.deepEqual([row.streams, row.maxPartialImages, row.partialImageTokens], [true, 3, 100]);
		});
	}

	test('is in the table for the sizes that can be chosen freely', () => {
		assert.deepEqual(openAi('gpt-image-2').size, {
			kind: 'free',
			limits: {
				step: 16,
				maxEdge: 3840,
				maxRatio: 3,
				minPixels: 655_360,
				maxPixels: 8_294_400,
				experimentalAbovePixels: 2560 * 1440,
			},
		});
	});

	test('is in the table for the sizes of older models', () => {
		const rule = openAi('gpt-image-1-mini').size;
		assert.deepEqual(rule.kind === 'fixed' && rule.sizes.map(formatSize), ['1024x1024', '1536x1024', '1024x1536']);
	});

	test('is in the table for models that are gone', () => {
		assert.deepEqual(
			retiredModels.openai.map(({ model, shutDown }) => [model, shutDown]),
			[
				['gpt-image-1', '2026-10-23'],
				['dall-e-3', '2026-05-12'],
				['dall-e-2', '2026-05-12'],
			],
		);
	});

	test('is never sent where it would be an error', () => {
		for (const { model } of models) {
			assert.equal(openAi(model).responseFormat, 'omit');
			assert.ok(!openAi(model).fields.includes('response_format'));
			assert.ok(!openAi(model).fields.includes('input_fidelity'));
		}
	});
});

/** Prices per picture of OpenAI's pages (read 2026-11-20): low, medium, high. Those of mini are above its token counts; see the row. */
const published = [
	['gpt-image-2', '1024x1024', [0.006, 0.053, 0.211]],
	['gpt-image-2', '1024x1536', [0.005, 0.041, 0.165]],
	['gpt-image-2', '1536x1024', [0.005, 0.041, 0.165]],
	['gpt-image-1.5', '1024x1024', [0.009, 0.034, 0.133]],
	['gpt-image-1.5', '1024x1536', [0.013, 0.05, 0.2]],
	['gpt-image-1.5', '1536x1024', [0.013, 0.05, 0.2]],
] as const;

suite('prices that the vendor publishes', () => {
	for (const [model, size, prices] of published) {
		test(`are those of ${model} at ${size}, to within the vendor's rounding`, () => {
			const [width = 0, height = 0] = size.split('x').map(Number);
			const estimates = ['low', 'medium', 'high'].map(quality => {
				const price = estimatePrice(openAi(model), { size: { width, height }, quality }, 1, 0);
				return price.kind === 'estimate' ? price.maxUsd : NaN;
			});
			estimates.forEach((usd, index) => assert.ok(Math.abs(usd - (prices[index] ?? NaN)) < 0.0015, `${usd}`));
		});
	}

	test('are not invented for models whose counts are not published', () => {
		for (const model of ['gpt-image-2.5-sunburst', 'gpt-image-2.5-flare', 'chatgpt-image-latest', 'gpt-image-2.6-flare']) {
			const price = estimatePrice(openAi(model), { size: { width: 1024, height: 1024 }, quality: 'low' }, 1, 0);
			assert.equal(price.kind, 'unknown', model);
		}
	});
});
