import * as assert from 'node:assert/strict';
import type { RunSnapshot } from '../../../../src/core/run/executeRun';
import { newRecord, requestedValues } from '../../../../src/core/run/newRecord';
import { RunRecorder } from '../../../../src/core/run/runRecorder';
import { StorageError } from '../../../../src/core/run/storageError';
import { MemoryRunStore, type Journal, type Refusal } from '../../../fakes/memoryRecords';
import { picture, testPlan } from './runFixture';

/** A recorder over a folder in memory, with all that it writes and tells. */
async function recorderOn(refuses: Refusal = () => false) {
	const journal: Journal = [];
	const snapshots: RunSnapshot[] = [];
	const request = {
		plan: testPlan(2),
		credential: { kind: 'none' },
		source: { kind: 'input' },
		timeoutMs: 1000,
		keepPrompt: true,
	} as const;
	const record = newRecord(request, 'run-1', '2026-11-20T09:30:11.000Z', 'aa');
	const folder = await new MemoryRunStore(journal, line => line !== 'run created' && refuses(line)).create(record);
	const recorder = new RunRecorder(folder, snapshot => snapshots.push(snapshot));
	return { recorder, folder, journal, snapshots };
}

const result = {
	runId: 'run-1',
	status: 'succeeded',
	connection: 'work',
	model: 'gpt-image-2',
	operation: 'generate',
	requested: requestedValues({ n: 2 }),
	actual: {},
	startedAt: '2026-11-20T09:30:11.000Z',
	durationMs: 1,
} as const;

suite('RunRecorder', () => {
	test('has it on disk that a request may be at the host before that is told', async () => {
		const { recorder, folder, snapshots } = await recorderOn();
		const leaving = recorder.leaving();
		assert.deepEqual([folder.record.state, snapshots.length], ['claimed', 0]);
		await leaving;
		assert.deepEqual([folder.record.state, snapshots[0]?.record.state], ['left', 'left']);
	});

	test('does not let a request leave when the disk refuses to know', async () => {
		const { recorder, folder, snapshots } = await recorderOn(line => line === 'run left');
		await assert.rejects(recorder.leaving(), StorageError);
		assert.deepEqual([folder.record.state, snapshots.length], ['claimed', 0]);
	});

	test('takes the claim back when the host provably did nothing', async () => {
		const { recorder, folder } = await recorderOn();
		await recorder.leaving();
		await recorder.cameBack(false);
		assert.equal(folder.record.state, 'claimed');
	});

	for (const [name, returns] of [
		['another one is still there', [false]],
		['another one may have been processed', [true, false]],
	] as const) {
		test(`does not take it back while ${name}`, async () => {
			const { recorder, folder } = await recorderOn();
			await recorder.leaving();
			await recorder.leaving();
			for (const isProcessed of returns) {
				await recorder.cameBack(isProcessed);
			}
			assert.equal(folder.record.state, 'left');
		});
	}

	for (const [name, returns, hadLeft] of [
		['nothing was sent', undefined, undefined],
		['the host provably did nothing', [false], undefined],
		['the host may have done it', [true], true],
		['nothing came back', [], true],
	] as const) {
		test(`notes at the end whether a request had left: ${name}`, async () => {
			const { recorder, folder } = await recorderOn();
			if (returns) {
				await recorder.leaving();
			}
			for (const isProcessed of returns ?? []) {
				await recorder.cameBack(isProcessed);
			}
			await recorder.finish({ result });
			assert.deepEqual([folder.record.state, folder.record.hadLeft], ['finished', hadLeft]);
		});
	}

	test('keeps final and partial pictures apart, each once, and final ones in the order of candidates', async () => {
		const { recorder, folder } = await recorderOn();
		for (const kept of [picture(1), picture(0, 'partial'), picture(0), picture(1), picture(0, 'partial')]) {
			recorder.keep(kept);
		}
		await recorder.finish({ result });
		assert.deepEqual(
			[folder.record.pictures, folder.record.partials].map(kept => kept.map(({ fileName }) => fileName)),
			[['final-0.png', 'final-1.png'], ['partial-0.png']],
		);
	});

	test('writes each request id once', async () => {
		const { recorder, folder, journal } = await recorderOn();
		recorder.keepRequestIds(['a', 'b']);
		recorder.keepRequestIds(['b', 'a']);
		recorder.keepRequestIds(['c']);
		await recorder.finish({ result });
		assert.deepEqual(folder.record.requestIds, ['a', 'b', 'c']);
		assert.deepEqual(journal, ['run created', 'run requestIds', 'run requestIds', 'run finished']);
	});

	test('shows what a full disk refused, and writes it with the next change', async () => {
		let isFull = true;
		const { recorder, folder, snapshots } = await recorderOn(line => line === 'run pictures' && isFull);
		recorder.keep(picture(0));
		await new Promise(resolve => setImmediate(resolve));
		await new Promise(resolve => setImmediate(resolve));
		assert.deepEqual([folder.record.pictures.length, snapshots.at(-1)?.record.pictures.length], [0, 1]);
		isFull = false;
		await recorder.leaving();
		assert.deepEqual([folder.record.state, folder.record.pictures.length], ['left', 1]);
	});

	test('tells the end even when the disk never takes it', async () => {
		const { recorder, folder, snapshots } = await recorderOn(line => line.startsWith('run'));
		await recorder.finish({ result });
		assert.deepEqual([folder.record.state, snapshots.at(-1)?.record.state, recorder.record.state], ['claimed', 'finished', 'finished']);
	});

	test('tells a wait, and that it is over', async () => {
		const { recorder, snapshots } = await recorderOn();
		recorder.setWaiting({ until: 5, message: 'Wait.' });
		recorder.setWaiting(undefined);
		assert.deepEqual(
			snapshots.map(({ waiting }) => waiting),
			[{ until: 5, message: 'Wait.' }, undefined],
		);
	});

	test('does not lose a defect of a write that nobody waited for', async () => {
		const { recorder, folder } = await recorderOn();
		const update = folder.update.bind(folder);
		const defect = new Error('A defect.');
		folder.update = change => ('pictures' in change && !('state' in change) ? Promise.reject(defect) : update(change));
		recorder.keep(picture(0));
		await assert.rejects(recorder.finish({ result }), defect);
		assert.equal(folder.record.state, 'finished');
	});
});
