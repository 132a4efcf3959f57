import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ProviderAnswer } from '../../../../src/core/run/ports';
import { maxAttempts, repetitionAfter } from '../../../../src/core/run/retryRule';
import { failureKinds } from '../../../../src/core/run/failure';
import { settled } from '../../../fakes/manualClock';
import { arrives, asksToWait, fails, TestRun } from './runFixture';

function answer(changes: Partial<ProviderAnswer>): ProviderAnswer {
	return { pictures: [], actual: {}, requestIds: [], hasLeft: true, ...changes };
}

suite('repetitionAfter', () => {
	test('allows no repetition without a proof that nothing was processed', () => {
		for (const kind of failureKinds) {
			assert.equal(repetitionAfter(answer({ failure: { kind, message: '' } }), 1), undefined, kind);
		}
		assert.equal(repetitionAfter(answer({}), 1), undefined);
	});

	test('allows none after a success, a cancellation, or a wait that is no number', () => {
		const failure = { kind: 'rateLimited', message: '' } as const;
		assert.equal(repetitionAfter(answer({ retryAfterMs: 5 }), 1), undefined);
		assert.equal(repetitionAfter(answer({ failure, retryAfterMs: 5, isCancelled: true }), 1), undefined);
		for (const retryAfterMs of [Number.NaN, Number.POSITIVE_INFINITY]) {
			assert.equal(repetitionAfter(answer({ failure, retryAfterMs }), 1), undefined);
		}
	});

	for (const [kind, waits] of [
		['rateLimited', [7000, 7000, 7000, 7000, undefined]],
		['serverError', [7000, 7000, 7000, 7000, undefined]],
		['unreachable', [7000, 7000, undefined]],
	] as const) {
		test(`waits as long as the host asks after ${kind}, ${waits.length - 1} times`, () => {
			const failed = answer({ failure: { kind, message: '' }, retryAfterMs: 7000 });
			assert.deepEqual(
				waits.map((_, index) => repetitionAfter(failed, index + 1)?.waitMs),
				waits,
			);
		});
	}

	test('waits half a second and two seconds for a host that cannot be reached', () => {
		const failed = answer({ failure: { kind: 'unreachable', message: '' }, retryAfterMs: 0, hasLeft: false });
		assert.deepEqual(
			[1, 2, 3].map(attempt => repetitionAfter(failed, attempt)?.waitMs),
			[500, 2000, undefined],
		);
	});

	test('never waits less than nothing', () => {
		fc.assert(
			fc.property(
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.integer({ min: 1, max: maxAttempts - 1 }),
				(retryAfterMs, attempt) => {
					const repetition = repetitionAfter(answer({ failure: { kind: 'rateLimited', message: '' }, retryAfterMs }), attempt);
					return repetition !== undefined && repetition.waitMs >= Math.max(0, retryAfterMs);
				},
			),
		);
	});
});

suite('A run whose host asks to wait', () => {
	test('shows the countdown, sends again when it is over, and succeeds', async () => {
		const run = new TestRun({ steps: [asksToWait(20_000), arrives] });
		const result = run.start();
		await settled();
		assert.deepEqual(run.waits.at(-1), {
			until: run.clock.now() + 20_000,
			message: 'The host asks to wait (attempt 1 of 5). Nothing was processed.',
		});
		await run.clock.advance(19_999);
		assert.equal(run.provider.calls.length, 1);
		await run.clock.advance(1);
		const { status, requestIds, durationMs } = await result;
		assert.deepEqual([status, requestIds, durationMs], ['succeeded', ['req_429', 'req_0'], 20_000]);
		assert.equal(run.snapshots.at(-1)?.waiting, undefined);
		assert.deepEqual(run.record?.notices.slice(1), ['Sent again after the host had not processed it: once.']);
		assert.equal(run.ledger.entries.at(-1)?.attempts, 2);
	});

	test('is recorded as not sent while it waits, and as sent again before it is', async () => {
		const run = new TestRun({ steps: [asksToWait(1), arrives] });
		const result = run.start();
		await settled();
		assert.equal(run.record?.state, 'claimed');
		await run.clock.advance(1);
		await result;
		assert.deepEqual(
			run.journal.filter(line => /run (?:left|claimed)|sent/.test(line)),
			['run left', 'sent 0', 'run claimed', 'run left', 'sent 0'],
		);
	});

	test('lends its slot to others meanwhile', async () => {
		const run = new TestRun({ steps: [asksToWait(1000), arrives] });
		const result = run.start();
		await settled();
		const { signal } = new AbortController();
		const release = await Promise.all([run.slots.acquire('work', 2, signal), run.slots.acquire('work', 2, signal)]);
		await run.clock.advance(1000);
		assert.equal(run.provider.calls.length, 1);
		release.forEach(giveBack => giveBack());
		assert.equal((await result).status, 'succeeded');
	});

	test('goes on at once with «Try Now»', async () => {
		const run = new TestRun({ steps: [asksToWait(86_400_000), arrives] });
		const result = run.start();
		await settled();
		run.tryNow?.();
		assert.equal((await result).status, 'succeeded');
		assert.deepEqual([run.tryNow, run.clock.sleepers], [undefined, 0]);
	});

	test('can be cancelled in the countdown, and has cost nothing', async () => {
		const run = new TestRun({ steps: [asksToWait(86_400_000)] });
		const result = run.start();
		await settled();
		run.abort.abort();
		const { status, failure, cost } = await result;
		assert.deepEqual([status, failure, cost, run.tryNow, run.clock.sleepers], ['cancelled', undefined, undefined, undefined, 0]);
	});

	test('gives up after five attempts with the host’s own words', async () => {
		const run = new TestRun({ steps: [1, 2, 3, 4, 5].map(() => asksToWait(1000)) });
		const result = run.start();
		for (let attempt = 1; attempt < 5; attempt++) {
			await settled();
			await run.clock.advance(1000);
		}
		const { status, failure, cost } = await result;
		assert.deepEqual([status, failure?.kind, cost, run.provider.calls.length], ['failed', 'rateLimited', undefined, 5]);
	});

	test('tries a host that cannot be reached three times in all', async () => {
		const unreachable = fails('unreachable', { retryAfterMs: 0 });
		const run = new TestRun({ steps: [unreachable, unreachable, unreachable] });
		const result = run.start();
		await settled();
		await run.clock.advance(500);
		assert.equal(run.provider.calls.length, 2);
		await run.clock.advance(2000);
		const { status, failure, cost } = await result;
		assert.deepEqual([status, failure?.kind, cost, run.provider.calls.length], ['failed', 'unreachable', undefined, 3]);
	});

	test('does not repeat an uncertain second attempt', async () => {
		const run = new TestRun({ steps: [asksToWait(1), fails('uncertain')] });
		const result = run.start();
		await settled();
		await run.clock.advance(1);
		assert.deepEqual([(await result).status, run.provider.calls.length], ['uncertain', 2]);
	});
});
