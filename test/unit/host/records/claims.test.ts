import * as assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { LedgerEntry } from '../../../../src/core/run/records';
import { StorageError } from '../../../../src/core/run/storageError';
import { createFileLedger } from '../../../../src/host/records/fileLedger';
import { claimAll, type ClaimingTask, type WindowTask } from '../../../fakes/claimingWindow';
import { quickFiles, systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { temporaryFolder } from './recordsFixture';

const today = { months: ['2026-11'], since: '2026-11-20T00:00:00.000Z' };

function claim(runId: string, at = '2026-11-20T09:30:11.000Z'): LedgerEntry {
	return { type: 'claim', at, runId, connection: 'work', model: 'gpt-image-2', reservedUsd: 1 };
}

/** Nothing speaks against it. */
function noObjection(): string | undefined {
	return undefined;
}

const ids = (entries: readonly LedgerEntry[]): readonly string[] => entries.map(({ runId }) => runId);

suite('A claim that depends on what the ledger says', () => {
	const folder = temporaryFolder();
	const root = () => join(folder.path, 'ledger');

	test('is written when nothing speaks against it, and not otherwise', async () => {
		const ledger = createFileLedger(root(), quickFiles);
		assert.equal(await ledger.appendUnless(claim('a'), today, noObjection), undefined);
		assert.equal(await ledger.appendUnless(claim('b'), today, entries => ids(entries).join()), 'a');
		assert.deepEqual(ids(await ledger.read('2026-11')), ['a']);
	});

	test('sees the lines of all the months it names, and none that are older than it asks for', async () => {
		const ledger = createFileLedger(root(), quickFiles);
		for (const at of ['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z', '2026-11-30T23:00:00.000Z', '2026-12-01T01:00:00.000Z']) {
			await ledger.append(claim(at.slice(0, 10), at));
		}
		const lines = { months: ['2026-11', '2026-12'], since: '2026-11-30T22:00:00.000Z' };
		assert.equal(await ledger.appendUnless(claim('x'), lines, entries => ids(entries).join()), '2026-11-30,2026-12-01');
	});

	test('sees lines that others wrote in another order', async () => {
		const ledger = createFileLedger(root(), quickFiles);
		await ledger.append(claim('a'));
		const { type, ...others } = claim('b', '2026-11-19T00:00:00.000Z');
		await writeFile(join(root(), '2026-11.jsonl'), `${JSON.stringify({ ...others, type })}\n`, { flag: 'a' });
		assert.equal(await ledger.appendUnless(claim('x'), today, entries => ids(entries).join()), 'a,b');
	});

	test('passes as often as it fits, however many are made at the same moment', async () => {
		const windows = ['a', 'b', 'c'].map(name => claimAll({ kind: 'claim', root: root(), name, attempts: 8, limit: 7 }));
		const passed = await Promise.all(windows);
		assert.equal(
			passed.reduce((sum, count) => sum + count),
			7,
		);
		assert.equal((await createFileLedger(root()).read('2026-11')).length, 7);
	});

	suite('in several processes', function () {
		this.timeout(30_000);
		let windows: readonly ChildProcess[] = [];

		setup(async () => {
			const script = join(folder.path, 'window.mjs');
			await build({
				entryPoints: [resolve('test/fakes/claimingWindow.ts')],
				outfile: script,
				bundle: true,
				platform: 'node',
				format: 'esm',
				logLevel: 'warning',
			});
			windows = [1, 2].map(() => fork(script, ['claiming-window'], { execArgv: [] }));
			await Promise.all(windows.map(window => once(window, 'message')));
		});
		teardown(() => windows.forEach(window => window.kill('SIGKILL')));

		for (const limit of [1, 5]) {
			test(`passes ${limit} times where ${limit} fit, however many are made at the same moment`, async () => {
				const tasks = ['a', 'b', 'here'].map((name): ClaimingTask => ({ kind: 'claim', root: root(), name, attempts: 6, limit }));
				const passed = await Promise.all(
					tasks.map((task, index) => (windows[index] ? tell(windows[index], task) : claimAll(task))),
				);
				assert.equal(
					passed.reduce((sum, count) => sum + count),
					limit,
				);
				assert.equal((await createFileLedger(root()).read('2026-11')).length, limit);
			});
		}

		test('waits for a window that is at it, and goes through at once when that is killed', async () => {
			const [window] = windows;
			assert.ok(window);
			await tell(window, { kind: 'hold', root: root() });
			const impatient = createFileLedger(root(), quickFiles, { waitMs: 200 });
			await assert.rejects(impatient.appendUnless(claim('early'), today, noObjection), StorageError);
			const patient = createFileLedger(root(), quickFiles).appendUnless(claim('late'), today, noObjection);
			window.kill('SIGKILL');
			assert.equal(await patient, undefined);
			assert.deepEqual(ids(await createFileLedger(root()).read('2026-11')), ['late']);
		});
	});

	test('says so when the disk refuses, to the claim and to the lock, and goes through later', async () => {
		for (const refused of ['create 1.lock', 'write 1.lock', 'write 2026-11.jsonl']) {
			let isFull = true;
			const files = watchedFiles(step => {
				if (isFull && step === refused) {
					throw systemError('ENOSPC');
				}
			});
			const path = join(root(), refused.replaceAll(' ', '-'));
			const ledger = createFileLedger(path, files, { takingMs: 100 });
			await assert.rejects(ledger.appendUnless(claim('lost'), today, noObjection), StorageError, refused);
			isFull = false;
			assert.equal(await ledger.appendUnless(claim('kept'), today, noObjection), undefined, refused);
		}
	});

	test('says so when the ledger cannot be read', async () => {
		const ledger = createFileLedger(root(), quickFiles);
		await ledger.append(claim('a'));
		await quickFiles.makeFolder(join(root(), '2026-12.jsonl'));
		await assert.rejects(
			ledger.read('2026-12'),
			(error: unknown) => error instanceof StorageError && /could not be read \(EISDIR\)/.test(error.message),
		);
		await assert.rejects(ledger.appendUnless(claim('b'), { ...today, months: ['2026-12'] }, noObjection), StorageError);
		assert.equal(await ledger.appendUnless(claim('c'), today, noObjection), undefined, 'the lock was given back');
	});
});

async function tell(window: ChildProcess, task: WindowTask): Promise<number> {
	const answered = once(window, 'message') as Promise<[{ readonly passed: number }]>;
	window.send(task);
	const [{ passed }] = await answered;
	return passed;
}
