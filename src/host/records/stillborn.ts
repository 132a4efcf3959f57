import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, type RecordFiles } from './recordFiles';

/** Nobody takes so long to write the first record of a run, in milliseconds. */
const creatingMs = 24 * 60 * 60 * 1000;

/** What may lie in a folder whose maker died before the record bore its name: pieces of that record, and locks of those who looked. */
const worthless = /^(?:run\.json\.[0-9a-f]{8}\.tmp|recovery\.lock(?:\.breaking)?)$/;

/** The first lines of a record, as far as they were written. */
const ownerLine = /^\{\s*"version": \d+,\s*"owner": "([^"\\]+)"/;

/**
 * Removes a run's folder in which no record ever bore its name: nothing was sent for it, but a piece of the record may hold the prompt.
 * A folder that a living process is just making stays, and so does one in which anything else lies.
 */
export async function removeStillborn(files: RecordFiles, folder: string, isAlive: (owner: string) => Promise<boolean>): Promise<void> {
	try {
		if (await isStillborn(folder, isAlive)) {
			await files.removeFolder(folder);
		}
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		// It went in this moment, or the disk refuses: a later start tries again.
	}
}

async function isStillborn(folder: string, isAlive: (owner: string) => Promise<boolean>): Promise<boolean> {
	const about = await lstat(folder);
	if (!about.isDirectory()) {
		return false;
	}
	const names = await readdir(folder);
	if (!names.every(name => worthless.test(name))) {
		return false;
	}
	const pieces = names.filter(name => name.endsWith('.tmp'));
	const isAbandoned = async (piece: string): Promise<boolean> => {
		const owner = await ownerIn(join(folder, piece));
		return owner !== undefined && !(await isAlive(owner));
	};
	const areAbandoned = pieces.length > 0 && (await Promise.all(pieces.map(isAbandoned))).every(Boolean);
	return areAbandoned || Date.now() - about.mtimeMs > creatingMs;
}

/** `undefined`: so little was written that it does not even say whose it is. */
async function ownerIn(piece: string): Promise<string | undefined> {
	return ownerLine.exec(await readFile(piece, 'utf8'))?.[1];
}
