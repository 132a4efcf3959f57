import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/**
 * Makes a copy of a picture that an edit may move into the project, beside the original in the run's folder.
 *
 * An edit that creates a file from bytes sends them as text through VS Code: 25 MB took 8 s where a move takes 60 ms (1.139, seen
 * 2026-11). Undo moves the copy back here, redo takes it again, and it goes when the run does.
 */
export async function stagePicture(picturePath: string): Promise<string> {
	const folder = join(dirname(picturePath), 'inserting');
	await mkdir(folder, { recursive: true });
	const staged = join(folder, `${randomBytes(6).toString('hex')}${extname(picturePath)}`);
	try {
		await copyWhole(picturePath, staged);
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
