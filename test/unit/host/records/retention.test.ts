import * as assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../../../src/core/run/records';
import { newestKept } from '../../../../src/core/run/retention';
import { createFileRetention, type FileRetentionOptions } from '../../../../src/host/records/retention';
import { dyingDisk, quickFiles, systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { names, newRecord, temporaryFolder, testStore } from './recordsFixture';

const resultOf = (status: 'succeeded' | 'uncertain'): NonNullable<RunRecord['result']> => ({
	runId: '',
	status,
	connection: 'work',
	model: 'gpt-image-2',
	operation: 'generate',
	requested: {},
	actual: {},
	startedAt: '2026-11-20T09:30:11.000Z',
	durationMs: 1,
});

suite('Retention', () => {
	const folder = temporaryFolder();
	const root = (): string => join(folder.path, 'runs');

	/** `count` finished runs, the oldest first, each with a picture of 1,000 bytes. */
	async function history(count: number, changes: Readonly<Record<number, Partial<RunRecord>>> = {}): Promise<string[]> {
		const runIds: string[] = [];
		for (let number = 0; number < count; number++) {
			const done = { state: 'finished', result: resultOf('succeeded'), ...changes[number] } as const;
			const run = await testStore(root()).create(newRecord(number, done));
			await writeFile(join(run.path, 'final-0.png'), Buffer.alloc(1000));
			runIds.push(run.runId);
		}
		return runIds;
	}

	const retention = (options: Partial<FileRetentionOptions> = {}) =>
		createFileRetention({
			root: root(),
			ownerId: 'me',
			runs: testStore(root()),
			shownRuns: () => Promise.resolve(new Set<string>()),
			isOwnerAlive: () => Promise.resolve(false),
			files: quickFiles,
			...options,
		});

	test('has nothing to do before the first run', async () => {
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), []);
	});

	test('removes the oldest runs beyond the limit with all that is in them', async () => {
		const runIds = await history(5);
		await mkdir(join(root(), runIds[0] ?? '', 'inserting'));
		await writeFile(join(root(), runIds[0] ?? '', 'inserting', 'a.png'), 'x');
		assert.deepEqual(await retention().prune({ maxRuns: 3 }), runIds.slice(0, 2));
		assert.deepEqual(await names(root()), runIds.slice(2));
	});

	test('weighs whole folders, what is inside of folders as well', async () => {
		const runIds = await history(newestKept + 3);
		const heavy = join(root(), runIds[2] ?? '', 'inserting');
		await mkdir(heavy);
		await writeFile(join(heavy, 'a.png'), Buffer.alloc(100_000));
		assert.deepEqual(await retention().prune({ maxBytes: 90_000 }), runIds.slice(0, 3));
		assert.deepEqual(await retention().prune({ maxBytes: 90_000 }), []);
	});

	for (const [name, change] of [
		['under way', { state: 'left', result: undefined }],
		['undecided', { result: resultOf('uncertain') }],
		['starred', { isStarred: true }],
		['accepted', { accepted: [{ index: 0, asset: 'a.png', at: '2026-11-20T09:31:00.000Z' }] }],
	] as const) {
		test(`never removes a run that is ${name}`, async () => {
			const runIds = await history(3, { 0: change as Partial<RunRecord> });
			assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[1]]);
			assert.deepEqual(await names(root()), [runIds[0], runIds[2]]);
		});
	}

	test('never removes a run that somebody may be looking at', async () => {
		const runIds = await history(3);
		const shownRuns = () => Promise.resolve(new Set([runIds[0] ?? '']));
		assert.deepEqual(await retention({ shownRuns }).prune({ maxRuns: 1 }), [runIds[1]]);
	});

	test('leaves a run whose record can’t be read until the user has decided about it', async () => {
		const runIds = await history(3);
		await writeFile(join(root(), runIds[0] ?? '', 'run.json'), '{');
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[1]]);
		await (await testStore(root()).open(runIds[0] ?? ''))?.update({ isDismissed: true });
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[0]]);
	});

	test('leaves alone what is no run: links, files, other folders, and a folder without a record', async () => {
		const outside = join(folder.path, 'outside');
		await mkdir(outside);
		await writeFile(join(outside, 'run.json'), JSON.stringify({ version: 1, owner: '', ...newRecord() }));
		const runIds = await history(2);
		const link = newRecord(-100).runId;
		await symlink(outside, join(root(), link), 'dir');
		await symlink(outside, join(root(), 'removed-link'), 'dir');
		const bare = newRecord(-200).runId;
		await mkdir(join(root(), bare, 'inserting'), { recursive: true });
		await writeFile(join(root(), 'notes.txt'), 'mine');
		await mkdir(join(root(), 'mine'));
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[0]]);
		assert.deepEqual(await names(root()), [bare, link, runIds[1], 'mine', 'notes.txt', 'removed-link']);
		assert.deepEqual(await names(outside), ['run.json']);
	});

	test('does not follow a link inside of a run', async () => {
		const outside = join(folder.path, 'outside');
		await mkdir(outside);
		await writeFile(join(outside, 'mine.png'), 'mine');
		const runIds = await history(2);
		await symlink(outside, join(root(), runIds[0] ?? '', 'inserting'), 'dir');
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[0]]);
		assert.equal(await readFile(join(outside, 'mine.png'), 'utf8'), 'mine');
	});

	test('killed at any step, leaves each run whole or under no run’s name, and is finished next time', async () => {
		const isKilledAt = async (step: number): Promise<boolean> => {
			const dying = dyingDisk(step);
			const pruning = retention({ files: dying.files, ownerId: 'killed' }).prune({ maxRuns: 2 });
			const end = await Promise.race([pruning, dying.died]);
			await dying.bury();
			return end === 'died';
		};
		for (let step = 1; ; step++) {
			const runIds = await history(4);
			const isKilled = await isKilledAt(step);
			const left = await testStore(root()).list();
			for (const { runId, result } of left) {
				assert.equal(result?.status, 'succeeded');
				assert.deepEqual(await names(join(root(), runId)), ['final-0.png', 'run.json'], `killed at step ${step}`);
			}
			// A lock without a name counts for ten seconds: the next start is later than that.
			await quickFiles.remove(join(root(), 'retention.lock'));
			await retention().prune({ maxRuns: 2 });
			assert.deepEqual(await names(root()), runIds.slice(2), `killed at step ${step}`);
			await quickFiles.removeFolder(root());
			if (!isKilled) {
				assert.ok(step > 5, `only ${step} steps`);
				break;
			}
		}
	});

	test('removes what lies of a run on another disk, and nothing of other runs there', async () => {
		const runIds = await history(2);
		const foreign = newRecord(-300).runId; // of another installation of the editor
		const roots = [join(folder.path, 'one'), join(folder.path, 'two')];
		for (const path of roots.flatMap(each => [...runIds, foreign].map(runId => join(each, runId)))) {
			await mkdir(path, { recursive: true });
			await writeFile(join(path, 'final-0.png'), 'x');
		}
		await chmod(roots[0] ?? '', 0o700);
		await chmod(roots[1] ?? '', 0o777); // anybody may have made it
		assert.deepEqual(await retention({ refuge: { roots } }).prune({ maxRuns: 1 }), [runIds[0]]);
		const kept = [foreign, ...runIds].sort();
		assert.deepEqual(await names(roots[0] ?? ''), [foreign, runIds[1]].sort());
		assert.deepEqual(await names(roots[1] ?? ''), kept);
	});

	test('comes back for what lies on another disk when that was not to be removed at first', async () => {
		const runIds = await history(2);
		const elsewhere = join(folder.path, 'one');
		await mkdir(join(elsewhere, runIds[0] ?? ''), { recursive: true, mode: 0o700 });
		const refuge = { roots: [elsewhere] };
		const files = watchedFiles(step => {
			if (step === `remove folder ${runIds[0] ?? ''}`) {
				throw systemError('EBUSY', 'rm');
			}
		});
		assert.deepEqual(await retention({ files, refuge }).prune({ maxRuns: 1 }), [runIds[0]]);
		assert.deepEqual(await names(elsewhere), [runIds[0]]);
		assert.deepEqual(await retention({ refuge }).prune({}), []);
		assert.deepEqual([await names(elsewhere), await names(root())], [[], [runIds[1]]]);
	});

	test('takes the rest of an interrupted removal for no run', async () => {
		const runIds = await history(2);
		const half = join(root(), `removed-${runIds[0] ?? ''}`);
		await rename(join(root(), runIds[0] ?? ''), half);
		await quickFiles.remove(join(half, 'run.json'));
		assert.deepEqual(
			(await testStore(root()).list()).map(({ runId }) => runId),
			[runIds[1]],
		);
		await retention().prune({});
		assert.deepEqual(await names(root()), [runIds[1]]);
	});

	test('is done by one window at a time', async () => {
		const runIds = await history(3);
		await writeFile(join(root(), 'retention.lock'), 'other');
		const isOwnerAlive = (owner: string) => Promise.resolve(owner === 'other');
		assert.deepEqual(await retention({ isOwnerAlive }).prune({ maxRuns: 1 }), []);
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), runIds.slice(0, 2));
	});

	test('goes on with the other runs when the disk does not let one go', async () => {
		const runIds = await history(3);
		const files = watchedFiles(step => {
			if (step === `rename to removed-${runIds[0] ?? ''}`) {
				throw systemError('EBUSY', 'rename');
			}
		});
		assert.deepEqual(await retention({ files }).prune({ maxRuns: 1 }), [runIds[1]]);
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), [runIds[0]]);
	});

	test('gives back a run that another window has starred in the very moment of its removal', async () => {
		const runIds = await history(3);
		const files = watchedFiles(async step => {
			if (step === `rename to removed-${runIds[0] ?? ''}`) {
				await (await testStore(root()).open(runIds[0] ?? ''))?.update({ isStarred: true });
			}
		});
		assert.deepEqual(await retention({ files }).prune({ maxRuns: 1 }), [runIds[1]]);
		assert.deepEqual(await names(root()), [runIds[0], runIds[2]]);
		assert.equal((await testStore(root()).open(runIds[0] ?? ''))?.record.isStarred, true);
	});

	test('gives back a starred run whose remover died before it could', async () => {
		const runIds = await history(2, { 0: { isStarred: true } });
		const [starred = ''] = runIds;
		await rename(join(root(), starred), join(root(), `removed-${starred}`));
		assert.deepEqual(await retention().prune({ maxRuns: 1 }), []);
		assert.deepEqual(await names(root()), runIds);
		assert.deepEqual(await names(join(root(), starred)), ['final-0.png', 'run.json']);
	});

	test('finds room for a star that was set after the folders were counted', async () => {
		const runIds = await history(2);
		const shownRuns = async () => {
			await (await testStore(root()).open(runIds[0] ?? ''))?.update({ isStarred: true });
			return new Set<string>();
		};
		assert.deepEqual(await retention({ shownRuns }).prune({ maxRuns: 1 }), []);
	});
});

suite('The list of undecided runs', () => {
	const folder = temporaryFolder();
	const uncertain = { state: 'finished', result: resultOf('uncertain') } as const;

	test('has the uncertain runs that were not dismissed, newest first, in every process', async () => {
		const store = testStore(folder.path);
		const first = await store.create(newRecord(1, uncertain));
		const second = await store.create(newRecord(2, uncertain));
		await store.create(newRecord(3, { state: 'finished', result: resultOf('succeeded') }));
		await store.create(newRecord(4, { state: 'left' }));
		const ids = async (of = store) => (await of.undecided()).map(({ runId }) => runId);
		assert.deepEqual(await ids(), [second.runId, first.runId]);
		assert.deepEqual(await ids(testStore(folder.path)), [second.runId, first.runId]);
		await (await testStore(folder.path).open(second.runId))?.update({ isDismissed: true });
		assert.deepEqual(await ids(), [first.runId]);
	});

	test('has a run once it is settled, and looks at a decided run only once', async () => {
		const store = testStore(folder.path);
		const left = await store.create(newRecord(1, { state: 'left' }));
		const done = await store.create(newRecord(2, { state: 'finished', result: resultOf('succeeded') }));
		assert.deepEqual(await store.undecided(), []);
		await left.update(uncertain);
		await writeFile(join(done.path, 'run.json'), '{');
		assert.deepEqual(
			(await store.undecided()).map(({ runId }) => runId),
			[left.runId],
		);
	});

	test('has what recovery settles as uncertain', async () => {
		const { runId } = await testStore(folder.path, { ownerId: 'dead' }).create(newRecord(1, { state: 'left' }));
		const store = testStore(folder.path);
		assert.deepEqual(await store.undecided(), []);
		await store.recover();
		assert.deepEqual(
			(await store.undecided()).map(each => each.runId),
			[runId],
		);
	});
});
