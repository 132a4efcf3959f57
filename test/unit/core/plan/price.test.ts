import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Capability } from '../../../../src/core/model/capability';
import { findCapability } from '../../../../src/core/model/findCapability';
import type { Price, RequestedParameters } from '../../../../src/core/plan/plan';
import { actualCost, estimatePrice } from '../../../../src/core/plan/price';

const capabilityOf = (model: string, hostKind: 'openai' | 'compatible' | 'sandbox' = 'openai'): Capability =>
	findCapability(hostKind, model, undefined, '2026-11-20').capability;

const gptImage2 = capabilityOf('gpt-image-2');
const square = { width: 1024, height: 1024 };
const portrait = { width: 1024, height: 1536 };
const landscape = { width: 1536, height: 1024 };

function usd(price: Price): readonly [number, number] {
	assert.ok(price.kind === 'estimate');
	return [price.minUsd, price.maxUsd];
}

/** The price of one picture without partial ones, rounded as the vendor publishes it. */
function published(model: string, quality: string, size: RequestedParameters['size']): string {
	const [min, max] = usd(estimatePrice(capabilityOf(model), { quality, ...(size ? { size } : {}) }, 1, 0));
	assert.equal(min, max);
	return min.toFixed(3);
}

suite('estimatePrice', () => {
	for (const [quality, ofSquare, ofOthers] of [
		['low', '0.006', '0.005'],
		['medium', '0.053', '0.041'],
		['high', '0.211', '0.165'],
	] as const) {
		test(`gives the published prices of gpt-image-2 at ${quality} quality`, () => {
			assert.deepEqual(
				[square, portrait, landscape].map(size => published('gpt-image-2', quality, size)),
				[ofSquare, ofOthers, ofOthers],
			);
		});
	}

	for (const [quality, ofSquare, ofPortrait] of [
		['low', '0.009', '0.013'],
		['medium', '0.034', '0.051'],
		['high', '0.133', '0.200'],
	] as const) {
		test(`gives the published prices of gpt-image-1.5 at ${quality} quality`, () => {
			assert.deepEqual(
				[published('gpt-image-1.5', quality, square), published('gpt-image-1.5', quality, portrait)],
				[ofSquare, ofPortrait],
			);
		});
	}

	test('counts every candidate and every partial picture', () => {
		assert.deepEqual(estimatePrice(gptImage2, { size: landscape, quality: 'medium' }, 3, 2), {
			kind: 'estimate',
			minUsd: 0.14148,
			maxUsd: 0.14148,
			outputTokens: [4716, 4716],
		});
	});

	test('gives a range over the qualities when the quality is left to the model', () => {
		assert.deepEqual(estimatePrice(gptImage2, { size: landscape, quality: 'auto' }, 1, 0), {
			kind: 'estimate',
			minUsd: 0.00474,
			maxUsd: 0.16464,
			outputTokens: [158, 5488],
		});
	});

	test('gives a range over the listed sizes when the size is left to the model', () => {
		assert.deepEqual(estimatePrice(gptImage2, { size: 'auto', quality: 'medium' }, 1, 0), {
			kind: 'estimate',
			minUsd: 0.04116,
			maxUsd: 0.10704,
			outputTokens: [1372, 3568],
		});
	});

	test('gives a range over the fixed sizes of an older model', () => {
		const price = estimatePrice(capabilityOf('gpt-image-1-mini'), { size: 'auto', quality: 'low' }, 1, 0);
		assert.deepEqual(price.kind === 'estimate' && price.outputTokens, [272, 408]);
	});

	test('takes an absent size and quality for automatic ones', () => {
		assert.deepEqual(estimatePrice(gptImage2, {}, 1, 1), estimatePrice(gptImage2, { size: 'auto', quality: 'auto' }, 1, 1));
	});

	test('keeps the least and the greatest of any choice inside the range', () => {
		const quality = fc.constantFrom('low', 'medium', 'high');
		const size = fc.constantFrom(square, portrait, landscape, { width: 3840, height: 2160 });
		fc.assert(
			fc.property(
				quality,
				size,
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 0, max: 3 }),
				(chosen, chosenSize, n, partials) => {
					const [usdOfChoice] = usd(estimatePrice(gptImage2, { size: chosenSize, quality: chosen }, n, partials));
					const [min, max] = usd(estimatePrice(gptImage2, { size: 'auto', quality: 'auto' }, n, partials));
					assert.ok(min <= usdOfChoice && usdOfChoice <= max);
				},
			),
			{ seed: 8 },
		);
	});

	test('does not guess the price of gpt-image-2.5', () => {
		assert.deepEqual(estimatePrice(capabilityOf('gpt-image-2.5-flare'), { size: square, quality: 'low' }, 1, 0), {
			kind: 'unknown',
			reason: 'How many tokens this model counts for a picture is not published.',
		});
	});

	test('does not guess the price of a compatible server', () => {
		assert.deepEqual(estimatePrice(capabilityOf('', 'compatible'), { size: square }, 1, 0), {
			kind: 'unknown',
			reason: 'The prices of this model are not known.',
		});
	});

	test('is unknown when one of the possible counts is', () => {
		const capability: Capability = { ...gptImage2, tokens: { kind: 'grid', factors: { low: 16 } } };
		assert.equal(estimatePrice(capability, { size: square, quality: 'auto' }, 1, 0).kind, 'unknown');
		assert.equal(estimatePrice(capability, { size: square, quality: 'low' }, 1, 0).kind, 'estimate');
	});

	test('is free on the sandbox, whatever the model', () => {
		for (const model of ['gpt-image-2', 'gpt-image-2.5-flare', 'flux']) {
			assert.deepEqual(estimatePrice(capabilityOf(model, 'sandbox'), { size: square, quality: 'high' }, 10, 3), { kind: 'free' });
		}
	});
});

suite('actualCost', () => {
	const prices = { textIn: 5, imageIn: 8, imageOut: 30 };

	test('multiplies the host’s own count with the prices', () => {
		assert.deepEqual(
			actualCost(
				{ inputTokens: 1050, outputTokens: 1372, totalTokens: 2422, inputTextTokens: 50, inputImageTokens: 1000 },
				{ prices },
			),
			{ usd: 0.04941, estimated: false },
		);
	});

	test('works out the kind that is not told', () => {
		const usage = { inputTokens: 1050, outputTokens: 0, totalTokens: 1050 };
		assert.deepEqual(actualCost({ ...usage, inputImageTokens: 1000 }, { prices }), { usd: 0.00825, estimated: false });
		assert.deepEqual(actualCost({ ...usage, inputTextTokens: 50 }, { prices }), { usd: 0.00825, estimated: false });
	});

	test('takes input of unknown kind for text, and calls that an estimate', () => {
		assert.deepEqual(actualCost({ inputTokens: 100, outputTokens: 1000, totalTokens: 1100 }, { prices }), {
			usd: 0.0305,
			estimated: true,
		});
	});

	test('needs no kinds when there was no input', () => {
		assert.deepEqual(actualCost({ inputTokens: 0, outputTokens: 1000, totalTokens: 1000 }, { prices }), {
			usd: 0.03,
			estimated: false,
		});
	});

	test('is nothing on the sandbox and unknown without prices', () => {
		const usage = { inputTokens: 10, outputTokens: 1000, totalTokens: 1010, inputTextTokens: 10, inputImageTokens: 0 };
		assert.deepEqual(actualCost(usage, capabilityOf('gpt-image-2', 'sandbox')), { usd: 0, estimated: false });
		assert.equal(actualCost(usage, capabilityOf('', 'compatible')), undefined);
	});
});
