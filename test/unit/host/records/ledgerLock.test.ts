import * as assert from 'node:assert/strict';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../../../src/core/run/storageError';
import { withLock, type LockHolder } from '../../../../src/host/records/ledgerLock';
import type { RecordFiles } from '../../../../src/host/records/recordFiles';
import { dyingDisk, quickFiles, systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { names, temporaryFolder } from './recordsFixture';

function holder(ownerId: string, changes: Partial<LockHolder> = {}): LockHolder {
	const isOwnerAlive = (owner: string): Promise<boolean> => Promise.resolve(!owner.startsWith('dead'));
	return { ownerId, isOwnerAlive, waitMs: 5_000, takingMs: 2_000, holdingMs: 30_000, ...changes };
}

const old = (path: string): Promise<void> => utimes(path, 1, 1);
const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

suite('The lock of the ledger', () => {
	const folder = temporaryFolder();
	const path = (name = '') => join(folder.path, 'lock', name);
	const nothing = (): Promise<void> => Promise.resolve();
	const lock = <T>(who: LockHolder, work: () => Promise<T>, files: RecordFiles = quickFiles): Promise<T> =>
		withLock(files, path(), who, work);

	/** A lock as others left it. */
	async function leave(number: number, content: string): Promise<void> {
		await mkdir(path(), { recursive: true });
		await writeFile(path(`${number}.lock`), content);
	}

	test('lets one in after the other, and loses nobody', async () => {
		let inside = 0;
		let most = 0;
		const work = async (): Promise<void> => {
			most = Math.max(most, ++inside);
			await pause(1);
			inside--;
		};
		const windows = Array.from({ length: 6 }, async (_, index) => {
			for (let time = 0; time < 5; time++) {
				await lock(holder(`window ${index}`, { waitMs: 30_000 }), work);
			}
		});
		await Promise.all(windows);
		assert.equal(most, 1);
		assert.deepEqual(await names(path()), ['30.lock'], 'old locks are cleared away');
	}).timeout(30_000);

	test('gives on what the work gives, and its error, and is free after both', async () => {
		assert.equal(await lock(holder('a'), () => Promise.resolve(7)), 7);
		await assert.rejects(
			lock(holder('a'), () => Promise.reject(new TypeError('A defect.'))),
			/A defect/,
		);
		await lock(holder('b', { waitMs: 0 }), nothing);
	});

	for (const [who, content] of [
		['of a dead process', 'dead\n'],
		['that was given back', 'alive\nreleased\n'],
		['that was being given back when its process died', 'alive\nrel'],
		['of this process, that it could not give back', 'me\n'],
	] as const) {
		test(`is taken at once after one ${who}`, async () => {
			await leave(7, content);
			await lock(holder('me', { waitMs: 0 }), nothing);
			assert.deepEqual(await names(path()), ['8.lock']);
		});
	}

	for (const [who, content] of [
		['of a living process', 'alive\n'],
		['that is just being taken', ''],
		['that is half written', 'dea'],
	] as const) {
		test(`is waited for, and in the end refused with words, after one ${who}`, async () => {
			await leave(7, content);
			await assert.rejects(lock(holder('me', { waitMs: 60 }), nothing), (error: unknown) => {
				assert.ok(error instanceof StorageError);
				assert.match(error.message, /^Another window has been writing .* Try again, or close the other windows\.$/);
				return true;
			});
			assert.equal(await readFile(path('7.lock'), 'utf8'), content, 'it is not touched');
		});

		test(`is taken when that one is too old to be true: ${who}`, async () => {
			await leave(7, content);
			await old(path('7.lock'));
			await lock(holder('me', { waitMs: 0 }), nothing);
		});
	}

	test('is not mistaken when somebody looked long ago', async () => {
		// The process sees number 1 given back, sleeps, and makes number 2, which has come and gone meanwhile.
		await leave(1, 'alive\nreleased\n');
		let isAsleep = true;
		const files: RecordFiles = {
			...quickFiles,
			async createFile(name) {
				if (isAsleep) {
					isAsleep = false;
					await lock(holder('b'), nothing);
					await lock(holder('c'), nothing);
				}
				return quickFiles.createFile(name);
			},
		};
		await lock(holder('a'), nothing, files);
		assert.deepEqual(await names(path()), ['4.lock']);
	});

	test('is given up by a process that slept while taking it', async () => {
		let wake: () => void = () => undefined;
		const asleep = new Promise<void>(resolve => {
			wake = resolve;
		});
		const files = watchedFiles(step => (step === 'write 1.lock' ? asleep : undefined));
		const inside: string[] = [];
		const slow = lock(holder('slow', { takingMs: 80 }), async () => inside.push('slow'), files);
		while ((await names(path()).catch(() => [])).length === 0) {
			await pause(1);
		}
		await lock(holder('quick', { takingMs: 80 }), async () => {
			inside.push('quick');
			wake();
			await pause(100);
			inside.push('quick goes');
		});
		await slow;
		assert.deepEqual(inside, ['quick', 'quick goes', 'slow']);
	});

	test('lets nobody write who slept under it for so long that others may have gone on', async () => {
		const slept = withLock(quickFiles, path(), holder('a', { holdingMs: 40 }), async confirm => {
			confirm();
			await pause(60);
			confirm();
		});
		await assert.rejects(slept, StorageError);
	});

	test('does not stop the work when it can’t be given back', async () => {
		const files = watchedFiles(step => {
			if (step === 'open 1.lock') {
				throw systemError('ENOSPC');
			}
		});
		assert.equal(await lock(holder('me'), () => Promise.resolve(1), files), 1);
		await lock(holder('me', { waitMs: 0 }), nothing, files);
	});

	test('is free again after a process that was killed at any step', async () => {
		for (let step = 1, isKilled = true; isKilled; step++) {
			const { files, died, bury } = dyingDisk(step);
			await leave(step * 10, 'dead\n');
			const run = lock(holder('dead'), nothing, files).catch(() => undefined);
			isKilled = (await Promise.race([run, died])) === 'died';
			await bury();
			for (const name of await names(path())) {
				await old(path(name));
			}
			await lock(holder('me', { waitMs: 0 }), nothing);
		}
	});
});
