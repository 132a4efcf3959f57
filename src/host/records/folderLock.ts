import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLockFile } from './lockFile';
import { errorCode, onDisk, type RecordFiles } from './recordFiles';

/** Nobody takes longer to write a name into a lock. */
const takingMs = 10_000;

/** Held in a run's folder by the one window that settles it. */
const recoveryLock = 'recovery.lock';

/**
 * Takes the folder for `ownerId`; the returned function gives it back. `undefined`: a living window has it. The lock of a
 * dead one is broken.
 */
export async function lockFolder(
	files: RecordFiles,
	folder: string,
	ownerId: string,
	isAlive: (owner: string) => Promise<boolean>,
	lockName = recoveryLock,
): Promise<(() => Promise<void>) | undefined> {
	const path = join(folder, lockName);
	if (await makeLockFile(files, path, ownerId)) {
		return giveBack(files, path);
	}
	return (await isAbandoned(path, isAlive)) ? takeOver(files, path, ownerId, isAlive) : undefined;
}

function giveBack(files: RecordFiles, path: string): () => Promise<void> {
	return () => onDisk(path, () => files.remove(path));
}

/** Two windows may find the same lock abandoned. One at a time breaks it, and only if it still is: nobody's new lock is broken. */
async function takeOver(
	files: RecordFiles,
	path: string,
	ownerId: string,
	isAlive: (owner: string) => Promise<boolean>,
): Promise<(() => Promise<void>) | undefined> {
	const breaking = `${path}.breaking`;
	if (!(await makeLockFile(files, breaking, ownerId))) {
		if (await isAbandoned(breaking, isAlive)) {
			await giveBack(files, breaking)();
		}
		return undefined;
	}
	try {
		if (!(await isAbandoned(path, isAlive))) {
			return undefined;
		}
		await giveBack(files, path)();
		return (await makeLockFile(files, path, ownerId)) ? giveBack(files, path) : undefined;
	} finally {
		await giveBack(files, breaking)();
	}
}

async function isAbandoned(path: string, isAlive: (owner: string) => Promise<boolean>): Promise<boolean> {
	try {
		const holder = await readFile(path, 'utf8');
		// Without a name yet, somebody is just taking it, or died in doing so.
		return holder === '' ? Date.now() - (await stat(path)).mtimeMs > takingMs : !(await isAlive(holder));
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return false; // It was given back meanwhile: there was nothing left to do.
		}
		throw error;
	}
}
