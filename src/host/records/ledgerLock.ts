import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../core/run/storageError';
import { makeLockFile } from './lockFile';
import { errorCode, onDisk, type RecordFiles } from './recordFiles';

/** Who takes a lock, and how long things may take, in milliseconds. */
export interface LockHolder {
	readonly ownerId: string;
	isOwnerAlive(owner: string): Promise<boolean>;
	/** How long to wait for others. */
	readonly waitMs: number;
	/** A lock into which nobody has written a name for so long is one of a process that died while taking it. */
	readonly takingMs: number;
	/** Nobody works for so long under a lock: not every system can tell whether its holder is the process of that number. */
	readonly holdingMs: number;
}

/** The times that suit a disk that is in use. */
export const usualLockTimes = { waitMs: 10_000, takingMs: 6_000, holdingMs: 30_000 };

const pollMs = 15;
const lockName = /^(\d{1,15})\.lock$/;

/**
 * Runs `work` while no other process does so in the same `folder`, which holds nothing but locks. One process must not call it
 * twice at a time. `work` calls its argument before it writes: that throws when the process slept so long that others may have
 * gone on without it. Rejects with `StorageError` when the disk refuses or others don't come to an end.
 *
 * Locks are numbered, and the one with the highest number counts. It is given back by a mark in it and never by its removal, so
 * that whoever finds it free or its holder dead can try to make the next number: only one can.
 */
export async function withLock<T>(
	files: RecordFiles,
	folder: string,
	holder: LockHolder,
	work: (confirm: () => void) => Promise<T>,
): Promise<T> {
	await onDisk(folder, () => files.ensureFolder(folder));
	const { path, takenAt } = await take(files, folder, holder);
	try {
		return await work(() => {
			if (Date.now() - takenAt > holder.holdingMs / 2) {
				throw new StorageError('The computer was busy or asleep for too long. Try again.');
			}
		});
	} finally {
		await mark(files, path).catch(() => {
			// The disk refuses: this process takes its own lock for free, others do so when it is old.
		});
	}
}

interface Taken {
	readonly path: string;
	readonly takenAt: number;
}

async function take(files: RecordFiles, folder: string, holder: LockHolder): Promise<Taken> {
	const end = Date.now() + holder.waitMs;
	for (;;) {
		const [last = 0] = await numbersIn(folder);
		const isFree = last === 0 || (await isFreed(join(folder, nameOf(last)), holder));
		const taken = isFree ? await tryTake(files, folder, last + 1, holder) : undefined;
		if (taken) {
			return taken;
		}
		if (Date.now() > end) {
			throw new StorageError('Another window has been writing into the ledger for too long. Try again, or close the other windows.');
		}
		await new Promise(resolve => setTimeout(resolve, pollMs * (0.5 + Math.random())));
	}
}

/** `undefined`: somebody else was faster. */
async function tryTake(files: RecordFiles, folder: string, number: number, holder: LockHolder): Promise<Taken | undefined> {
	const path = join(folder, nameOf(number));
	const takenAt = Date.now();
	if (!(await makeLockFile(files, path, `${holder.ownerId}\n`))) {
		return undefined;
	}
	const [last, ...older] = await numbersIn(folder);
	// Whoever looked long ago makes a number that was already given back; whoever slept may have been taken for dead.
	if (last !== number || Date.now() - takenAt > holder.takingMs / 2) {
		await removeQuietly(files, path);
		return undefined;
	}
	for (const each of older) {
		await removeQuietly(files, join(folder, nameOf(each)));
	}
	return { path, takenAt };
}

async function mark(files: RecordFiles, path: string): Promise<void> {
	const file = await files.openForAppend(path);
	try {
		await file.write(new TextEncoder().encode('released\n'));
	} finally {
		await file.close();
	}
}

async function isFreed(path: string, holder: LockHolder): Promise<boolean> {
	try {
		const [owner = '', released] = (await readFile(path, 'utf8')).split('\n');
		const ageMs = Date.now() - (await stat(path)).mtimeMs;
		if (released === undefined) {
			return ageMs > holder.takingMs;
		}
		return released !== '' || owner === holder.ownerId || ageMs > holder.holdingMs || !(await holder.isOwnerAlive(owner));
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return false; // There is a later one by now.
		}
		throw refusedReading(error, path);
	}
}

/** Highest first. */
async function numbersIn(folder: string): Promise<readonly number[]> {
	try {
		const names = await readdir(folder);
		return names
			.flatMap(name => lockName.exec(name)?.[1] ?? [])
			.map(Number)
			.sort((a, b) => b - a);
	} catch (error) {
		throw refusedReading(error, folder);
	}
}

/** What the system refuses to read becomes a `StorageError`; a defect stays what it is. */
export function refusedReading(error: unknown, path: string): unknown {
	const code = errorCode(error);
	return code === undefined
		? error
		: new StorageError(`${path} could not be read (${code}). Check its permissions and the disk, and try again.`, { cause: error });
}

function nameOf(number: number): string {
	return `${number}.lock`;
}

/** A lock that stays behind does no harm: a higher one counts. */
async function removeQuietly(files: RecordFiles, path: string): Promise<void> {
	await files.remove(path).catch(() => {
		// Windows does not remove what somebody reads; the next one who takes the lock tries again.
	});
}
