import { createReadStream } from 'node:fs';
import { lstat, readdir, rmdir } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { atHome } from '../../core/run/rescueNotices';
import type { RunFolder } from '../../core/run/records';
import { StorageError } from '../../core/run/storageError';
import { parsePictureName } from './pictureNames';
import { errorCode, type RecordFiles } from './recordFiles';
import { isPrivate, stagingName, type Refuge } from './refuge';
import { isRunId } from './runId';

/** A run of which something lies on another disk. */
export interface RescuedRun {
	readonly runId: string;
	/** Absolute path. */
	readonly folder: string;
}

/** Looks into those roots of the refuge that can be believed. */
export async function rescuedRuns({ roots }: Refuge): Promise<readonly RescuedRun[]> {
	const found: RescuedRun[] = [];
	for (const root of roots) {
		try {
			const names = (await isPrivate(root)) ? await readdir(root) : [];
			found.push(...names.filter(isRunId).map(runId => ({ runId, folder: join(root, runId) })));
		} catch (error) {
			if (errorCode(error) === undefined) {
				throw error;
			}
			// There is no such disk, or nothing was ever rescued to it.
		}
	}
	return found;
}

/**
 * Moves the pictures in `folder` to the run's own folder. What the disk still refuses stays where it is; a later start tries again. May be
 * stopped at any point and done again.
 */
export async function bringHome(files: RecordFiles, folder: string, run: RunFolder): Promise<void> {
	try {
		for (const name of (await readdir(folder)).filter(each => parsePictureName(each))) {
			await move(files, join(folder, name), join(run.path, name));
		}
		await files.syncFolder(run.path);
		await forget(folder, run);
		await rmdir(join(folder, stagingName)).catch(() => {
			// There is none, or a copy lies there that an undo has taken out of a project: a redo may want it.
		});
		await rmdir(folder);
	} catch (error) {
		if (errorCode(error) === undefined && !(error instanceof StorageError)) {
			throw error;
		}
	}
}

/** Whole at every moment; what lies at home under the same name is the same, or less of it. */
async function move(files: RecordFiles, from: string, to: string): Promise<void> {
	if (!(await lstat(from)).isFile()) {
		return;
	}
	const temporary = `${to}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		const file = await files.createFile(temporary);
		try {
			for await (const chunk of createReadStream(from, { highWaterMark: 512 * 1024 }) as AsyncIterable<Buffer>) {
				await file.write(chunk);
			}
			await file.sync();
		} finally {
			await file.close();
		}
		await files.rename(temporary, to);
		await files.remove(from);
	} catch (error) {
		await files.remove(temporary).catch(() => {
			// The first error tells more than the failed tidying after it.
		});
		throw error;
	}
}

/** The record does not send anybody to an empty place. */
async function forget(folder: string, run: RunFolder): Promise<void> {
	const { pictures, partials, notices } = run.record;
	if ([...pictures, ...partials].some(({ rescuedTo }) => rescuedTo === folder)) {
		await run.update({
			pictures: pictures.map(atHome),
			partials: partials.map(atHome),
			notices: notices.filter(notice => !notice.includes(folder)),
		});
	}
}
