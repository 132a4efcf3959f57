import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../../src/core/plan/plan';
import { PictureInspector } from '../../src/core/image/pictureInspector';
import { executeRun } from '../../src/core/run/executeRun';
import type { LedgerEntry, RunRecord } from '../../src/core/run/records';
import { createRequestSlots } from '../../src/core/run/requestSlots';
import type { RunResult } from '../../src/core/run/runResult';
import { createFileLedger } from '../../src/host/records/fileLedger';
import { createFileRunStore } from '../../src/host/records/fileRunStore';
import { parsePictureName } from '../../src/host/records/pictureNames';
import { newRunId, sha256 } from '../../src/host/records/runId';
import { quickFiles } from '../fakes/dyingDisk';
import type { ChaosProxy } from '../fakes/chaosProxy';
import type { HeldTimers } from '../fakes/heldTimers';
import { paint } from '../fakes/imagesApi/answers';
import type { Behaviour } from '../fakes/imagesApi/behaviour';
import type { ImagesApiServer } from '../fakes/imagesApiServer';
import { testPlan } from '../unit/core/run/runFixture';
import { accounts } from './accounts';
import { arrivedPictures, type ArrivedPicture } from './arrivedPictures';
import { filesAt, type Cell, type Outcome } from './faultTable';

/** How the fake paints: few pixels, but enough bytes to be cut in the middle. */
export const painting: Behaviour = { size: '64x48', pictureBytes: 24_000 };

/** Longer than anything here lasts; it ends when the test lets it end. */
const timeoutMs = 600_000;

/** The longest that a test waits for what has to come. */
const patienceMs = 15_000;

/** What one click has to do with. */
export interface Surroundings {
	readonly api: ImagesApiServer;
	readonly proxy: ChaosProxy;
	readonly timers: HeldTimers;
	/** Absolute path of an empty folder. */
	readonly folder: string;
}

/** One click on «Generate» with a fault on the way: the run as it is in the product, from the claim to the settled ledger. */
export class FaultedRun {
	readonly #cell: Cell;
	readonly #outcome: Outcome;
	readonly #around: Surroundings;
	readonly #plan: Plan;
	/** What is on disk whenever a connection is made, such as `claim left`. */
	readonly #whenConnected: string[] = [];
	/** What had been delivered and was not found on disk. */
	#missed: unknown;

	constructor(cell: Cell, outcome: Outcome, around: Surroundings) {
		this.#cell = cell;
		this.#outcome = outcome;
		this.#around = around;
		this.#plan = planFor(cell, around.proxy.url);
	}

	/** Runs it, and asserts everything that holds in each cell. */
	async check(): Promise<void> {
		const result = await this.#run();
		assert.ifError(this.#missed);
		const { api, proxy, folder } = this.#around;
		const { status, failure, accepted, attempts, struck, because } = this.#outcome;
		await until(() => proxy.struck >= struck && proxy.open === 0, 'the fault has struck and the client has closed its sockets');
		assert.deepEqual(
			{ status: result.status, failure: result.failure?.kind, accepted: api.accepted.length, struck: proxy.struck },
			{ status, failure, accepted, struck },
			because,
		);
		const entries = this.#ledger();
		assert.deepEqual(
			entries.map(({ type, runId, status: told, failure: kind }) => ({ type, runId, told, kind })),
			[
				{ type: 'claim', runId: result.runId, told: undefined, kind: undefined },
				{ type: 'settle', runId: result.runId, told: status, kind: failure },
			],
		);
		assert.equal(entries[1]?.attempts, attempts);
		assert.deepEqual([...new Set(this.#whenConnected)], this.#whenConnected.length === 0 ? [] : ['claim left']);
		assert.deepEqual(readdirSync(join(folder, 'runs')), [result.runId]);
		this.#checkPictures(result);
	}

	#run(): Promise<RunResult> {
		const { proxy, timers, folder } = this.#around;
		const { account, fault, moment } = this.#cell;
		const { credential, provider } = accounts[account];
		const files = quickFiles;
		const started = proxy.order({
			fault,
			moment,
			times: this.#outcome.struck,
			onConnection: () => this.#whenConnected.push([...this.#ledger().map(({ type }) => type), this.#record().state].join(' ')),
			beforeStrike: delivered =>
				until(() => this.#hasArrived(delivered), 'what was delivered lies in the run’s folder').catch((error: unknown) => {
					this.#missed = error; // thrown when the run is over
				}),
			onSilence: () => timers.elapse(),
		});
		const request = { plan: this.#plan, credential, source: { kind: 'input' } } as const;
		return started.then(() =>
			executeRun(
				{ ...request, timeoutMs, keepPrompt: true },
				{
					provider,
					store: createFileRunStore({ root: join(folder, 'runs'), ownerId: 'me', files }),
					ledger: createFileLedger(join(folder, 'ledger'), files),
					clock: { now: () => Date.now(), sleep: () => proxy.nextAttempt() },
					slots: createRequestSlots(),
					newRunId: () => newRunId(Date.now()),
					sha256,
				},
				{ signal: new AbortController().signal, onCountdown: () => undefined, onChange: () => undefined },
			),
		);
	}

	/** Everything that the client was given is on disk; a run that needs nothing more is over. */
	#hasArrived(delivered: Buffer): boolean {
		const { account, moment, answer } = this.#cell;
		const record = this.#record();
		const lying = this.#pictureFiles();
		return (
			(moment !== 'beforeLast' || answer === 'plain' || record.state === 'finished') &&
			(delivered.length === 0 || moment === 'beforeHeaders' || record.requestIds.length === accounts[account].requestIds) &&
			filled(arrivedPictures(delivered)).every(({ fileName, bytes }) => lying.get(fileName) === bytes.length)
		);
	}

	#checkPictures(result: RunResult): void {
		const { proxy } = this.#around;
		const record = this.#record();
		const path = join(this.#around.folder, 'runs', result.runId);
		const truth = paint(this.#plan.requests[0]?.body ?? {}, painting);
		const arrived = filled(arrivedPictures(proxy.delivered));
		const files = filesAt(result.status === 'succeeded' ? { ...this.#cell, moment: 'beforeLast' } : this.#cell);
		assert.deepEqual(
			arrived.map(({ fileName }) => fileName),
			files,
			'the fault has struck at another moment',
		);
		assert.deepEqual(readdirSync(path).sort(), [...files, 'run.json'].sort());
		for (const { role, number, bytes, isWhole, fileName } of arrived) {
			const file = readFileSync(join(path, fileName));
			const whole = (role === 'partial' ? truth.partials : truth.pictures)[number];
			assert.ok(file.equals(bytes), `${fileName} holds ${file.length} of ${bytes.length} bytes that arrived`);
			assert.ok(whole?.subarray(0, file.length).equals(file), `${fileName} is not the beginning of the true picture`);
			assert.equal(isWhole, file.length === whole?.length);
			assert.equal(isWhole, isDecodable(file), fileName);
		}
		const wholeOnes = (role: string) => arrived.filter(one => one.isWhole && one.role === role).map(({ fileName }) => fileName);
		assert.deepEqual(
			record.partials.map(({ fileName }) => fileName),
			wholeOnes('partial'),
		);
		assert.deepEqual(
			record.pictures.map(({ fileName }) => fileName),
			wholeOnes('final'),
		);
		assert.deepEqual(
			result.images.map(image => image.path),
			wholeOnes('final').map(fileName => join(path, fileName)),
		);
		assert.deepEqual(
			{ state: record.state, status: record.result?.status, hadLeft: record.hadLeft },
			{ state: 'finished', status: result.status, hadLeft: result.status === 'failed' ? undefined : true },
		);
	}

	#ledger(): readonly LedgerEntry[] {
		const folder = join(this.#around.folder, 'ledger');
		const text = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'));
		return text
			.join('')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as LedgerEntry);
	}

	#record(): RunRecord {
		const root = join(this.#around.folder, 'runs');
		const [runId = ''] = readdirSync(root);
		return JSON.parse(readFileSync(join(root, runId, 'run.json'), 'utf8')) as RunRecord;
	}

	/** Names and sizes of the pictures, and of what there is of pictures. One may get its final name while this looks. */
	#pictureFiles(): ReadonlyMap<string, number> {
		const root = join(this.#around.folder, 'runs');
		const [runId = ''] = readdirSync(root);
		const names = readdirSync(join(root, runId)).filter(name => parsePictureName(name));
		return new Map(names.map(name => [name, statSync(join(root, runId, name), { throwIfNoEntry: false })?.size ?? 0]));
	}
}

/** A stream brings two partial pictures and one final one; a plain answer two final ones. */
function planFor({ account, scheme, answer }: Cell, url: string): Plan {
	const { model } = accounts[account];
	const isStream = answer === 'stream';
	const plan = testPlan(isStream ? 1 : 2);
	// Long enough that half of it is something.
	const prompt = 'A boat on a lake. '.repeat(1000);
	const common = { prompt, size: '1024x1024', quality: 'low', n: isStream ? 1 : 2, output_format: 'png' };
	const body = { ...(model === undefined ? {} : { model }), ...common };
	assert.equal(new URL(url).protocol, `${scheme}:`);
	return {
		...plan,
		connection: { ...plan.connection, origin: url, ...accounts[account].connection(url) },
		prompt,
		requests: plan.requests.map(request => ({
			...request,
			stream: isStream,
			body: isStream ? { ...body, stream: true, partial_images: 2 } : body,
		})),
	};
}

/** A file is made when the first byte is there. */
function filled(pictures: readonly ArrivedPicture[]): readonly ArrivedPicture[] {
	return pictures.filter(({ bytes }) => bytes.length > 0);
}

function isDecodable(file: Buffer): boolean {
	const inspector = new PictureInspector();
	inspector.push(file);
	return inspector.finish().ok;
}

/** Looks again and again until it is so. */
async function until(isSo: () => boolean, what: string): Promise<void> {
	for (const start = performance.now(); !isSo();) {
		assert.ok(performance.now() - start < patienceMs, `It never came to this: ${what}.`);
		await new Promise(resolve => setTimeout(resolve, 1));
	}
}
