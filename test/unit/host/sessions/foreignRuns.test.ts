import * as assert from 'node:assert/strict';
import type { RunRecord } from '../../../../src/core/run/records';
import { ForeignRuns, type RunView } from '../../../../src/host/sessions/foreignRuns';
import { ManualClock, settled } from '../../../fakes/manualClock';
import { MemoryRunStore } from '../../../fakes/memoryRecords';
import { newRecord } from '../records/recordsFixture';

/** A panel's session as far as runs go. */
class View implements RunView {
	run: RunView['run'];

	constructor(record: RunRecord) {
		this.run = { record };
	}

	showRecord(record: RunRecord): void {
		this.run = this.run?.record.runId === record.runId ? { record } : this.run;
	}
}

suite('A run that another process still works on', () => {
	const start = async () => {
		const store = new MemoryRunStore();
		const folder = await store.create({ ...newRecord(), state: 'left' });
		const clock = new ManualClock();
		const recoveries: number[] = [];
		const recover = async (): Promise<void> => {
			recoveries.push(clock.now());
		};
		const runs = new ForeignRuns(store, recover, clock);
		const view = new View(folder.record);
		const state = { isOver: false };
		const following = runs.follow(view).then(() => (state.isOver = true));
		return { store, folder, clock, recoveries, runs, view, state, following };
	};

	test('is shown as it goes on, until it is finished', async () => {
		const { folder, clock, view, state } = await start();
		await folder.update({ requestIds: ['req_1'] });
		await clock.advance(500);
		assert.deepEqual([view.run?.record.requestIds, state.isOver], [['req_1'], false]);
		await folder.update({ state: 'finished' });
		await clock.advance(1000);
		assert.deepEqual([view.run?.record.state, state.isOver, clock.sleepers], ['finished', true, 0]);
	});

	test('is settled once its process is dead, and looked after ever less often', async () => {
		const { clock, recoveries, runs } = await start();
		const begin = clock.now();
		for (let second = 0; second < 120; second++) {
			await clock.advance(500);
			await clock.advance(500);
		}
		assert.deepEqual(
			recoveries.map(at => (at - begin) / 1000),
			[0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5, 91.5],
		);
		runs.dispose();
	});

	test('is left alone once the panel shows another run', async () => {
		const { clock, view, state } = await start();
		view.run = { record: { version: 1, owner: '', ...newRecord(1), runId: 'another' } };
		await clock.advance(500);
		assert.equal(view.run.record.runId, 'another');
		await clock.advance(1000);
		assert.deepEqual([state.isOver, clock.sleepers], [true, 0]);
	});

	test('is forgotten when its folder is gone', async () => {
		const { store, clock, state } = await start();
		store.runs.clear();
		await clock.advance(500);
		assert.equal(state.isOver, true);
	});

	test('is not followed beyond the end of the window', async () => {
		const { clock, runs, recoveries, following } = await start();
		runs.dispose();
		await following;
		await settled();
		assert.deepEqual([recoveries, clock.sleepers], [[], 0]);
	});

	test('that is finished already is not followed at all', async () => {
		const clock = new ManualClock();
		const runs = new ForeignRuns(new MemoryRunStore(), async () => undefined, clock);
		await runs.follow(new View({ version: 1, owner: '', ...newRecord(), state: 'finished' }));
		assert.equal(clock.sleepers, 0);
	});
});
