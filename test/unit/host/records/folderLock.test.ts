import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../../../../src/host/records/folderLock';
import { quickFiles, watchedFiles } from '../../../fakes/dyingDisk';
import { names, temporaryFolder } from './recordsFixture';

suite('The lock of a folder', () => {
	const folder = temporaryFolder();
	const isAlive = (owner: string) => Promise.resolve(owner !== 'dead');
	const lock = (owner: string, files = quickFiles) => lockFolder(files, folder.path, owner, isAlive, 'a.lock');

	test('is had by one window at a time', async () => {
		const unlock = await lock('one');
		assert.equal(await lock('other'), undefined);
		await unlock?.();
		assert.deepEqual(await names(folder.path), []);
		assert.ok(await lock('other'));
	});

	test('is taken over from a dead one, and nothing stays behind', async () => {
		await writeFile(join(folder.path, 'a.lock'), 'dead');
		const unlock = await lock('one');
		assert.deepEqual(await names(folder.path), ['a.lock']);
		assert.equal(await lock('other'), undefined);
		await unlock?.();
		assert.deepEqual(await names(folder.path), []);
	});

	test('is taken over by one alone, however two windows come upon it', async () => {
		await writeFile(join(folder.path, 'a.lock'), 'dead');
		let first: Awaited<ReturnType<typeof lock>>;
		// The slow one has found the lock abandoned; the quick one takes it over before the slow one breaks it.
		const slow = watchedFiles(async step => {
			if (step === 'create a.lock.breaking') {
				first = await lock('quick');
			}
		});
		assert.equal(await lock('slow', slow), undefined);
		assert.ok(first);
		assert.equal(await lock('third'), undefined);
	});

	test('is not given up for one who died while breaking it', async () => {
		await writeFile(join(folder.path, 'a.lock'), 'dead');
		await writeFile(join(folder.path, 'a.lock.breaking'), 'dead');
		assert.equal(await lock('one'), undefined);
		assert.ok(await lock('one'));
	});
});
