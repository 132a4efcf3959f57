import * as assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunRecord } from '../../../../src/core/run/records';
import { StorageError } from '../../../../src/core/run/storageError';
import { diskFiles } from '../../../../src/host/records/recordFiles';
import { systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { pngPicture } from '../../../fakes/pictures';
import { names, newRecord, temporaryFolder, testStore } from './recordsFixture';

const png = pngPicture({ width: 64, height: 48 });

suite('The store of runs', () => {
	const folder = temporaryFolder();
	const root = () => join(folder.path, 'storage', 'runs');

	test('writes the record before a run exists for others, readable by the user alone', async () => {
		const record = newRecord();
		const run = await testStore(root(), { files: diskFiles }).create(record);
		assert.deepEqual(run.record, { version: 1, owner: 'me', ...record });
		assert.deepEqual(JSON.parse(await readFile(join(run.path, 'run.json'), 'utf8')), run.record);
		if (process.platform !== 'win32') {
			assert.deepEqual([(await stat(run.path)).mode & 0o777, (await stat(join(run.path, 'run.json'))).mode & 0o777], [0o700, 0o600]);
		}
	});

	test('never makes the same run twice', async () => {
		const record = newRecord();
		await testStore(root()).create(record);
		await assert.rejects(testStore(root()).create(record), StorageError);
	});

	test('opens what was written, in another process too', async () => {
		const run = await testStore(root()).create(newRecord());
		await run.update({ requestIds: ['req_1'] });
		assert.deepEqual((await testStore(root()).open(run.runId))?.record, run.record);
	});

	for (const runId of [
		'',
		'.',
		'..',
		'../x',
		'20261120-093011-00000000000000000/..',
		'C:\\x',
		'20261120-093011-0000000000000000\n',
		'20261120-093011-00',
	]) {
		test(`does not open ${JSON.stringify(runId)}`, async () => {
			await mkdir(root(), { recursive: true });
			await writeFile(join(folder.path, 'storage', 'run.json'), JSON.stringify({ version: 1, owner: '', ...newRecord(), runId }));
			assert.equal(await testStore(root()).open(runId), undefined);
			await assert.rejects(async () => testStore(root()).create({ ...newRecord(), runId }), /Not a run id/);
		});
	}

	test('does not open a run that is not there', async () => {
		assert.equal(await testStore(root()).open(newRecord().runId), undefined);
	});

	test('makes all changes, whoever makes them and how fast', async () => {
		const run = await testStore(root()).create(newRecord());
		const other = await testStore(root()).open(run.runId);
		await Promise.all([run.update({ state: 'left' }), run.update({ requestIds: ['a'] }), run.update({ notices: ['b'] })]);
		await other?.update({ isDismissed: true });
		await run.update({ accepted: [] });
		const expected = { ...run.record, state: 'left', requestIds: ['a'], notices: ['b'], isDismissed: true, accepted: [] };
		assert.deepEqual([run.record, (await testStore(root()).open(run.runId))?.record], [expected, expected]);
		assert.deepEqual(await names(run.path), ['run.json']);
	});

	test('leaves the old record where a change is refused, and makes the next one', async () => {
		let isFull = false;
		const files = watchedFiles(step => {
			if (isFull && step.startsWith('write')) {
				throw systemError('ENOSPC');
			}
		});
		const run = await testStore(root(), { files }).create(newRecord());
		isFull = true;
		await assert.rejects(run.update({ state: 'left' }), StorageError);
		assert.deepEqual([run.record.state, await names(run.path)], ['claimed', ['run.json']]);
		isFull = false;
		await run.update({ state: 'left' });
		assert.equal((await testStore(root()).open(run.runId))?.record.state, 'left');
	});

	test('gives path and address of a picture, and of nothing else', async () => {
		const run = await testStore(root()).create(newRecord());
		const path = join(run.path, 'final-0.png');
		assert.deepEqual(run.locate('final-0.png'), { path, uri: pathToFileURL(path).href });
		for (const fileName of ['../x.png', 'run.json', 'final-0.exe', '/etc/passwd', 'final-0.png/..', '']) {
			assert.throws(() => run.locate(fileName), /Not the name of a picture/, fileName);
		}
	});

	test('gives every picture a name of its own', async () => {
		const run = await testStore(root()).create(newRecord());
		const outcomes = [];
		for (const [role, candidate] of [
			['partial', 0],
			['partial', 0],
			['final', 0],
			['final', 1],
			['final', 0],
		] as const) {
			const writer = run.spool.open(role, candidate);
			await writer.write(png);
			outcomes.push(await writer.finish());
		}
		assert.deepEqual(
			outcomes.map(outcome => outcome.kind === 'stored' && outcome.picture.fileName),
			['partial-0.png', 'partial-0-2.png', 'final-0.png', 'final-1.png', 'final-0-2.png'],
		);
	});

	for (const [code, words] of [
		['ENOSPC', /disk is full.*Free some space/],
		['EROFS', /not writable/],
		['EACCES', /not writable/],
		['ENAMETOOLONG', /too long/],
		['EIO', /\(EIO\)/],
	] as const) {
		test(`says what to do when the disk refuses with ${code}`, async () => {
			const files = watchedFiles(() => {
				throw systemError(code);
			});
			await assert.rejects(
				testStore(root(), { files }).create(newRecord()),
				error => error instanceof StorageError && words.test(error.message),
			);
		});
	}
});

suite('The list of runs', () => {
	const folder = temporaryFolder();

	test('is empty before the first run', async () => {
		assert.deepEqual(await testStore(join(folder.path, 'none')).list(), []);
		assert.deepEqual(await testStore(join(folder.path, 'none')).recover(), []);
	});

	test('begins with the newest, and ends where it is told', async () => {
		const store = testStore(folder.path);
		const records: RunRecord[] = [];
		for (let number = 0; number < 40; number++) {
			records.unshift((await store.create(newRecord(number))).record);
		}
		assert.deepEqual(await store.list(), records);
		assert.deepEqual(await store.list(3), records.slice(0, 3));
	});

	test('passes over what is no run, and over a run that is just being made', async () => {
		const store = testStore(folder.path);
		const { record } = await store.create(newRecord());
		await mkdir(join(folder.path, 'notes'));
		await writeFile(join(folder.path, newRecord(1).runId), 'a file');
		await mkdir(join(folder.path, newRecord(2).runId));
		assert.deepEqual(await store.list(), [record]);
	});

	for (const [name, damage] of [
		['torn', (path: string) => writeFile(path, '{"version":1,"runId":"2026')],
		['emptied', (path: string) => writeFile(path, '')],
		['gone', (path: string) => rm(path)],
		['another run’s', (path: string) => writeFile(path, JSON.stringify({ version: 1, owner: '', ...newRecord(7) }))],
		['of a newer version', (path: string) => writeFile(path, '{"version":2}')],
		['a folder', (path: string) => rm(path).then(() => mkdir(path))],
	] as const) {
		test(`still has a run whose record is ${name}, with its pictures`, async () => {
			const store = testStore(folder.path);
			const run = await store.create(newRecord(0));
			const other = await store.create(newRecord(1));
			const writer = run.spool.open('final', 0);
			await writer.write(png);
			const outcome = await writer.finish();
			const cut = run.spool.open('partial', 0);
			await cut.write(png.subarray(0, 40));
			await cut.abandon();
			await damage(join(run.path, 'run.json'));

			const [first, second] = await store.list();
			assert.deepEqual(first, other.record);
			assert.deepEqual(
				[second?.runId, second?.state, second?.startedAt, second?.result?.status],
				[run.runId, 'finished', '2026-11-20T09:30:11.000Z', 'uncertain'],
			);
			assert.deepEqual(second?.pictures, [outcome.kind === 'stored' && outcome.picture]);
			assert.deepEqual(second.notices, ["A picture that is cut off is kept in the run's folder: partial-0.part (40 bytes)."]);
		});
	}

	test('puts a record that it cannot read aside before it writes one', async () => {
		const store = testStore(folder.path);
		const { runId, path } = await store.create(newRecord());
		await writeFile(join(path, 'run.json'), '{"version":2}');
		await (await store.open(runId))?.update({ isDismissed: true });
		assert.equal((await store.open(runId))?.record.isDismissed, true);
		assert.equal(await readFile(join(path, 'run.damaged.json'), 'utf8'), '{"version":2}');
	});

	test('survives a folder that may not be read', async function () {
		if (process.platform === 'win32' || process.getuid?.() === 0) {
			this.skip();
		}
		const store = testStore(folder.path);
		const { path } = await store.create(newRecord());
		await chmod(path, 0);
		assert.deepEqual(await store.list(), []);
		await chmod(path, 0o700);
	});
});

suite('Recovery', () => {
	const folder = temporaryFolder();

	/** A run of a process that died, with these files in its folder. */
	async function leftBehind(record: Partial<RunRecord>, files: Readonly<Record<string, Uint8Array>> = {}) {
		const run = await testStore(folder.path, { ownerId: 'dead' }).create({ ...newRecord(), ...record });
		for (const [name, bytes] of Object.entries(files)) {
			await writeFile(join(run.path, name), bytes);
		}
		return run;
	}

	test('settles a run that was only claimed as failed', async () => {
		await leftBehind({});
		const [record, ...others] = await testStore(folder.path).recover();
		assert.deepEqual(
			[record?.state, record?.result?.status, record?.result?.failure?.kind, others],
			['finished', 'failed', 'unreachable', []],
		);
	});

	test('settles a run that had left as uncertain, and only once', async () => {
		const run = await leftBehind({ state: 'left' });
		const [record] = await testStore(folder.path).recover();
		assert.deepEqual([record?.result?.status, record?.result?.cost], ['uncertain', { usd: 0.04, estimated: true }]);
		assert.deepEqual(await testStore(folder.path).recover(), []);
		assert.deepEqual((await testStore(folder.path).open(run.runId))?.record, record);
	});

	test('gives whole pictures their final names, keeps cut ones, and sweeps temporary files', async () => {
		const run = await leftBehind(
			{ state: 'left', requested: { n: 3 } },
			{
				'final-0.part': png,
				'final-1.part': png.subarray(0, -4),
				'final-2.png': png,
				'partial-0.part': png,
				'run.json.12345678.tmp': Buffer.from('{'),
				'notes.txt': Buffer.from('mine'),
			},
		);
		const [record] = await testStore(folder.path).recover();
		assert.deepEqual(await names(run.path), ['final-0.png', 'final-1.part', 'final-2.png', 'notes.txt', 'partial-0.png', 'run.json']);
		assert.deepEqual(
			[record?.pictures.map(({ candidate, fileName }) => [candidate, fileName]), record?.partials.map(({ fileName }) => fileName)],
			[
				[
					[0, 'final-0.png'],
					[2, 'final-2.png'],
				],
				['partial-0.png'],
			],
		);
		assert.match(record?.result?.failure?.message ?? '', /2 of 3 pictures had arrived and are kept/);
		assert.deepEqual(record?.notices, [
			`A picture that is cut off is kept in the run's folder: final-1.part (${png.length - 4} bytes).`,
		]);
	});

	test('counts a picture once that was recorded before', async () => {
		const run = await leftBehind({ state: 'left' });
		const writer = run.spool.open('final', 0);
		await writer.write(png);
		const outcome = await writer.finish();
		const pictures = outcome.kind === 'stored' ? [outcome.picture] : [];
		await run.update({ pictures });
		const [record] = await testStore(folder.path).recover();
		assert.deepEqual([pictures.length, record?.pictures], [1, pictures]);
	});

	test('does not believe a final name: what is not whole is not listed', async () => {
		await leftBehind({ state: 'left' }, { 'final-0.png': png.subarray(0, 60) });
		const [record] = await testStore(folder.path).recover();
		assert.deepEqual([record?.pictures, record?.notices.length], [[], 1]);
	});

	test('leaves the runs of living windows and its own alone', async () => {
		await testStore(folder.path, { ownerId: 'neighbour' }).create({ ...newRecord(1), state: 'left' });
		await testStore(folder.path).create({ ...newRecord(2), state: 'left' });
		const store = testStore(folder.path, { isOwnerAlive: owner => Promise.resolve(owner === 'neighbour') });
		assert.deepEqual(await store.recover(), []);
		assert.deepEqual(
			(await store.list()).map(({ state }) => state),
			['left', 'left'],
		);
	});

	test('settles the other runs when the disk refuses one, which a later start tries again', async () => {
		const refused = await testStore(folder.path, { ownerId: 'dead' }).create({ ...newRecord(2), state: 'left' });
		const other = await testStore(folder.path, { ownerId: 'dead' }).create({ ...newRecord(1), state: 'left' });
		let isRefusing = true;
		const files = watchedFiles(step => {
			if (isRefusing && step === 'create recovery.lock') {
				isRefusing = false;
				throw systemError('EROFS');
			}
		});
		assert.deepEqual(
			(await testStore(folder.path, { files }).recover()).map(({ runId }) => runId),
			[other.runId],
		);
		assert.deepEqual(
			(await testStore(folder.path).recover()).map(({ runId }) => runId),
			[refused.runId],
		);
	});

	test('is done by one of two windows that try at once', async () => {
		const run = await leftBehind({ state: 'left' }, { 'final-0.part': png });
		const isOwnerAlive = (owner: string) => Promise.resolve(owner !== 'dead');
		const windows = ['one', 'two'].map(ownerId => testStore(folder.path, { ownerId, isOwnerAlive }));
		const recovered = (await Promise.all(windows.map(store => store.recover()))).flat();
		assert.deepEqual(
			[recovered.map(({ runId }) => runId), recovered[0]?.pictures.length, await names(run.path)],
			[[run.runId], 1, ['final-0.png', 'run.json']],
		);
	});

	for (const [name, holder, age, recovers] of [
		['a living window holds', 'neighbour', 0, false],
		['a dead window held', 'dead too', 0, true],
		['somebody is just taking', '', 0, false],
		['somebody died in taking', '', 60_000, true],
	] as const) {
		test(`${recovers ? 'breaks' : 'respects'} a lock that ${name}`, async () => {
			const run = await leftBehind({ state: 'left' }, { 'recovery.lock': Buffer.from(holder) });
			const time = (Date.now() - age) / 1000;
			await utimes(join(run.path, 'recovery.lock'), time, time);
			const store = testStore(folder.path, { isOwnerAlive: owner => Promise.resolve(owner === 'neighbour') });
			assert.equal((await store.recover()).length, recovers ? 1 : 0);
			assert.deepEqual(await names(run.path), recovers ? ['run.json'] : ['recovery.lock', 'run.json']);
		});
	}
});
