import { writeSync } from 'node:fs';
import { join } from 'node:path';
import 'openai';
import { executeRun } from '../../../src/core/run/executeRun';
import type { ImageProvider, PictureSpool, StoredPicture } from '../../../src/core/run/ports';
import type { RunFolder, RunStore } from '../../../src/core/run/records';
import { recoverRuns } from '../../../src/core/run/recoverRuns';
import { createRequestSlots } from '../../../src/core/run/requestSlots';
import { createFileLedger } from '../../../src/host/records/fileLedger';
import { createFileRunStore } from '../../../src/host/records/fileRunStore';
import { createOwnerId } from '../../../src/host/records/owner';
import { newRunId, sha256 } from '../../../src/host/records/runId';
import { createCompatibleProvider } from '../../../src/providers/compatible/compatibleProvider';
import { createOpenAiProvider } from '../../../src/providers/openai/openAiProvider';
import { deadlyFiles, type Point } from './deadlyFiles';
import { planOf, type Scenario } from './scenario';

/** What a process is to do, and where it is to die. */
export interface Order {
	/** Absolute path; `runs` and `ledger` are below. */
	readonly folder: string;
	/** Its last step: so many (from 1), or the first of this name. */
	readonly point: number | string;
	/** Absent: it settles what lies in the folder, as after a start. */
	readonly run?: { readonly scenario: Scenario; readonly url: string };
}

/** A line of what such a process has done so far, as JSON on its standard output. */
export type Deed =
	/** The system has taken bytes of a file. */
	| { readonly kind: 'wrote'; readonly fileName: string; readonly bytes: number }
	/** The run was told of a picture. */
	| { readonly kind: 'told'; readonly fileName: string }
	| { readonly kind: 'died'; readonly point: string }
	| { readonly kind: 'survived' };

function tell(deed: Deed): void {
	writeSync(1, `${JSON.stringify(deed)}\n`);
}

function dieAt(last: number | string): Point {
	let passed = 0;
	return name => {
		if (++passed === last || name === last) {
			tell({ kind: 'died', point: name });
			process.kill(process.pid, 'SIGKILL');
		}
	};
}

async function live({ folder, point: last, run }: Order): Promise<void> {
	const point = dieAt(last);
	const files = deadlyFiles(point, (fileName, bytes) => tell({ kind: 'wrote', fileName, bytes }));
	const store = createFileRunStore({ root: join(folder, 'runs'), ownerId: createOwnerId(), files });
	const ledger = createFileLedger(join(folder, 'ledger'), files);
	const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
	if (!run) {
		await recoverRuns(store, ledger, clock);
	} else {
		const request = { plan: planOf(run.scenario, run.url), credential: { kind: 'apiKey', key: 'test-key' } } as const;
		const provider = run.scenario.personality === 'openai' ? createOpenAiProvider({ clock }) : createCompatibleProvider({ clock });
		await executeRun(
			{ ...request, source: { kind: 'input' }, timeoutMs: 60_000, keepPrompt: true, ceilings: { perDayUsd: 100 } },
			{
				provider: watchedProvider(provider, point),
				store: watchedStore(store, point),
				ledger,
				clock,
				slots: createRequestSlots(),
				newRunId: () => newRunId(Date.now()),
				sha256,
			},
			{ signal: new AbortController().signal, onCountdown: () => undefined, onChange: () => point('a person is told') },
		);
	}
	tell({ kind: 'survived' });
	process.exit();
}

/** A point at everything that a provider tells. */
function watchedProvider(provider: ImageProvider, point: Point): ImageProvider {
	return {
		kind: provider.kind,
		test: (...args) => provider.test(...args),
		send: call =>
			provider.send({
				...call,
				onProgress: progress => {
					point(`before progress ${progress.kind}`);
					call.onProgress(progress);
					if (progress.kind === 'picture') {
						tellPicture(progress.picture);
					}
					point(`after progress ${progress.kind}`);
				},
			}),
	};
}

function tellPicture({ fileName }: StoredPicture): void {
	tell({ kind: 'told', fileName });
}

/** A point at each piece of a picture that arrives. */
function watchedStore(store: RunStore, point: Point): RunStore {
	return {
		create: async record => watchedFolder(await store.create(record), point),
		open: runId => store.open(runId),
		list: limit => store.list(limit),
		undecided: () => store.undecided(),
		recover: () => store.recover(),
	};
}

function watchedFolder(folder: RunFolder, point: Point): RunFolder {
	const spool: PictureSpool = {
		open(role, candidate) {
			const writer = folder.spool.open(role, candidate);
			return {
				write(bytes) {
					point(`a piece of ${role} ${candidate} arrives`);
					return writer.write(bytes);
				},
				finish: () => writer.finish(),
				abandon: () => writer.abandon(),
			};
		},
	};
	return {
		runId: folder.runId,
		path: folder.path,
		spool,
		get record() {
			return folder.record;
		},
		update: change => folder.update(change),
		locate: fileName => folder.locate(fileName),
	};
}

process.once('message', order => void live(order as Order));
