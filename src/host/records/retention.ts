import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStore } from '../../core/run/records';
import { keepReason, pruneRuns, type RetentionLimits, type WeighedRun } from '../../core/run/retention';
import { lockFolder } from './folderLock';
import { rescuedRuns } from './homecoming';
import { isOwnerAlive } from './owner';
import { diskFiles, errorCode, type RecordFiles } from './recordFiles';
import { noRefuge, type Refuge } from './refuge';
import { readRecord } from './runFolder';
import { isRunId, startOf } from './runId';

/** Begins the name of a run's folder that is being removed: no run id, so that nobody takes what is left of it for a run. */
const removedPrefix = 'removed-';

/** Held in the folder of all runs by the one window that removes some. */
const retentionLock = 'retention.lock';

/** How many folders are weighed side by side. */
const readersAtOnce = 16;

const dayMs = 24 * 60 * 60 * 1000;

/** Removes old runs from the disk. */
export interface Retention {
	/** Brings the runs within `limits` as far as may be, and returns the ids of those that went. None while another window does it. */
	prune(limits: RetentionLimits): Promise<readonly string[]>;
}

/** What a `Retention` on a local disk needs. */
export interface FileRetentionOptions {
	/** Absolute path of the folder that holds the runs' folders. */
	readonly root: string;
	/** Names this process in the lock (`createOwnerId`). */
	readonly ownerId: string;
	readonly runs: RunStore;
	/** Runs that somebody may be looking at. */
	shownRuns(): Promise<ReadonlySet<string>>;
	readonly isOwnerAlive?: (owner: string) => Promise<boolean>;
	readonly files?: RecordFiles;
	/** Where pictures of the runs may lie on other disks. Default: nowhere. */
	readonly refuge?: Refuge;
}

/** Removal on a local disk, in steps that may be broken off anywhere: a run is there whole, or it is no run any more. */
export function createFileRetention(options: FileRetentionOptions): Retention {
	return new FileRetention({ isOwnerAlive, files: diskFiles, refuge: noRefuge, ...options });
}

class FileRetention implements Retention {
	readonly #options: Required<FileRetentionOptions>;
	/** Sizes of the folders that were weighed; what is added to a finished run later weighs little. */
	readonly #weights = new Map<string, number>();

	constructor(options: Required<FileRetentionOptions>) {
		this.#options = options;
	}

	async prune(limits: RetentionLimits): Promise<readonly string[]> {
		const { files, root, ownerId } = this.#options;
		if ((await this.#folders()).length === 0) {
			return [];
		}
		const unlock = await lockFolder(files, root, ownerId, owner => this.#isAlive(owner), retentionLock);
		if (!unlock) {
			return [];
		}
		try {
			return await this.#prune(limits);
		} finally {
			await unlock();
		}
	}

	async #prune(limits: RetentionLimits): Promise<readonly string[]> {
		const names = await this.#folders();
		for (const leftover of names.filter(name => name.startsWith(removedPrefix))) {
			await this.#tryOnDisk(() => this.#giveBackOrFinish(leftover));
		}
		const runIds = (await this.#folders()).filter(isRunId).sort().reverse();
		if (limits.maxBytes === undefined && runIds.length <= (limits.maxRuns ?? runIds.length)) {
			return [];
		}
		const shown = await this.#options.shownRuns();
		const weighed = await this.#weigh(runIds, limits.maxBytes !== undefined);
		return pruneRuns(weighed, limits, async runId => !shown.has(runId) && this.#tryRemove(runId));
	}

	/** `false`: it has to stay, or can't be removed now. */
	async #tryRemove(runId: string): Promise<boolean> {
		const { files, root, runs } = this.#options;
		// Looked up anew: what was read a moment ago may have been starred or inserted since.
		const record = (await runs.open(runId))?.record;
		if (!record || keepReason(record) !== undefined) {
			return false;
		}
		const [home, removed] = [join(root, runId), join(root, removedPrefix + runId)];
		if (!(await this.#tryOnDisk(() => files.rename(home, removed)))) {
			return false;
		}
		if (await isToBeKept(removed, runId)) {
			await this.#tryOnDisk(() => files.rename(removed, home));
			return false;
		}
		this.#weights.delete(runId);
		// What the disk does not give back now goes next time.
		await this.#tryOnDisk(() => this.#finishRemoval(removedPrefix + runId));
		return true;
	}

	/** A window that died between the two names of a run can't give it back any more; what is to be kept is whole then. */
	async #giveBackOrFinish(removed: string): Promise<void> {
		const { files, root } = this.#options;
		const runId = removed.slice(removedPrefix.length);
		const stored = await readRecord(join(root, removed), runId);
		if (isRunId(runId) && stored.kind === 'record' && keepReason(stored.record) !== undefined) {
			await files.rename(join(root, removed), join(root, runId));
		} else {
			await this.#finishRemoval(removed);
		}
	}

	/** `removed` is the name of what a run's folder has become. It goes last: as long as it is there, the rest is known to be no run's. */
	async #finishRemoval(removed: string): Promise<void> {
		const { files, root, refuge } = this.#options;
		const runId = removed.slice(removedPrefix.length);
		for (const elsewhere of (await rescuedRuns(refuge)).filter(each => each.runId === runId)) {
			await files.removeFolder(elsewhere.folder);
		}
		await files.removeFolder(join(root, removed));
	}

	async #weigh(runIds: readonly string[], isNeeded: boolean): Promise<readonly WeighedRun[]> {
		const unknown = isNeeded ? runIds.filter(runId => !this.#weights.has(runId)) : [];
		const fresh = new Map<string, number>();
		for (let start = 0; start < unknown.length; start += readersAtOnce) {
			const some = unknown.slice(start, start + readersAtOnce);
			await Promise.all(some.map(async runId => fresh.set(runId, await bytesIn(join(this.#options.root, runId)))));
		}
		for (const [runId, bytes] of fresh) {
			// The newest are still being written, perhaps; they are few.
			if (Date.now() - Date.parse(startOf(runId)) > dayMs) {
				this.#weights.set(runId, bytes);
			}
		}
		return runIds.map(runId => ({ runId, bytes: this.#weights.get(runId) ?? fresh.get(runId) ?? 0 }));
	}

	/** Names of real folders in the root; a link is nothing of ours. */
	async #folders(): Promise<readonly string[]> {
		return (await entriesOf(this.#options.root)).filter(entry => entry.isDirectory()).map(({ name }) => name);
	}

	async #isAlive(owner: string): Promise<boolean> {
		return owner === this.#options.ownerId || (await this.#options.isOwnerAlive(owner));
	}

	/** `false`: the disk refuses, for example because a program has a file open. */
	async #tryOnDisk(work: () => Promise<void>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			if (errorCode(error) === undefined) {
				throw error;
			}
			return false;
		}
	}
}

/** Whether another window has starred or inserted a run in the moment before its folder was renamed; afterwards, none can. */
async function isToBeKept(removed: string, runId: string): Promise<boolean> {
	const stored = await readRecord(removed, runId);
	return stored.kind !== 'record' || keepReason(stored.record) !== undefined;
}

/** Bytes of all files below `folder`; links are not followed. */
async function bytesIn(folder: string): Promise<number> {
	let bytes = 0;
	for (const entry of await entriesOf(folder)) {
		const path = join(folder, entry.name);
		bytes += entry.isDirectory() ? await bytesIn(path) : entry.isFile() ? await sizeOf(path) : 0;
	}
	return bytes;
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await lstat(path)).size;
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		return 0; // It went in this moment.
	}
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
	try {
		return await readdir(folder, { withFileTypes: true });
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		return []; // Not there, or not readable: there is nothing to remove.
	}
}
