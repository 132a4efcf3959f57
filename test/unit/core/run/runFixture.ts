import type { PlannedRequest, Plan } from '../../../../src/core/plan/plan';
import { executeRun, type RunSnapshot } from '../../../../src/core/run/executeRun';
import type { Ceilings } from '../../../../src/core/run/budget';
import type { FailureKind } from '../../../../src/core/run/failure';
import type { ImageProvider, ProviderAnswer, ProviderCall, StoredPicture } from '../../../../src/core/run/ports';
import { createRequestSlots } from '../../../../src/core/run/requestSlots';
import type { RunResult } from '../../../../src/core/run/runResult';
import { ManualClock } from '../../../fakes/manualClock';
import { MemoryLedger, MemoryRunStore, type Journal, type Refusal } from '../../../fakes/memoryRecords';

/** What the host does with one sending. */
export type Step = (call: ProviderCall) => ProviderAnswer | Promise<ProviderAnswer>;

/** A plan for `n` candidates: in one request, or in one for each. */
export function testPlan(n = 1, parallel = false, changes: Partial<Plan> = {}): Plan {
	const indices = [...Array(n).keys()];
	const groups = parallel ? indices.map(index => [index]) : [indices];
	return {
		operation: 'generate',
		connection: {
			name: 'work',
			kind: 'openai',
			baseUrl: 'https://host/v1',
			origin: 'https://host',
			model: 'gpt-image-2',
			auth: 'apiKey',
			concurrency: 2,
		},
		model: 'gpt-image-2',
		prompt: 'A secret garden',
		requested: { size: { width: 1024, height: 1024 }, quality: 'medium', n },
		requests: groups.map((candidates): PlannedRequest => ({ candidates, stream: false, body: { prompt: 'A secret garden' } })),
		price: { kind: 'estimate', minUsd: 0.02 * n, maxUsd: 0.04 * n, outputTokens: [500 * n, 1000 * n] },
		prices: { textIn: 5, imageIn: 8, imageOut: 30 },
		notices: ['A notice of the plan.'],
		problems: [],
		...changes,
	};
}

/** A stored picture that is what `testPlan` asks for. */
export function picture(candidate: number, role: 'final' | 'partial' = 'final', changes: Partial<StoredPicture> = {}): StoredPicture {
	return {
		role,
		candidate,
		fileName: `${role}-${candidate}.png`,
		bytes: 100,
		sha256: 'aa',
		width: 1024,
		height: 1024,
		format: 'png',
		isComplete: true,
		hasContentCredentials: true,
		hasAlphaChannel: false,
		...changes,
	};
}

/** Everything arrives. */
export const arrives: Step = ({ request, onProgress }) => {
	onProgress({ kind: 'left' });
	const pictures = request.candidates.map(candidate => picture(candidate));
	pictures.forEach(stored => onProgress({ kind: 'picture', picture: stored }));
	return { pictures, actual: { quality: 'medium' }, requestIds: [`req_${request.candidates.join('')}`], hasLeft: true };
};

/** Fails; `unreachable` has not left, everything else has. */
export function fails(kind: FailureKind, changes: Partial<ProviderAnswer> = {}): Step {
	return ({ onProgress }) => {
		const hasLeft = changes.hasLeft ?? kind !== 'unreachable';
		if (hasLeft) {
			onProgress({ kind: 'left' });
		}
		return { pictures: [], actual: {}, requestIds: [], failure: { kind, message: `It is ${kind}.` }, hasLeft, ...changes };
	};
}

/** The host sends it away with a `Retry-After`. */
export const asksToWait = (retryAfterMs: number) => fails('rateLimited', { retryAfterMs, requestIds: ['req_429'] });

/** Never answers; ends when it is cancelled. */
export const hangs: Step = ({ signal, onProgress }) => {
	onProgress({ kind: 'left' });
	return new Promise(resolve => {
		signal.addEventListener('abort', () => resolve({ pictures: [], actual: {}, requestIds: [], isCancelled: true, hasLeft: true }));
	});
};

/** A provider that does what it is told, one step per sending. A sending too many is a failure of the test. */
export class ScriptedProvider implements ImageProvider {
	readonly kind = 'openai';
	readonly calls: ProviderCall[] = [];
	readonly #steps: Step[];
	readonly #journal: Journal;

	constructor(steps: readonly Step[], journal: Journal) {
		this.#steps = [...steps];
		this.#journal = journal;
	}

	async send(call: ProviderCall): Promise<ProviderAnswer> {
		this.#journal.push(`sent ${call.request.candidates.join(',')}`);
		this.calls.push(call);
		const step = this.#steps.shift();
		if (!step) {
			throw new Error('Sent once too often.');
		}
		return step(call);
	}

	test(): never {
		throw new Error('Not asked for.');
	}
}

export interface TestRunOptions {
	readonly plan?: Plan;
	readonly steps?: readonly Step[];
	readonly refuses?: Refusal;
	readonly keepPrompt?: boolean;
	readonly ceilings?: Ceilings;
	/** Called at every change, before the run goes on. */
	readonly onChange?: (snapshot: RunSnapshot, run: TestRun) => void;
}

/** One run with all its surroundings in memory. */
export class TestRun {
	readonly journal: Journal = [];
	readonly clock = new ManualClock();
	readonly abort = new AbortController();
	readonly snapshots: RunSnapshot[] = [];
	readonly slots = createRequestSlots();
	readonly store: MemoryRunStore;
	readonly ledger: MemoryLedger;
	readonly provider: ScriptedProvider;
	tryNow: (() => void) | undefined;
	readonly #options: TestRunOptions;

	constructor(options: TestRunOptions = {}) {
		this.#options = options;
		this.store = new MemoryRunStore(this.journal, options.refuses);
		this.ledger = new MemoryLedger(this.journal, options.refuses);
		this.provider = new ScriptedProvider(options.steps ?? [arrives], this.journal);
	}

	start(): Promise<RunResult> {
		const { plan = testPlan(), keepPrompt = true, ceilings, onChange } = this.#options;
		const { provider, store, ledger, clock, slots } = this;
		return executeRun(
			{
				plan,
				credential: { kind: 'apiKey', key: 'sk-canary' },
				source: { kind: 'input' },
				timeoutMs: 1000,
				keepPrompt,
				...(ceilings ? { ceilings } : {}),
			},
			{ provider, store, ledger, clock, slots, newRunId: () => 'run-1', sha256: text => `sha of ${text.length}` },
			{
				signal: this.abort.signal,
				onCountdown: tryNow => {
					this.tryNow = tryNow;
				},
				onChange: snapshot => {
					this.snapshots.push(snapshot);
					onChange?.(snapshot, this);
				},
			},
		);
	}

	get record() {
		return this.store.runs.get('run-1')?.record;
	}

	/** Snapshots in which something is waited for. */
	get waits() {
		return this.snapshots.flatMap(({ waiting }) => waiting ?? []);
	}
}
