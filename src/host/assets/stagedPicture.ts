import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { prepareRefuge, stagingName } from '../records/refuge';
import { errorCode } from './errorCode';

/** No disk took the copy that an edit needs before it changes the project. `cause` is what the first one said. */
export class StagingRefused extends Error {
	/** Absolute path of the folder that was tried first. */
	readonly folder: string;

	constructor(folder: string, cause: unknown) {
		super('No disk takes a copy of the picture.', { cause });
		this.folder = folder;
	}
}

/**
 * Makes a copy of a picture that an edit may move into the project, beside the original in the run's folder or, when that disk takes
 * no more, below `elsewhere`: absolute paths of the run's folders in the refuge. Rejects with `StagingRefused` when none takes it.
 *
 * An edit that creates a file from bytes sends them as text through VS Code: 25 MB took 8 s where a move takes 60 ms (1.139, seen
 * 2026-11). Undo moves the copy back here, redo takes it again, and it goes when the run does.
 */
export async function stagePicture(picturePath: string, elsewhere: readonly string[] = []): Promise<string> {
	return stageCopy(picturePath, dirname(picturePath), elsewhere);
}

/** Copies `from` for an edit, like `stagePicture`; `runFolder` is tried first. */
export async function stageCopy(from: string, runFolder: string, elsewhere: readonly string[]): Promise<string> {
	let refusal: StagingRefused | undefined;
	for (const folder of [runFolder, ...elsewhere.filter(each => each !== runFolder)]) {
		try {
			return await copyInto(folder, from, folder !== runFolder);
		} catch (error) {
			const isOfSource = error instanceof Error && 'path' in error && error.path === from;
			if (errorCode(error) === undefined || isOfSource) {
				throw error;
			}
			refusal ??= new StagingRefused(folder, error);
		}
	}
	throw refusal ?? new Error('There is always the first folder.');
}

async function copyInto(runFolder: string, from: string, isRefuge: boolean): Promise<string> {
	if (isRefuge) {
		await prepareRefuge(runFolder);
	}
	const folder = join(runFolder, stagingName);
	await mkdir(folder, { recursive: true });
	const staged = join(folder, `${randomBytes(6).toString('hex')}${extname(from)}`);
	try {
		await copyWhole(from, staged);
	} catch (error) {
		await discard(staged);
		throw error;
	}
	return staged;
}

/**
 * Copies a file byte for byte to a new name; on disk when the promise resolves. The copy is a new file with a new file's
 * permissions: runs are for their user's eyes, files of a project are not.
 */
export async function copyWhole(from: string, to: string): Promise<void> {
	const file = await open(to, 'wx');
	try {
		await file.writeFile(createReadStream(from, { highWaterMark: 1 << 20 }));
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Removes a file that nobody needs any more. */
export async function discard(path: string): Promise<void> {
	await rm(path, { force: true });
}

/** Puts the bytes of `from` under the name `to`, whole at every moment; what was there before is gone. */
export async function replaceFile(from: string, to: string): Promise<void> {
	// Beside the target, because only within one disk a rename is atomic.
	const temporary = join(dirname(to), `.${basename(to).slice(0, 100)}.${randomBytes(4).toString('hex')}.tmp`);
	try {
		await copyWhole(from, temporary);
		await rename(temporary, to);
	} catch (error) {
		await discard(temporary);
		throw error;
	}
}
