import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord, RunStore } from '../../../../src/core/run/records';
import { createFileRunStore, type FileRunStoreOptions } from '../../../../src/host/records/fileRunStore';
import { newRunId } from '../../../../src/host/records/runId';
import { quickFiles } from '../../../fakes/dyingDisk';

/** A folder for one test. Call it in a suite: it is made before each test and removed after it. */
export function temporaryFolder(): { readonly path: string } {
	const folder = { path: '' };
	setup(async () => {
		folder.path = await mkdtemp(join(tmpdir(), 'imgprompt-records-'));
	});
	teardown(() => rm(folder.path, { recursive: true, force: true }));
	return folder;
}

const start = Date.UTC(2026, 10, 20, 9, 30, 11);

/** A record that nothing was done with yet. Records with a higher `number` are younger. */
export function newRecord(number = 0, changes: Partial<RunRecord> = {}): Omit<RunRecord, 'version' | 'owner'> {
	return {
		runId: newRunId(start + number * 1000),
		state: 'claimed',
		startedAt: new Date(start + number * 1000).toISOString(),
		connection: 'work',
		hostKind: 'openai',
		host: 'https://host',
		model: 'gpt-image-2',
		operation: 'generate',
		requested: { size: '64x64', n: 1 },
		price: { kind: 'estimate', minUsd: 0.04, maxUsd: 0.04, outputTokens: [1, 1] },
		promptSha256: 'aa',
		source: { kind: 'input' },
		notices: [],
		partials: [],
		pictures: [],
		requestIds: [],
		...changes,
	};
}

/** A store on the quick disk; every owner but `me` is dead unless said otherwise. */
export function testStore(root: string, options: Partial<FileRunStoreOptions> = {}): RunStore {
	return createFileRunStore({ root, ownerId: 'me', isOwnerAlive: () => Promise.resolve(false), files: quickFiles, ...options });
}

/** Names in a folder, sorted. */
export async function names(folder: string): Promise<readonly string[]> {
	return (await readdir(folder)).sort();
}
