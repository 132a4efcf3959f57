import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseRunRecord } from '../../core/run/parseRunRecord';
import type { PictureSpool, PictureWriter } from '../../core/run/ports';
import type { RunFolder, RunRecord, RunRecordChange } from '../../core/run/records';
import { writeAtomically } from './atomicFile';
import { parsePictureName, pictureStem } from './pictureNames';
import { errorCode, onDisk, type RecordFiles } from './recordFiles';
import { refugeFolders, type Refuge } from './refuge';
import { SpooledPicture } from './spooledPicture';

/** Name of the record in a run's folder. */
export const recordName = 'run.json';

/** Name under which a record lies that can't be read, beside the one that took its place. */
const damagedName = 'run.damaged.json';

/** What lies under the name of a record. */
export type StoredRecord =
	{ readonly kind: 'record'; readonly record: RunRecord } | { readonly kind: 'absent' } | { readonly kind: 'damaged' };

/** Reads the record of a run's folder; whatever is wrong with it is told, not thrown. */
export async function readRecord(folder: string, runId: string): Promise<StoredRecord> {
	let text: string;
	try {
		text = await readFile(join(folder, recordName), 'utf8');
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		// One that was put aside, and whose place was never taken, is still the record of a run that may have been billed.
		const isAbsent = errorCode(error) === 'ENOENT' && !existsSync(join(folder, damagedName));
		return { kind: isAbsent ? 'absent' : 'damaged' };
	}
	const record = parseRunRecord(text);
	return record?.runId === runId ? { kind: 'record', record } : { kind: 'damaged' };
}

/**
 * Whether the record says at first sight that it is finished, with a known end. It is much quicker than parsing it, for the
 * thousands that are; inside a prompt, the quotes would be escaped.
 */
export async function looksSettled(folder: string): Promise<boolean> {
	try {
		const text = await readFile(join(folder, recordName), 'latin1');
		return text.includes('"state": "finished"') && !text.includes('"status": "uncertain"');
	} catch {
		return false; // Whoever reads it properly says what is wrong with it.
	}
}

/** The text of `run.json`: for machines first, but readable. */
export function printRecord(record: RunRecord): string {
	return `${JSON.stringify(record, undefined, '\t')}\n`;
}

/** What the folders of all runs share. */
export interface FolderSurroundings {
	readonly files: RecordFiles;
	readonly refuge: Refuge;
	/** Ends of runs that the disk has refused, by run id: nobody writes them again, but as long as this process lives, it knows them. */
	readonly unsavedEnds: Map<string, RunRecordChange>;
	/** The last change of each run that is being written, by run id: of two that are made at once, neither undoes the other. */
	readonly turns: Map<string, Promise<void>>;
}

/** The folder of one run on a local disk. Changes of one process are made one after another, whichever object they come through. */
export class FileRunFolder implements RunFolder {
	readonly path: string;
	readonly spool: PictureSpool;
	readonly #around: FolderSurroundings;
	readonly #refuges: readonly string[];
	readonly #opened = new Map<string, number>();
	#record: RunRecord;

	constructor(around: FolderSurroundings, path: string, record: RunRecord) {
		this.#around = around;
		this.#refuges = refugeFolders(around.refuge, record.runId);
		this.path = path;
		this.#record = { ...record, ...around.unsavedEnds.get(record.runId) };
		this.spool = { open: (role, candidate) => this.#openPicture(role, candidate) };
	}

	get runId(): string {
		return this.#record.runId;
	}

	get record(): RunRecord {
		return this.#record;
	}

	update(change: RunRecordChange): Promise<void> {
		const { runId } = this;
		const { turns } = this.#around;
		const done = (turns.get(runId) ?? Promise.resolve()).then(() => onDisk(join(this.path, recordName), () => this.#update(change)));
		// The next change's turn comes however this one ends; whoever asked for this one sees its error.
		const turn = done
			.catch(() => undefined)
			.then(() => {
				if (turns.get(runId) === turn) {
					turns.delete(runId);
				}
			});
		turns.set(runId, turn);
		return done;
	}

	locate(fileName: string): { readonly path: string; readonly uri: string } {
		if (!parsePictureName(fileName)) {
			throw new Error('Not the name of a picture of a run.');
		}
		const home = join(this.path, fileName);
		const path = existsSync(home) ? home : (this.#refuges.map(folder => join(folder, fileName)).find(existsSync) ?? home);
		return { path, uri: pathToFileURL(path).href };
	}

	#openPicture(role: 'partial' | 'final', candidate: number): PictureWriter {
		const place = { folder: this.path, role, candidate, stem: this.#newStem(role, candidate), refuges: this.#refuges };
		return new SpooledPicture(this.#around.files, place);
	}

	/** On top of what another window may have written meanwhile. */
	async #update(change: RunRecordChange): Promise<void> {
		const { files, unsavedEnds } = this.#around;
		const all = { ...unsavedEnds.get(this.runId), ...change };
		if (all.state === 'finished') {
			unsavedEnds.set(this.runId, all);
		}
		const stored = await readRecord(this.path, this.runId);
		const path = join(this.path, recordName);
		if (stored.kind === 'damaged' && existsSync(path)) {
			// It may be a newer version's: it is put aside, not overwritten.
			await files.rename(path, join(this.path, damagedName));
		}
		const record = { ...(stored.kind === 'record' ? stored.record : this.#record), ...all };
		await writeAtomically(files, path, printRecord(record));
		unsavedEnds.delete(this.runId);
		this.#record = record;
	}

	#newStem(role: 'partial' | 'final', candidate: number): string {
		const number = (this.#opened.get(`${role}-${candidate}`) ?? 0) + 1;
		this.#opened.set(`${role}-${candidate}`, number);
		return pictureStem(role, candidate, number);
	}
}
