import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { executeRun } from '../../../../src/core/run/executeRun';
import type { ImageProvider, PictureOutcome, ProviderCall } from '../../../../src/core/run/ports';
import { createRequestSlots } from '../../../../src/core/run/requestSlots';
import type { RunResult } from '../../../../src/core/run/runResult';
import type { RunStore } from '../../../../src/core/run/records';
import { createFileLedger } from '../../../../src/host/records/fileLedger';
import { diskFiles, type RecordFiles } from '../../../../src/host/records/recordFiles';
import { newRunId, sha256 } from '../../../../src/host/records/runId';
import { quickFiles } from '../../../fakes/dyingDisk';
import { smallDisk } from '../../../fakes/fullDisk';
import { ManualClock } from '../../../fakes/manualClock';
import { pngPicture } from '../../../fakes/pictures';
import { testPlan } from '../../core/run/runFixture';
import { names, temporaryFolder, testStore } from './recordsFixture';

const png = pngPicture({ width: 64, height: 48, bytes: 200_000 });

/** A host that sends one picture in pieces of 16 KB. `onPiece` is called before each with what was sent. */
function host(onPiece: (sent: number) => void = () => undefined): ImageProvider {
	return {
		kind: 'openai',
		async send({ spool, onProgress }: ProviderCall) {
			onProgress({ kind: 'left' });
			const writer = spool.open('final', 0);
			for (let sent = 0; sent < png.length; sent += 16_384) {
				onPiece(sent);
				await writer.write(png.subarray(sent, sent + 16_384));
				// The disk is as quick as the line, so that it is asked for each piece.
				await new Promise(resolve => setTimeout(resolve, 1));
			}
			const outcome: PictureOutcome = await writer.finish();
			const pictures = outcome.kind === 'stored' ? [outcome.picture] : [];
			return { pictures, actual: {}, requestIds: ['req_1'], hasLeft: true };
		},
		test: () => Promise.reject(new Error('Not asked for.')),
	};
}

suite('A disk that fills while a paid picture arrives', () => {
	const folder = temporaryFolder();
	const home = () => join(folder.path, 'storage');
	const refuges = () => [join(folder.path, 'one', 'imgprompt'), join(folder.path, 'two', 'imgprompt')];

	function storeOn(files: RecordFiles, ownerId = 'me'): RunStore {
		return testStore(join(home(), 'runs'), { files, ownerId, refuge: { roots: refuges() } });
	}

	function generate(store: RunStore, files: RecordFiles, provider = host()): Promise<RunResult> {
		const clock = new ManualClock();
		return executeRun(
			{ plan: testPlan(1), credential: { kind: 'none' }, source: { kind: 'input' }, timeoutMs: 1000, keepPrompt: true },
			{
				provider,
				store,
				ledger: createFileLedger(join(home(), 'ledger'), files),
				clock,
				slots: createRequestSlots(),
				newRunId: () => newRunId(clock.now()),
				sha256,
			},
			{ signal: new AbortController().signal, onCountdown: () => undefined, onChange: () => undefined },
		);
	}

	/** Where the picture of a run lies, as a button of the panel finds it. */
	async function pictureOf(store: RunStore, { runId }: RunResult): Promise<string | undefined> {
		const run = await store.open(runId);
		const [picture] = run?.record.pictures ?? [];
		return run && picture && run.locate(picture.fileName).path;
	}

	test('has it taken to another one: the run succeeds and says where', async () => {
		const disk = smallDisk(home(), 60_000);
		const store = storeOn(disk.files);
		const result = await generate(store, disk.files);
		assert.equal(result.status, 'succeeded');
		const refuge = join(refuges()[0] ?? '', result.runId);
		const path = join(refuge, 'final-0.png');
		assert.deepEqual(
			result.images.map(image => image.path),
			[path],
		);
		assert.ok(png.equals(await readFile(path)));
		assert.equal(await pictureOf(store, result), path);
		const record = (await storeOn(quickFiles).open(result.runId))?.record;
		assert.deepEqual([record?.state, record?.pictures[0]?.rescuedTo], ['finished', refuge]);
		assert.match(record?.notices.at(-1) ?? '', /^The disk of the editor's storage took no more\. .*Save As/);
		assert.ok(record?.notices.at(-1)?.includes(refuge));
		assert.deepEqual(await names(join(home(), 'runs', result.runId)), ['run.json'], 'the half picture makes room for the record');
		if (process.platform !== 'win32') {
			assert.deepEqual(await modes(refuges()[0] ?? '', refuge, path), ['700', '700', '600']);
		}
	});

	test('has it back at the next start when there is room', async () => {
		const disk = smallDisk(home(), 60_000);
		const result = await generate(storeOn(disk.files), disk.files);
		await storeOn(disk.files).recover();
		assert.equal(await pictureOf(storeOn(quickFiles), result), result.images[0]?.path, 'still no room');
		disk.free = 1_000_000;
		const store = storeOn(disk.files);
		assert.deepEqual(await store.recover(), []);
		assert.equal(await pictureOf(store, result), join(home(), 'runs', result.runId, 'final-0.png'));
		const record = (await store.open(result.runId))?.record;
		assert.equal(record?.pictures[0]?.rescuedTo, undefined);
		assert.ok(!record?.notices.some(notice => notice.includes('Save As')));
		assert.deepEqual(await readdir(refuges()[0] ?? ''), []);
	});

	test('has it back though a copy lies there that an undo took out of a project; that one stays', async () => {
		const disk = smallDisk(home(), 60_000);
		const result = await generate(storeOn(disk.files), disk.files);
		const refuge = join(refuges()[0] ?? '', result.runId);
		await mkdir(join(refuge, 'inserting'));
		await writeFile(join(refuge, 'inserting', 'a.png'), 'x');
		disk.free = 1_000_000;
		const store = storeOn(disk.files);
		await store.recover();
		assert.equal((await store.open(result.runId))?.record.pictures[0]?.rescuedTo, undefined);
		assert.deepEqual([await names(refuge), await names(join(refuge, 'inserting'))], [['inserting'], ['a.png']]);
		await rm(join(refuge, 'inserting', 'a.png'));
		await store.recover();
		assert.deepEqual(await readdir(refuges()[0] ?? ''), []);
	});

	test('and takes not even the record any more: this window knows the run, the next start finds the picture', async () => {
		const disk = smallDisk(home(), 10_000_000);
		const store = storeOn(disk.files);
		const provider = host(sent => {
			disk.isReadOnly ||= sent > 100_000;
		});
		const result = await generate(store, disk.files, provider);
		assert.equal(result.status, 'succeeded');
		assert.equal(await pictureOf(store, result), result.images[0]?.path);
		assert.ok(png.equals(await readFile(result.images[0]?.path ?? '')));
		disk.isReadOnly = false;
		const later = storeOn(disk.files, 'a later process');
		assert.deepEqual(
			(await later.recover()).map(({ runId, result: end }) => [runId, end?.status]),
			[[result.runId, 'uncertain']],
		);
		assert.ok(png.equals(await readFile((await pictureOf(later, result)) ?? '')));
		assert.equal(await pictureOf(later, result), join(home(), 'runs', result.runId, 'final-0.png'));
	});

	test('has it taken to the next one when the other disk is no good', async () => {
		await mkdir(join(folder.path, 'one'), { recursive: true });
		await mkdir(join(folder.path, 'elsewhere'));
		await symlink(join(folder.path, 'elsewhere'), refuges()[0] ?? '');
		const disk = smallDisk(home(), 60_000);
		const result = await generate(storeOn(disk.files), disk.files);
		assert.equal(result.images[0]?.path, join(refuges()[1] ?? '', result.runId, 'final-0.png'));
		assert.deepEqual(await readdir(join(folder.path, 'elsewhere')), [], 'a link into somebody else’s folder is not followed');
	});

	test('is told of when there is no other one: the run is uncertain, and what had arrived is kept', async () => {
		for (const root of refuges()) {
			await mkdir(root, { recursive: true });
			await chmod(root, 0o777); // anybody may have made it
		}
		const disk = smallDisk(home(), 60_000);
		const result = await generate(storeOn(disk.files), disk.files);
		assert.deepEqual([result.status, result.failure?.kind], ['uncertain', 'uncertain']);
		assert.match(result.failure?.message ?? '', /may have been billed.*disk is full/);
		const kept = await readFile(join(home(), 'runs', result.runId, 'final-0.part'));
		assert.ok(kept.length > 40_000 && png.subarray(0, kept.length).equals(kept));
	});

	test('is a real one where this machine lets us mount one', async function () {
		await mkdir(home(), { recursive: true });
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', home()]);
		if (mounted.status !== 0) {
			this.skip(); // shown as pending: only root on Linux may mount
		}
		try {
			const store = storeOn(diskFiles);
			const result = await generate(store, diskFiles);
			assert.equal(result.status, 'succeeded', result.failure?.message);
			assert.ok(png.equals(await readFile(result.images[0]?.path ?? '')));
			assert.ok(result.images[0]?.path.startsWith(refuges()[0] ?? ''));
			assert.equal(await pictureOf(store, result), result.images[0]?.path);
			assert.equal((await storeOn(diskFiles).open(result.runId))?.record.state, 'finished');
		} finally {
			spawnSync('umount', [home()]);
		}
	});

	teardown(() => rm(folder.path, { recursive: true, force: true }));
});

async function modes(...paths: readonly string[]): Promise<readonly string[]> {
	return Promise.all(paths.map(async path => ((await stat(path)).mode & 0o777).toString(8)));
}
