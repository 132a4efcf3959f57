import * as assert from 'node:assert/strict';
import { systemClock } from '../../../src/host/systemClock';

suite('The system’s clock', () => {
	test('sleeps until the time has come', async () => {
		const start = systemClock.now();
		await systemClock.sleep(15, new AbortController().signal);
		assert.ok(systemClock.now() >= start + 15);
	});

	test('is woken by an abortion, however long it was to sleep', async () => {
		const abort = new AbortController();
		const sleep = systemClock.sleep(90 * 86_400_000, abort.signal);
		abort.abort(new Error('Enough'));
		await assert.rejects(sleep, /Enough/);
	});

	test('does not lie down for whoever has given up already', async () => {
		await assert.rejects(systemClock.sleep(1000, AbortSignal.abort(new Error('Too late'))), /Too late/);
	});
});
