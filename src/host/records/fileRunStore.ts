import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isUndecided } from '../../core/run/isUndecided';
import type { RunFolder, RunRecord, RunStore } from '../../core/run/records';
import { StorageError } from '../../core/run/storageError';
import { writeAtomically } from './atomicFile';
import { damagedRecord } from './damagedRecord';
import { lockFolder } from './folderLock';
import { isOwnerAlive } from './owner';
import { diskFiles, errorCode, onDisk, type RecordFiles } from './recordFiles';
import { bringHome, rescuedRuns } from './homecoming';
import { noRefuge, type Refuge } from './refuge';
import { FileRunFolder, looksSettled, printRecord, readRecord, recordName, type FolderSurroundings } from './runFolder';
import { isRunId } from './runId';
import { findPictures, settleDeadRun } from './salvage';
import { removeStillborn } from './stillborn';

/** How many folders are read side by side. */
const readersAtOnce = 16;

export interface FileRunStoreOptions {
	/** Absolute path of the folder that holds the runs' folders. Made when the first run needs it. */
	readonly root: string;
	/** Names this process in the records that it makes (`createOwnerId`). */
	readonly ownerId: string;
	readonly isOwnerAlive?: (owner: string) => Promise<boolean>;
	readonly files?: RecordFiles;
	/** Where pictures go that the disk of `root` does not take. Default: nowhere. */
	readonly refuge?: Refuge;
}

/** Runs on a local disk: one folder per run, made exclusively; several windows may share the root. */
export function createFileRunStore(options: FileRunStoreOptions): RunStore {
	return new FileRunStore({ isOwnerAlive, files: diskFiles, refuge: noRefuge, ...options });
}

class FileRunStore implements RunStore {
	readonly #root: string;
	readonly #options: Required<FileRunStoreOptions>;
	/** Runs that are finished and decided, which no window ever takes back: they need not be read again. */
	readonly #closed = new Set<string>();

	readonly #around: FolderSurroundings;

	constructor(options: Required<FileRunStoreOptions>) {
		this.#root = options.root;
		this.#around = { files: options.files, refuge: options.refuge, unsavedEnds: new Map(), turns: new Map() };
		this.#options = options;
	}

	create(record: Omit<RunRecord, 'version' | 'owner'>): Promise<RunFolder> {
		const { files, ownerId } = this.#options;
		if (!isRunId(record.runId)) {
			throw new Error('Not a run id.');
		}
		const path = join(this.#root, record.runId);
		return onDisk(path, async () => {
			const whole: RunRecord = { version: 1, owner: ownerId, ...record };
			await files.ensureFolder(this.#root);
			await files.makeFolder(path);
			await writeAtomically(files, join(path, recordName), printRecord(whole));
			await files.syncFolder(this.#root);
			return new FileRunFolder(this.#around, path, whole);
		});
	}

	async open(runId: string): Promise<RunFolder | undefined> {
		const record = isRunId(runId) ? await this.#read(runId) : undefined;
		return record && new FileRunFolder(this.#around, join(this.#root, runId), record);
	}

	async list(limit = Number.POSITIVE_INFINITY): Promise<readonly RunRecord[]> {
		return this.#readAll(await this.#runIds(), limit);
	}

	async recover(): Promise<readonly RunRecord[]> {
		const recovered: RunRecord[] = [];
		await this.#bringHome();
		const open = await this.#readOpen();
		await this.#removeStillborn(new Set(open.map(({ runId }) => runId)));
		for (const record of open) {
			if (record.state !== 'finished' && !(await this.#isAlive(record.owner))) {
				const settled = await this.#trySettle(record.runId);
				recovered.push(...(settled ? [settled] : []));
			}
		}
		return recovered;
	}

	/** `known` are those that have a record. */
	async #removeStillborn(known: ReadonlySet<string>): Promise<void> {
		const nameless = (await this.#runIds()).filter(runId => !known.has(runId) && !this.#closed.has(runId));
		for (const runId of nameless) {
			await removeStillborn(this.#options.files, join(this.#root, runId), owner => this.#isAlive(owner));
		}
	}

	/** Takes pictures that were rescued to other disks back into their runs' folders, where there is room again. */
	async #bringHome(): Promise<void> {
		const { files, refuge } = this.#options;
		for (const { runId, folder } of await rescuedRuns(refuge)) {
			const run = await this.open(runId);
			const isUnderWay = run?.record.state !== 'finished' && run !== undefined && (await this.#isAlive(run.record.owner));
			if (run && !isUnderWay) {
				await bringHome(files, folder, run);
			}
		}
	}

	async undecided(): Promise<readonly RunRecord[]> {
		return (await this.#readOpen()).filter(isUndecided);
	}

	/** Runs that are under way or undecided, newest first. The first look is at all runs, later ones are at what is new. */
	async #readOpen(): Promise<readonly RunRecord[]> {
		const unknown = (await this.#runIds()).filter(runId => !this.#closed.has(runId));
		const unsettled = await this.#filter(unknown, async runId => {
			const isSettled = await looksSettled(join(this.#root, runId));
			if (isSettled) {
				this.#closed.add(runId);
			}
			return !isSettled;
		});
		const records = await this.#readAll(unsettled);
		for (const record of records.filter(({ state }) => state === 'finished').filter(each => !isUndecided(each))) {
			this.#closed.add(record.runId);
		}
		return records.filter(({ runId }) => !this.#closed.has(runId));
	}

	/** `undefined` also when the disk refuses: a later start tries again, and the other runs are settled now. */
	async #trySettle(runId: string): Promise<RunRecord | undefined> {
		try {
			return await this.#settle(runId);
		} catch (error) {
			if (!(error instanceof StorageError)) {
				throw error;
			}
			return undefined;
		}
	}

	/** `undefined`: another window does it, or has done it. */
	async #settle(runId: string): Promise<RunRecord | undefined> {
		const { files, ownerId } = this.#options;
		const path = join(this.#root, runId);
		const unlock = await lockFolder(files, path, ownerId, owner => this.#isAlive(owner));
		if (!unlock) {
			return undefined;
		}
		try {
			const folder = await this.open(runId);
			return folder && folder.record.state !== 'finished' ? await settleDeadRun(files, folder) : undefined;
		} finally {
			await unlock();
		}
	}

	async #isAlive(owner: string): Promise<boolean> {
		return owner === this.#options.ownerId || (await this.#options.isOwnerAlive(owner));
	}

	/** Newest first: the ids sort by time. */
	async #runIds(): Promise<readonly string[]> {
		try {
			return (await readdir(this.#root)).filter(isRunId).sort().reverse();
		} catch (error) {
			if (errorCode(error) === 'ENOENT') {
				return []; // No run was made yet.
			}
			throw error;
		}
	}

	async #readAll(runIds: readonly string[], limit = Number.POSITIVE_INFINITY): Promise<readonly RunRecord[]> {
		const records: RunRecord[] = [];
		for (let start = 0, end = 0; start < runIds.length && records.length < limit; start = end) {
			end = start + Math.min(readersAtOnce, limit - records.length);
			const some = await Promise.all(runIds.slice(start, end).map(runId => this.#read(runId)));
			records.push(...some.filter(record => record !== undefined));
		}
		return records;
	}

	async #filter(runIds: readonly string[], isWanted: (runId: string) => Promise<boolean>): Promise<readonly string[]> {
		const wanted: string[] = [];
		for (let start = 0; start < runIds.length; start += readersAtOnce) {
			const some = runIds.slice(start, start + readersAtOnce);
			const answers = await Promise.all(some.map(isWanted));
			wanted.push(...some.filter((_, index) => answers[index]));
		}
		return wanted;
	}

	/** `undefined`: there is no such folder, or nothing was ever put into it. */
	async #read(runId: string): Promise<RunRecord | undefined> {
		const folder = join(this.#root, runId);
		const stored = await readRecord(folder, runId);
		if (stored.kind === 'record') {
			// What this process knows of an end that the disk has refused is truer than what lies there.
			return { ...stored.record, ...this.#around.unsavedEnds.get(runId) };
		}
		try {
			const found = await findPictures(folder);
			const isEmpty = stored.kind === 'absent' && found.pictures.length + found.unfinished.length === 0;
			return isEmpty ? undefined : damagedRecord(runId, found);
		} catch (error) {
			if (errorCode(error) === undefined) {
				throw error;
			}
			return undefined; // Not a folder, or not readable at all: there is nothing to tell of it.
		}
	}
}
