import * as assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { copyWhole, discard, replaceFile, stagePicture, StagingRefused } from '../../../../src/host/assets/stagedPicture';

suite('stagePicture', () => {
	let folder: string;
	let picture: string;

	setup(async () => {
		folder = await mkdtemp(join(tmpdir(), 'staged-'));
		picture = join(folder, 'final-0.png');
		await writeFile(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]));
	});

	teardown(() => rm(folder, { recursive: true }));

	test('copies the bytes into the run’s folder under a new name each time', async () => {
		const [one, two] = [await stagePicture(picture), await stagePicture(picture)];
		assert.notEqual(one, two);
		assert.deepEqual([dirname(one), extname(one)], [join(folder, 'inserting'), '.png']);
		assert.deepEqual(await readFile(one), await readFile(picture));
	});

	test('is a file of its own: changing the copy leaves the picture alone', async () => {
		const before = await readFile(picture);
		await writeFile(await stagePicture(picture), 'changed');
		assert.deepEqual(await readFile(picture), before);
	});

	test('rejects and leaves nothing when the picture is gone', async () => {
		await rm(picture);
		await assert.rejects(stagePicture(picture), { code: 'ENOENT', path: picture });
		assert.deepEqual(await readdir(join(folder, 'inserting')), []);
	});

	test('gives the copy the permissions of a new file, whatever those of the run’s picture are', async () => {
		await chmod(picture, 0o600);
		const staged = await stagePicture(picture);
		await writeFile(join(folder, 'new'), '');
		assert.equal((await stat(staged)).mode, (await stat(join(folder, 'new'))).mode);
	});

	test('goes to another disk when the run’s own takes no copy, which only the user can look into', async () => {
		await writeFile(join(folder, 'inserting'), 'in the way');
		const elsewhere = [join(folder, 'open', 'run'), join(folder, 'own', 'run')];
		await mkdir(join(folder, 'open'));
		await chmod(join(folder, 'open'), 0o777); // anybody may have made it
		const staged = await stagePicture(picture, elsewhere);
		assert.equal(dirname(staged), join(folder, process.platform === 'win32' ? 'open' : 'own', 'run', 'inserting'));
		assert.deepEqual(await readFile(staged), await readFile(picture));
	});

	test('says which folder takes no copy when no disk does, and leaves none', async () => {
		await writeFile(join(folder, 'inserting'), 'in the way');
		await writeFile(join(folder, 'own'), 'in the way');
		await assert.rejects(stagePicture(picture, [join(folder, 'own', 'run')]), (error: unknown) => {
			assert.ok(error instanceof StagingRefused);
			assert.deepEqual([error.folder, error.cause instanceof Error && 'code' in error.cause && error.cause.code], [folder, 'EEXIST']);
			return true;
		});
	});

	test('copyWhole never overwrites', async () => {
		const other = join(folder, 'other.png');
		await writeFile(other, 'mine');
		await assert.rejects(copyWhole(picture, other), { code: 'EEXIST' });
		assert.equal(await readFile(other, 'utf8'), 'mine');
	});

	test('replaceFile puts the bytes under the old name and leaves no temporary file', async () => {
		const target = join(folder, 'asset.png');
		await writeFile(target, 'old');
		const { ino } = await stat(target);
		await replaceFile(picture, target);
		assert.deepEqual(await readFile(target), await readFile(picture));
		assert.notEqual((await stat(target)).ino, ino);
		assert.deepEqual((await readdir(folder)).sort(), ['asset.png', 'final-0.png']);
	});

	test('replaceFile leaves the old file and no temporary one when the picture is gone', async () => {
		const target = join(folder, 'asset.png');
		await writeFile(target, 'old');
		await rm(picture);
		await assert.rejects(replaceFile(picture, target), { code: 'ENOENT' });
		assert.deepEqual([await readFile(target, 'utf8'), await readdir(folder)], ['old', ['asset.png']]);
	});

	test('discard does not mind a file that is gone', async () => {
		await discard(join(folder, 'nothing'));
		assert.deepEqual(await readdir(folder), ['final-0.png']);
	});
});
