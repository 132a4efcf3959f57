import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PictureInspector } from '../../core/image/pictureInspector';
import type { StoredPicture } from '../../core/run/ports';
import { recoveredEnd } from '../../core/run/recoveredEnd';
import type { RunFolder, RunRecord } from '../../core/run/records';
import { finalName, parsePictureName } from './pictureNames';
import { onDisk, type RecordFiles } from './recordFiles';

/** What a folder holds besides its record. `unfinished`: names and sizes of pictures that are cut off. */
export interface FoundPictures {
	readonly pictures: readonly StoredPicture[];
	readonly unfinished: readonly { readonly fileName: string; readonly bytes: number }[];
}

/** Pictures that lie in a run's folder and are not `known` by name. Changes nothing. */
export async function findPictures(folder: string, known: readonly string[] = []): Promise<FoundPictures> {
	const pictures: StoredPicture[] = [];
	const unfinished: { fileName: string; bytes: number }[] = [];
	for (const fileName of (await readdir(folder)).filter(name => !known.includes(name)).sort()) {
		const picture = await readPicture(folder, fileName);
		if (picture) {
			pictures.push(picture);
		} else if (parsePictureName(fileName)) {
			unfinished.push({ fileName, bytes: (await stat(join(folder, fileName))).size });
		}
	}
	return { pictures, unfinished };
}

/** Sentences about pictures that are cut off. */
export function unfinishedNotices({ unfinished }: FoundPictures): readonly string[] {
	return unfinished.map(({ fileName, bytes }) => `A picture that is cut off is kept in the run's folder: ${fileName} (${bytes} bytes).`);
}

/**
 * Settles the run of a dead process. Pictures that had arrived but were not recorded any more become part of it like the
 * others. May be stopped at any point and done again.
 */
export async function settleDeadRun(files: RecordFiles, folder: RunFolder): Promise<RunRecord> {
	const { record } = folder;
	const recorded = [...record.pictures, ...record.partials].map(({ fileName }) => fileName);
	const found = await findPictures(folder.path, recorded);
	const promoted = await promotePictures(files, folder.path, found.pictures);
	const pictures = [...record.pictures, ...promoted.filter(({ role }) => role === 'final')].sort((a, b) => a.candidate - b.candidate);
	const partials = [...record.partials, ...promoted.filter(({ role }) => role === 'partial')];
	const notices = [...record.notices, ...unfinishedNotices(found)];
	await folder.update({ pictures, partials, notices, ...recoveredEnd({ ...record, pictures, partials }) });
	return folder.record;
}

/** Gives whole pictures that a dead process left as spool files their final names, and sweeps up temporary files. */
async function promotePictures(files: RecordFiles, folder: string, found: readonly StoredPicture[]): Promise<readonly StoredPicture[]> {
	return onDisk(folder, async () => {
		const promoted: StoredPicture[] = [];
		for (const picture of found) {
			const name = parsePictureName(picture.fileName);
			if (!name?.isSpool) {
				promoted.push(picture);
				continue;
			}
			const fileName = finalName(name.stem, picture.format);
			await files.syncFile(join(folder, picture.fileName));
			await files.rename(join(folder, picture.fileName), join(folder, fileName));
			promoted.push({ ...picture, fileName });
		}
		for (const left of (await readdir(folder)).filter(name => name.endsWith('.tmp'))) {
			await files.remove(join(folder, left));
		}
		await files.syncFolder(folder);
		return promoted;
	});
}

/** `undefined`: no picture by name, no picture by content, or not whole. */
async function readPicture(folder: string, fileName: string): Promise<StoredPicture | undefined> {
	const name = parsePictureName(fileName);
	if (!name) {
		return undefined;
	}
	const hash = createHash('sha256');
	const inspector = new PictureInspector();
	let bytes = 0;
	for await (const chunk of createReadStream(join(folder, fileName), { highWaterMark: 512 * 1024 }) as AsyncIterable<Buffer>) {
		hash.update(chunk);
		inspector.push(chunk);
		bytes += chunk.length;
	}
	const found = inspector.finish();
	return found.ok
		? { ...found.value, role: name.role, candidate: name.candidate, fileName, bytes, sha256: hash.digest('hex') }
		: undefined;
}
