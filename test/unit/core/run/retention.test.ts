import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isUndecided } from '../../../../src/core/run/isUndecided';
import { keepReason, newestKept, pruneRuns, type WeighedRun } from '../../../../src/core/run/retention';
import type { RunRecord } from '../../../../src/core/run/records';
import { finishedRecord, recordOf, resultOf } from '../../../gallery/sessions';

const uncertain = (change: Partial<RunRecord> = {}): RunRecord =>
	recordOf({ state: 'finished', result: resultOf({ status: 'uncertain' }), ...change });

suite('A run that the user has to decide about', () => {
	for (const [name, record, expected] of [
		['is uncertain', uncertain(), true],
		['is not one that was dismissed', uncertain({ isDismissed: true }), false],
		['is not one that is under way', recordOf({ state: 'left' }), false],
		['is not one that succeeded', finishedRecord(), false],
		['is not one that failed', finishedRecord({ status: 'failed' }), false],
	] as const) {
		test(name, () => assert.equal(isUndecided(record), expected));
	}
});

suite('keepReason', () => {
	const accepted = [{ index: 0, asset: 'a.png', at: '2026-11-20T09:01:00.000Z' }];
	for (const [name, record, reason] of [
		['a run under way', recordOf({ state: 'left' }), 'unfinished'],
		['a run that was only claimed', recordOf(), 'unfinished'],
		['an undecided run', uncertain(), 'undecided'],
		['a starred run', finishedRecord({}, { isStarred: true }), 'starred'],
		['a run of which a picture was inserted', finishedRecord({}, { accepted }), 'accepted'],
		['a decided run', uncertain({ isDismissed: true }), undefined],
		['a run whose star was taken back', finishedRecord({}, { isStarred: false }), undefined],
		['a run of which nothing was inserted', finishedRecord({}, { accepted: [] }), undefined],
		['a failed run', finishedRecord({ status: 'failed' }), undefined],
	] as const) {
		test(`${reason === undefined ? 'lets go' : 'keeps'} ${name}`, () => assert.equal(keepReason(record), reason));
	}
});

suite('pruneRuns', () => {
	const history = fc.array(fc.record({ bytes: fc.nat(1000), isKept: fc.boolean() }), { maxLength: 60 });
	const limit = fc.option(fc.nat(40), { nil: undefined });
	const byteLimit = fc.option(fc.nat(30_000), { nil: undefined });

	test('removes only what may go, the oldest first, no more than needed, until the limits hold or nothing may go', async () => {
		await fc.assert(
			fc.asyncProperty(history, limit, byteLimit, async (all, maxRuns, maxBytes) => {
				const runs = all.map(({ bytes }, index) => ({ runId: String(index), bytes }));
				const mayGo = (runId: string): boolean => !all[Number(runId)]?.isKept;
				const limits = { ...(maxRuns === undefined ? {} : { maxRuns }), ...(maxBytes === undefined ? {} : { maxBytes }) };
				const removed = await pruneRuns(runs, limits, async runId => mayGo(runId));
				const holds = (left: readonly WeighedRun[]): boolean =>
					left.length <= (maxRuns ?? Infinity) && left.reduce((sum, { bytes }) => sum + bytes, 0) <= (maxBytes ?? Infinity);
				const leftAfter = (count: number) => runs.filter(({ runId }) => !removed.slice(0, count).includes(runId));
				const removable = runs.slice(Math.min(newestKept, maxRuns ?? Infinity)).filter(({ runId }) => mayGo(runId));
				const oldestFirst = removable.map(({ runId }) => runId).reverse();

				assert.deepEqual(removed, oldestFirst.slice(0, removed.length));
				assert.ok(holds(leftAfter(removed.length)) || removed.length === removable.length, 'more could have gone');
				assert.ok(removed.length === 0 || !holds(leftAfter(removed.length - 1)), 'one less would have been enough');
			}),
		);
	});

	test('removes nothing without limits, and asks about nothing', async () => {
		const runs = Array.from({ length: 100 }, (_, index) => ({ runId: String(index), bytes: 1e12 }));
		assert.deepEqual(await pruneRuns(runs, {}, () => assert.fail('Nothing is to be asked.')), []);
	});

	test('keeps the newest runs although all that are older have to stay', async () => {
		const runs = Array.from({ length: 30 }, (_, index) => ({ runId: String(index), bytes: 1 }));
		const removed = await pruneRuns(runs, { maxRuns: 12 }, async runId => Number(runId) < 15);
		assert.deepEqual(removed, ['14', '13', '12', '11', '10']);
	});

	test('leaves as many as are allowed, however few', async () => {
		const runs = Array.from({ length: 5 }, (_, index) => ({ runId: String(index), bytes: 1 }));
		assert.deepEqual(await pruneRuns(runs, { maxRuns: 2 }, async () => true), ['4', '3', '2']);
	});
});
