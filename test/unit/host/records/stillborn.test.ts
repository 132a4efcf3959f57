import * as assert from 'node:assert/strict';
import { mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printRecord } from '../../../../src/host/records/runFolder';
import { newRecord, names, temporaryFolder, testStore } from './recordsFixture';
import { quickFiles, systemError } from '../../../fakes/dyingDisk';

suite('A run’s folder whose maker died before the record bore its name', () => {
	const folder = temporaryFolder();
	const root = () => join(folder.path, 'runs');

	/** A folder with these files, as old as said. */
	async function bare(files: Readonly<Record<string, string>>, ageHours = 0): Promise<string> {
		const { runId } = newRecord();
		const path = join(root(), runId);
		await mkdir(path, { recursive: true });
		for (const [name, text] of Object.entries(files)) {
			await writeFile(join(path, name), text);
		}
		const then = new Date(Date.now() - ageHours * 60 * 60 * 1000);
		await utimes(path, then, then);
		return runId;
	}

	const recover = (files = quickFiles) =>
		testStore(root(), { files, isOwnerAlive: owner => Promise.resolve(owner === 'living window') }).recover();

	const piece = 'run.json.0123abcd.tmp';
	const record = (owner: string) => printRecord({ version: 1, owner, ...newRecord(0, { prompt: 'My secret "owner": "living window"' }) });

	for (const [name, files, ageHours] of [
		['a whole record of a dead process', { [piece]: record('dead') }, 0],
		['half a record of a dead process', { [piece]: record('dead').slice(0, 60) }, 0],
		['records of dead processes and a lock', { [piece]: record('dead'), 'recovery.lock': 'dead' }, 0],
		['a record without a name, for more than a day', { [piece]: '{' }, 25],
		['a record of a process that lives, for more than a day', { [piece]: record('living window') }, 25],
		['nothing, for more than a day', {}, 25],
	] as const) {
		test(`goes at the next start, with ${name}`, async () => {
			await bare(files, ageHours);
			await recover();
			assert.deepEqual(await names(root()), []);
		});
	}

	for (const [name, files, ageHours] of [
		['is being made by a living window', { [piece]: record('living window') }, 0],
		['is being made by this window', { [piece]: record('me') }, 0],
		['was made a moment ago and is still empty', {}, 23],
		['does not say yet whose it is', { [piece]: '{\n\t"version": 1,\n\t"own' }, 23],
		['holds a record that was put aside', { [piece]: record('dead'), 'run.damaged.json': '{}' }, 25],
		['holds the beginning of a picture', { [piece]: record('dead'), 'final-0.part': 'x' }, 25],
		['holds what is not ours', { 'notes.txt': 'x' }, 25],
	] as const) {
		test(`stays when it ${name}`, async () => {
			const runId = await bare(files, ageHours);
			await recover();
			assert.deepEqual(await names(join(root(), runId)), Object.keys(files).sort());
		});
	}

	test('stays when it is a link, and so does what the link leads to', async () => {
		const elsewhere = join(folder.path, 'elsewhere');
		const runId = await bare({ [piece]: record('dead') }, 25);
		await rename(join(root(), runId), elsewhere);
		await symlink(elsewhere, join(root(), runId), 'dir');
		await recover();
		assert.deepEqual([await names(root()), await names(elsewhere)], [[runId], [piece]]);
	});

	test('is left to a later start when the disk does not let it go', async () => {
		const runId = await bare({ [piece]: record('dead') });
		await recover({ ...quickFiles, removeFolder: () => Promise.reject(systemError('EBUSY', 'rm')) });
		assert.deepEqual(await names(root()), [runId]);
		await recover();
		assert.deepEqual(await names(root()), []);
	});
});
