import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureKinds } from '../../../../src/core/run/failure';
import type { ProviderAnswer } from '../../../../src/core/run/ports';
import { maxAttempts, repetitionAfter } from '../../../../src/core/run/retryRule';

const answer = fc.record(
	{
		pictures: fc.constant([]),
		actual: fc.constant({}),
		requestIds: fc.constant([]),
		hasLeft: fc.boolean(),
		failure: fc.constantFrom(...failureKinds).map(kind => ({ kind, message: 'm' })),
		isCancelled: fc.constant(true),
		retryAfterMs: fc.oneof(fc.double({ min: -1e9, max: 1e12 }), fc.constantFrom(NaN, Infinity, 0)),
	},
	{ requiredKeys: ['pictures', 'actual', 'requestIds', 'hasLeft'] },
) as fc.Arbitrary<ProviderAnswer>;

/** The rule once more, as a sentence: only what failed, was not cancelled, and says when to come back. */
suite('repetitionAfter, whatever comes', () => {
	test('repeats nothing that lacks the proof', () => {
		fc.assert(
			fc.property(answer, fc.integer({ min: 1, max: 9 }), (given, attempt) => {
				const mayRepeat = given.failure !== undefined && !given.isCancelled && Number.isFinite(given.retryAfterMs);
				assert.ok(mayRepeat || repetitionAfter(given, attempt) === undefined);
			}),
			{ seed: 61 },
		);
	});

	test('waits at least as long as it is asked to, a finite time, and ends some day', () => {
		fc.assert(
			fc.property(answer, given => {
				for (let attempt = 1; ; attempt++) {
					const repetition = repetitionAfter(given, attempt);
					if (!repetition) {
						return;
					}
					assert.ok(attempt < maxAttempts);
					assert.ok(Number.isFinite(repetition.waitMs) && repetition.waitMs >= Math.max(0, given.retryAfterMs ?? Infinity));
				}
			}),
			{ seed: 62 },
		);
	});
});
