import { constants } from 'node:fs';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folders on other disks, in which pictures are kept that the storage of the editor did not take. */
export interface Refuge {
	/** Absolute paths, one folder for each user; the first that takes a picture is used. */
	readonly roots: readonly string[];
}

/** Folder beside a run's pictures, for copies that an edit moves into the project and undo moves back. */
export const stagingName = 'inserting';

/** No other disk is tried. */
export const noRefuge: Refuge = { roots: [] };

/** The system's folder for temporary files, and on Linux its memory: often one of them still has room when a disk is full. */
export function usualRefuge(): Refuge {
	const places = [tmpdir(), ...(process.platform === 'linux' ? ['/dev/shm'] : [])];
	const name = `imgprompt-${process.getuid?.() ?? 'kept'}`;
	return { roots: places.map(place => join(place, name)) };
}

/** Where a run's pictures would lie below each root. */
export function refugeFolders({ roots }: Refuge, runId: string): readonly string[] {
	return roots.map(root => join(root, runId));
}

/**
 * Makes the folder of a run below a root, which only the user can look into. Fails when somebody else has made the root, or opened it: in a
 * folder that everybody shares, such a one is a trap.
 */
export async function prepareRefuge(folder: string): Promise<void> {
	const root = dirname(folder);
	await mkdir(root, { recursive: true, mode: 0o700 });
	if (!(await isPrivate(root))) {
		throw Object.assign(new Error(`${root} is not the user’s own.`), { code: 'EPERM', syscall: 'mkdir' });
	}
	await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Whether a root can be believed: a folder and no link, the user's own, and closed to all others. */
export async function isPrivate(root: string): Promise<boolean> {
	const { mode, uid } = await lstat(root);
	const isFolder = (mode & constants.S_IFMT) === constants.S_IFDIR;
	return isFolder && (process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0));
}
