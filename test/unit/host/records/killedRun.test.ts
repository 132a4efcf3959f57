import * as assert from 'node:assert/strict';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ceilings } from '../../../../src/core/run/budget';
import { linesAbout, spentOn } from '../../../../src/core/run/budgetSpent';
import { executeRun } from '../../../../src/core/run/executeRun';
import type { ImageProvider, PictureOutcome, ProviderAnswer, ProviderCall } from '../../../../src/core/run/ports';
import { createRequestSlots } from '../../../../src/core/run/requestSlots';
import { recoverRuns } from '../../../../src/core/run/recoverRuns';
import type { LedgerEntry } from '../../../../src/core/run/records';
import type { RunResult } from '../../../../src/core/run/runResult';
import { createFileLedger } from '../../../../src/host/records/fileLedger';
import { recordName } from '../../../../src/host/records/runFolder';
import { newRunId, sha256 } from '../../../../src/host/records/runId';
import { dyingDisk, quickFiles } from '../../../fakes/dyingDisk';
import { ManualClock } from '../../../fakes/manualClock';
import { pngPicture } from '../../../fakes/pictures';
import { testPlan } from '../../core/run/runFixture';
import { names, newRecord, temporaryFolder, testStore } from './recordsFixture';

const png = pngPicture({ width: 64, height: 48 });

/** A host that sends a partial picture and then all candidates, in two pieces each; the first time it asks to wait. */
class SlowHost implements ImageProvider {
	readonly kind = 'openai';
	/** Sendings that the host worked on. */
	processed = 0;
	readonly stored: string[] = [];
	#asked = 0;
	readonly #waits: number;

	constructor(waits: number) {
		this.#waits = waits;
	}

	async send({ request, spool, onProgress }: ProviderCall): Promise<ProviderAnswer> {
		onProgress({ kind: 'left' });
		const answer: ProviderAnswer = { pictures: [], actual: {}, requestIds: ['req_1'], hasLeft: true };
		if (this.#asked++ < this.#waits) {
			return { ...answer, failure: { kind: 'rateLimited', message: 'Wait.' }, retryAfterMs: 0 };
		}
		this.processed++;
		for (const [role, candidate] of [['partial', 0] as const, ...request.candidates.map(index => ['final', index] as const)]) {
			const writer = spool.open(role, candidate);
			await writer.write(png.subarray(0, 99));
			await writer.write(png.subarray(99));
			const outcome: PictureOutcome = await writer.finish();
			assert.equal(outcome.kind, 'stored');
			this.stored.push(outcome.picture.fileName);
			onProgress({ kind: 'picture', picture: outcome.picture });
		}
		return answer;
	}

	test(): never {
		throw new Error('Not asked for.');
	}
}

suite('A process that is killed', function () {
	// Some hundred short lives, each with its own folder.
	this.timeout(60_000);
	const folder = temporaryFolder();

	/** Runs until the `step`th step on the disk. `undefined`: it was killed there. */
	async function runUntil(step: number, host: SlowHost, ceilings: Ceilings = {}): Promise<RunResult | undefined> {
		const { files, died, bury } = dyingDisk(step);
		const clock = new ManualClock();
		const run = executeRun(
			{ plan: testPlan(2), credential: { kind: 'none' }, source: { kind: 'input' }, timeoutMs: 1000, keepPrompt: true, ceilings },
			{
				provider: host,
				store: testStore(join(folder.path, 'runs'), { ownerId: 'killed', files }),
				ledger: createFileLedger(join(folder.path, 'ledger'), files),
				clock: { now: () => clock.now(), sleep: () => Promise.resolve() },
				slots: createRequestSlots(),
				newRunId: () => newRunId(clock.now()),
				sha256,
			},
			{ signal: new AbortController().signal, onCountdown: () => undefined, onChange: () => undefined },
		);
		const end = await Promise.race([run, died]);
		await bury();
		return end === 'died' ? undefined : end;
	}

	/** What a later process finds, after it has cleaned up. */
	async function restart() {
		const store = testStore(join(folder.path, 'runs'));
		const ledger = createFileLedger(join(folder.path, 'ledger'), quickFiles);
		const clock = new ManualClock();
		await recoverRuns(store, ledger, clock);
		assert.deepEqual(await recoverRuns(store, ledger, clock), [], 'a second recovery finds nothing to do');
		return { records: await store.list(), entries: await ledger.read('2026-11') };
	}

	/** All files of all runs whose names say that they are whole. */
	async function finalFiles() {
		const paths = await readdir(join(folder.path, 'runs'), { recursive: true }).catch(() => []);
		return paths.filter(path => /\.(?!part|json|tmp)\w+$/.test(path)).map(path => join(folder.path, 'runs', path));
	}

	async function check(step: number, host: SlowHost): Promise<string> {
		for (const path of await finalFiles()) {
			assert.ok(png.equals(await readFile(path)), `${path} is half a file under a final name`);
		}
		const { records, entries } = await restart();
		const [record, ...others] = records;
		assert.deepEqual(others, []);
		assert.equal(host.processed > 0 && !record, false, 'a paid run is lost');
		if (!record) {
			return 'none';
		}
		const status = record.result?.status;
		assert.ok(status, `step ${step} leaves the run open`);
		assert.ok(host.processed === 0 || status !== 'failed', 'a run that was processed is called failed');
		const listed = [...record.pictures, ...record.partials].map(({ fileName }) => fileName);
		assert.deepEqual(
			host.stored.filter(fileName => !listed.includes(fileName)),
			[],
			'a picture that had arrived is not listed',
		);
		const claims = entries.filter(({ type }) => type === 'claim');
		const settled = entries.filter(({ type }) => type === 'settle');
		assert.ok(host.processed === 0 || claims.length === 1, 'something left without a claim');
		assert.ok(claims.length === 0 || settled.some(line => line.status === status), 'the ledger is not settled');
		assert.ok((await readdir(join(folder.path, 'runs', record.runId))).every(name => !name.startsWith(`${recordName}.`)));
		return status;
	}

	/** The lock of the dead process keeps nobody out, and what it may have spent is counted. */
	async function claimsGoOn(mayBeBilled: boolean): Promise<void> {
		for (const path of await readdir(join(folder.path, 'ledger', 'lock')).catch(() => [])) {
			await utimes(join(folder.path, 'ledger', 'lock', path), 1, 1);
		}
		const ledger = createFileLedger(join(folder.path, 'ledger'), quickFiles, { isOwnerAlive: () => Promise.resolve(false) });
		const entry: LedgerEntry = { type: 'claim', at: '2026-11-20T09:31:00.000Z', runId: 'next', connection: 'work', model: 'x' };
		const day = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21) };
		const spent = await ledger.appendUnless(entry, linesAbout(day), entries => spentOn(day, entries).usd);
		assert.equal((spent ?? 0) > 0.08, mayBeBilled, 'what may have been billed is not counted, or what was not is');
	}

	for (const [name, waits, ceilings] of [
		['at once', 0, {}],
		['after it asked to wait', 1, {}],
		['under a ceiling', 0, { perDayUsd: 1 }],
	] as const) {
		test(`at any step of a run that is answered ${name} leaves the truth behind`, async () => {
			const statuses: string[] = [];
			for (let step = 1, isKilled = true; isKilled; step++) {
				const host = new SlowHost(waits);
				isKilled = !(await runUntil(step, host, ceilings));
				const status = await check(step, host);
				statuses.push(status);
				await claimsGoOn(status === 'uncertain' || status === 'succeeded');
				await startOver();
			}
			assert.ok(statuses.length > 30);
			assert.deepEqual([...new Set(statuses)], ['none', 'failed', 'uncertain', 'succeeded']);
		});
	}

	test('at any step of the recovery, too, leaves what the next one needs', async () => {
		for (let step = 1, isKilled = true; isKilled; step++) {
			const store = testStore(join(folder.path, 'runs'), { ownerId: 'killed' });
			const { path, runId } = await store.create({ ...newRecord(), state: 'left' });
			await writeFile(join(path, 'final-0.part'), png);
			await writeFile(join(path, 'partial-0.part'), png.subarray(0, 50));

			const { files, died, bury } = dyingDisk(step);
			const recovery = testStore(join(folder.path, 'runs'), { files, ownerId: 'killed later' }).recover();
			isKilled = (await Promise.race([recovery, died])) === 'died';
			await bury();
			await makeLockOld(path);

			const { records } = await restart();
			assert.deepEqual(
				records.map(record => [record.runId, record.result?.status, record.pictures.map(({ fileName }) => fileName)]),
				[[runId, 'uncertain', ['final-0.png']]],
			);
			assert.ok(png.equals(await readFile(join(path, 'final-0.png'))));
			const left = (await names(path)).filter(name => name !== 'recovery.lock');
			assert.deepEqual(left, ['final-0.png', 'partial-0.part', 'run.json'], `killed at step ${step}`);
			await startOver();
		}
	});

	/** A later start is later. */
	async function makeLockOld(path: string): Promise<void> {
		await utimes(join(path, 'recovery.lock'), 1, 1).catch(() => {
			// It was not taken yet, or given back already.
		});
	}

	async function startOver(): Promise<void> {
		await rm(folder.path, { recursive: true });
	}
});
