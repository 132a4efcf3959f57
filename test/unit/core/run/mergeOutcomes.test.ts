import * as assert from 'node:assert/strict';
import type { FailureKind } from '../../../../src/core/run/failure';
import { mergeOutcomes } from '../../../../src/core/run/mergeOutcomes';
import type { ProviderAnswer } from '../../../../src/core/run/ports';
import type { Usage } from '../../../../src/core/run/runResult';
import type { RequestOutcome } from '../../../../src/core/run/sendRequest';
import { picture } from './runFixture';

const requestOf = (candidates: readonly number[]) => ({ candidates, stream: false, body: {} });

/** An answer for these candidates; what is not said is a success. */
function answered(candidates: readonly number[], answer: Partial<ProviderAnswer> = {}, attempts = 1): RequestOutcome {
	const all = { pictures: [], actual: {}, requestIds: [], hasLeft: true, ...answer };
	return { kind: 'answered', request: requestOf(candidates), attempts, answer: all };
}

const failed = (candidate: number, kind: FailureKind) => answered([candidate], { failure: { kind, message: `It is ${kind}.` } });
const cancelled = (candidate: number) => answered([candidate], { isCancelled: true });
const notSent = (candidate: number, attempts = 0): RequestOutcome => ({ kind: 'notSent', request: requestOf([candidate]), attempts });
const threw = (candidate: number, hasLeft: boolean): RequestOutcome => ({
	kind: 'threw',
	request: requestOf([candidate]),
	attempts: 1,
	error: new Error('A defect.'),
	hasLeft,
});
const pictures = (...candidates: readonly number[]) => candidates.map(candidate => picture(candidate));

suite('mergeOutcomes: how a run ended', () => {
	for (const [name, outcomes, came, status, kind] of [
		['every candidate came', [answered([0]), answered([1])], [0, 1], 'succeeded', undefined],
		['every candidate came of one request', [answered([0, 1])], [0, 1], 'succeeded', undefined],
		['one of two was cancelled', [answered([0]), cancelled(1)], [0], 'cancelled', undefined],
		['all came before the cancellation', [answered([0], { isCancelled: true })], [0], 'succeeded', undefined],
		['one was never sent', [answered([0]), notSent(1)], [0], 'cancelled', undefined],
		['one failed, and the other came', [answered([0]), failed(1, 'refused')], [0], 'failed', 'refused'],
		['one failed, and the other was not sent', [failed(0, 'rateLimited'), notSent(1)], [], 'failed', 'rateLimited'],
		['one was cancelled, and the other failed', [cancelled(0), failed(1, 'serverError')], [], 'failed', 'serverError'],
		['both failed: the first tells', [failed(0, 'refused'), failed(1, 'serverError')], [], 'failed', 'refused'],
		['one is uncertain', [failed(0, 'refused'), failed(1, 'uncertain')], [], 'uncertain', 'uncertain'],
		['a picture came, and then the connection was lost', [failed(0, 'uncertain')], [0], 'uncertain', 'uncertain'],
		['a defect before anything left', [threw(0, false)], [], 'failed', 'unreachable'],
		['a defect after the request had left', [threw(0, true), answered([1])], [1], 'uncertain', 'uncertain'],
		['the host sent too few', [answered([0, 1, 2])], [0, 2], 'failed', 'badResponse'],
		['the host sent none', [answered([0])], [], 'failed', 'badResponse'],
		['only a picture of another request came', [answered([0]), answered([1])], [1], 'failed', 'badResponse'],
	] as const) {
		test(`${name}: ${status}`, () => {
			const end = mergeOutcomes(outcomes, pictures(...came));
			assert.deepEqual([end.status, end.failure?.kind], [status, kind]);
		});
	}

	test('says how many pictures are missing', () => {
		const { failure } = mergeOutcomes([answered([0, 1, 2])], pictures(0, 2));
		assert.equal(failure?.message, 'The host sent 2 of 3 pictures and reported no error. It may have billed all of them.');
	});

	test('counts a candidate once, however often it came', () => {
		const twice = [...pictures(0), picture(0, 'final', { fileName: 'final-0-2.png' })];
		assert.equal(mergeOutcomes([answered([0, 1])], twice).status, 'failed');
	});
});

suite('mergeOutcomes: what a person is told besides', () => {
	for (const [name, outcomes, notices] of [
		['nothing about a success', [answered([0])], []],
		['that a cancellation may cost', [cancelled(0)], ['Cancelled after the request had left. It may still be billed.']],
		[
			'that a cancellation costs nothing',
			[answered([0], { isCancelled: true, hasLeft: false }), notSent(1)],
			['Cancelled before anything was processed. It costs nothing.'],
		],
		['what was not sent', [failed(0, 'refused'), notSent(1), notSent(2)], ['2 of 3 requests were not sent after the failure.']],
		['that it was sent again', [answered([0], {}, 2)], ['Sent again after the host had not processed it: once.']],
		['how often', [answered([0], {}, 3), answered([1], {}, 2)], ['Sent again after the host had not processed it: 3 times.']],
	] as const) {
		test(name, () => {
			const came = outcomes.flatMap(({ request }) => (name.startsWith('nothing') ? request.candidates : []));
			assert.deepEqual(mergeOutcomes(outcomes, pictures(...came)).notices, notices);
		});
	}

	test('how often something was sent in all', () => {
		assert.equal(mergeOutcomes([answered([0], {}, 3), notSent(1, 2), notSent(2)], []).attempts, 5);
	});
});

suite('mergeOutcomes: usage', () => {
	const usage = (inputTokens: number, outputTokens: number, more: Partial<Usage> = {}): Usage => ({
		inputTokens,
		outputTokens,
		totalTokens: inputTokens + outputTokens,
		...more,
	});

	test('is unknown when no host told it', () => {
		assert.equal('usage' in mergeOutcomes([answered([0])], pictures(0)), false);
	});

	test('adds up what the hosts told', () => {
		const parts = { inputTextTokens: 10, inputImageTokens: 0 };
		const outcomes = [answered([0], { usage: usage(10, 100, parts) }), answered([1], { usage: usage(10, 120, parts) }), notSent(2)];
		assert.deepEqual(mergeOutcomes(outcomes, []).usage, usage(20, 220, { inputTextTokens: 20, inputImageTokens: 0 }));
	});

	test('keeps no sum of which a part is unknown', () => {
		const outcomes = [answered([0], { usage: usage(10, 100, { inputTextTokens: 10 }) }), answered([1], { usage: usage(10, 120) })];
		assert.deepEqual(mergeOutcomes(outcomes, []).usage, usage(20, 220));
	});
});
