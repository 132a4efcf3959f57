import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../../../src/core/run/storageError';
import { systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { names, newRecord, temporaryFolder, testStore } from './recordsFixture';

suite('A change of a record', () => {
	const folder = temporaryFolder();

	test('makes two changes of one run at once, although each has opened it for itself', async () => {
		const store = testStore(folder.path);
		const { runId } = await store.create(newRecord());
		const [one, other] = [await store.open(runId), await store.open(runId)];
		await Promise.all([one?.update({ isStarred: true }), other?.update({ notices: ['b'] })]);
		const { isStarred, notices } = (await store.open(runId))?.record ?? {};
		assert.deepEqual({ isStarred, notices }, { isStarred: true, notices: ['b'] });
	});

	test('tells the end of a run that the disk has refused to whoever lists runs in this process', async () => {
		let isFull = false;
		const files = watchedFiles(step => {
			if (isFull && step.startsWith('create')) {
				throw systemError('ENOSPC');
			}
		});
		const store = testStore(folder.path, { files });
		const run = await store.create({ ...newRecord(), state: 'left' });
		isFull = true;
		const { startedAt, runId } = run.record;
		const told = { connection: 'work', model: 'gpt-image-2', operation: 'generate', requested: {}, actual: {} } as const;
		const result = { ...told, runId, startedAt, durationMs: 1, status: 'uncertain' } as const;
		await assert.rejects(run.update({ state: 'finished', result }), StorageError);
		const seen = async () => [await store.undecided(), await store.list()].map(records => records[0]?.result?.status);
		assert.deepEqual(await seen(), ['uncertain', 'uncertain']);
		isFull = false;
		await (await store.open(runId))?.update({ isDismissed: true });
		assert.deepEqual(await seen(), [undefined, 'uncertain']);
		assert.equal((await testStore(folder.path).open(runId))?.record.isDismissed, true);
	});

	test('does not lose a run whose damaged record was put aside when the disk took no other', async () => {
		let isFull = false;
		const files = watchedFiles(step => {
			if (isFull && step.startsWith('create')) {
				throw systemError('ENOSPC');
			}
		});
		const store = testStore(folder.path, { files });
		const { runId, path } = await store.create(newRecord());
		await writeFile(join(path, 'run.json'), '{"version":2}');
		isFull = true;
		await assert.rejects((await store.open(runId))?.update({ isDismissed: true }) ?? Promise.resolve(), StorageError);
		assert.deepEqual(await names(path), ['run.damaged.json']);
		assert.deepEqual(
			(await testStore(folder.path).undecided()).map(each => each.runId),
			[runId],
		);
		isFull = false;
		await (await store.open(runId))?.update({ isDismissed: true });
		assert.deepEqual(await testStore(folder.path).undecided(), []);
		assert.deepEqual(await names(path), ['run.damaged.json', 'run.json']);
	});
});
