import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Price } from '../../../../src/core/plan/plan';
import type { ProviderAnswer } from '../../../../src/core/run/ports';
import { highestPrice } from '../../../../src/core/run/newRecord';
import { mayBeBilled, runCost } from '../../../../src/core/run/runCost';
import type { RequestOutcome } from '../../../../src/core/run/sendRequest';
import { picture, testPlan } from './runFixture';

const plan = testPlan(4, true);
const [first, second] = plan.requests;

function answered(changes: Partial<ProviderAnswer>, request = first): RequestOutcome {
	assert.ok(request);
	return { kind: 'answered', request, attempts: 1, answer: { pictures: [], actual: {}, requestIds: [], hasLeft: true, ...changes } };
}

const failure = { kind: 'rejected', message: 'No.' } as const;
const usage = { inputTokens: 100, outputTokens: 1000, totalTokens: 1100, inputTextTokens: 100 };

suite('mayBeBilled', () => {
	for (const [name, outcome, expected] of [
		['a picture came', answered({ pictures: [picture(0)], failure }), true],
		['tokens were counted', answered({ usage, failure }), true],
		['it did not leave', answered({ hasLeft: false, failure: { kind: 'serverError', message: '' } }), false],
		['the host asked to come back', answered({ retryAfterMs: 0, failure: { kind: 'serverError', message: '' } }), false],
		['it was cancelled before it left', answered({ hasLeft: false, isCancelled: true }), false],
		['it was cancelled after it had left', answered({ isCancelled: true }), true],
		['the answer holds nothing at all', answered({}), true],
		['the host refused a parameter', answered({ failure }), false],
	] as const) {
		test(`is ${expected} when ${name}`, () => {
			assert.equal(mayBeBilled(outcome), expected);
		});
	}

	test('follows a defect by whether the request had left, and is false for what was never sent', () => {
		assert.ok(first);
		const threw = { kind: 'threw', request: first, attempts: 1, error: undefined } as const;
		assert.deepEqual(
			[
				mayBeBilled({ ...threw, hasLeft: true }),
				mayBeBilled({ ...threw, hasLeft: false }),
				mayBeBilled({ kind: 'notSent', request: first, attempts: 0 }),
			],
			[true, false, false],
		);
	});
});

suite('runCost', () => {
	const counted = answered({ usage, pictures: [picture(0)] });
	const uncounted = answered({ pictures: [picture(1)] }, second);

	const { prices: _, ...unpriced } = plan;
	const unknown: Price = { kind: 'unknown', reason: '' };

	for (const [name, outcomes, of, expected] of [
		['nothing that may be billed', [answered({ failure })], plan, undefined],
		['counted tokens', [counted], plan, { usd: (100 * 5 + 1000 * 30) / 1e6, estimated: false }],
		['no count: its share of the highest estimate', [uncounted], plan, { usd: 0.04, estimated: true }],
		['both: the sum, as an estimate', [counted, uncounted], plan, { usd: 0.0305 + 0.04, estimated: true }],
		['counted tokens of unknown price: the estimate', [counted], unpriced, { usd: 0.04, estimated: true }],
		['counted tokens of unknown price, and no estimate', [counted], { ...unpriced, price: unknown }, undefined],
		['a part of which nothing is known', [counted, uncounted], { ...plan, price: unknown }, undefined],
		['a free host', [counted, uncounted], { ...plan, price: { kind: 'free' } as const }, { usd: 0, estimated: false }],
	] as const) {
		test(`for ${name}`, () => {
			assert.deepEqual(runCost(of, outcomes), expected);
		});
	}

	test('never exceeds what was reserved while nothing is counted', () => {
		const states = fc.array(fc.boolean(), { minLength: plan.requests.length, maxLength: plan.requests.length });
		fc.assert(
			fc.property(states, came => {
				const outcomes = plan.requests.map((request, index) =>
					answered(came[index] ? { pictures: [picture(index)] } : { failure }, request),
				);
				assert.ok((runCost(plan, outcomes)?.usd ?? 0) <= (highestPrice(plan.price) ?? 0) + 1e-12);
			}),
		);
	});
});

suite('highestPrice', () => {
	for (const [price, expected] of [
		[{ kind: 'free' }, 0],
		[{ kind: 'estimate', minUsd: 0.01, maxUsd: 0.2, outputTokens: [1, 2] }, 0.2],
		[{ kind: 'unknown', reason: 'A local server.' }, undefined],
	] satisfies (readonly [Price, number | undefined])[]) {
		test(`of a price that is ${price.kind} is ${expected}`, () => {
			assert.equal(highestPrice(price), expected);
		});
	}
});
