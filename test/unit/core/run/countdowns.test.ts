import * as assert from 'node:assert/strict';
import { Countdowns } from '../../../../src/core/run/countdowns';
import { ManualClock, settled } from '../../../fakes/manualClock';

suite('Countdowns', () => {
	function create() {
		const clock = new ManualClock(0);
		const told: (number | undefined)[] = [];
		const state: { tryNow?: (() => void) | undefined } = {};
		const countdowns = new Countdowns(clock, (earliest, tryNow) => {
			told.push(earliest?.until);
			state.tryNow = tryNow;
		});
		return { clock, told, state, countdowns, abort: new AbortController() };
	}

	test('tell the earliest end whenever it changes, and nothing once all are over', async () => {
		const { clock, told, countdowns, abort } = create();
		const waits = [
			countdowns.wait(300, 'a', abort.signal),
			countdowns.wait(100, 'b', abort.signal),
			countdowns.wait(200, 'c', abort.signal),
		];
		await clock.advance(100);
		await clock.advance(100);
		await clock.advance(100);
		await Promise.all(waits);
		assert.deepEqual(told, [300, 100, 100, 200, 300, undefined]);
	});

	test('end together when a person does not want to wait', async () => {
		const { clock, state, countdowns, abort } = create();
		const waits = Promise.all([countdowns.wait(300, 'a', abort.signal), countdowns.wait(100, 'b', abort.signal)]);
		state.tryNow?.();
		await waits;
		assert.deepEqual([clock.sleepers, state.tryNow], [0, undefined]);
	});

	test('reject with the reason of the abortion, and leave nothing behind', async () => {
		const { clock, state, countdowns, abort } = create();
		const waits = [countdowns.wait(300, 'a', abort.signal), countdowns.wait(100, 'b', abort.signal)];
		abort.abort(new Error('Enough'));
		for (const result of await Promise.allSettled(waits)) {
			assert.match(String(result.status === 'rejected' && result.reason), /Enough/);
		}
		assert.deepEqual([clock.sleepers, state.tryNow], [0, undefined]);
	});

	test('do not begin after an abortion', async () => {
		const { told, countdowns, abort } = create();
		abort.abort(new Error('Too late'));
		await assert.rejects(countdowns.wait(1, 'a', abort.signal), /Too late/);
		assert.deepEqual(told, []);
	});

	test('end by the abortion even when «Try Now» was pressed in the same moment', async () => {
		const { state, countdowns, abort } = create();
		const wait = countdowns.wait(100, 'a', abort.signal);
		state.tryNow?.();
		abort.abort(new Error('Enough'));
		await assert.rejects(wait, /Enough/);
	});

	test('throw a defect of the clock on', async () => {
		const broken = { now: () => 0, sleep: () => Promise.reject(new TypeError('A defect of ours')) };
		const countdowns = new Countdowns(broken, () => undefined);
		await assert.rejects(countdowns.wait(1, 'a', new AbortController().signal), TypeError);
		await settled();
	});
});
