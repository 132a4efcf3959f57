import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PictureInspector } from '../../core/image/pictureInspector';
import type { PictureFacts } from '../../core/image/imageFormat';
import type { PictureOutcome, PictureWriter, StoredPicture } from '../../core/run/ports';
import { StorageError } from '../../core/run/storageError';
import { finalName, spoolEnding, type PictureRole } from './pictureNames';
import { onDisk, type OpenFile, type RecordFiles } from './recordFiles';

/** Bytes that are hashed, inspected and written in one go: about a millisecond of the event loop. */
const sliceBytes = 512 * 1024;

/** From this many waiting bytes on, `write` asks its caller to wait. */
const highWaterBytes = 1024 * 1024;

/** Handed to the disk this often, so that little is left to wait for at the end. */
const syncEveryBytes = 4 * 1024 * 1024;

/** Four times the pixels of the largest picture without any compression: more is no picture, but fills the disk. */
export const maxPictureBytes = 256 * 1024 * 1024;

/** Which picture it is, and where it goes. */
export interface PicturePlace {
	readonly folder: string;
	readonly stem: string;
	readonly role: PictureRole;
	readonly candidate: number;
}

/** One picture on its way to the disk. It bears a final name only when it is whole and safely written. */
export class SpooledPicture implements PictureWriter {
	readonly #files: RecordFiles;
	readonly #place: PicturePlace;
	readonly #maxBytes: number;
	readonly #hash = createHash('sha256');
	readonly #inspector = new PictureInspector();
	readonly #queue: Uint8Array[] = [];
	#queuedBytes = 0;
	#bytes = 0;
	#unsyncedBytes = 0;
	#file: OpenFile | undefined;
	#pump: Promise<void> | undefined;
	#failure: Error | undefined;
	#isEnded = false;

	constructor(files: RecordFiles, place: PicturePlace, maxBytes = maxPictureBytes) {
		this.#files = files;
		this.#place = place;
		this.#maxBytes = maxBytes;
	}

	write(bytes: Uint8Array): void | Promise<void> {
		if (this.#isEnded) {
			throw new Error('The picture has ended.');
		}
		if (!this.#failure && this.#bytes + this.#queuedBytes + bytes.length > this.#maxBytes) {
			this.#failure = tooLarge(this.#maxBytes);
		}
		if (this.#failure) {
			return Promise.reject(this.#failure);
		}
		if (bytes.length === 0) {
			return;
		}
		this.#queue.push(bytes);
		this.#queuedBytes += bytes.length;
		const drained = this.#startPump();
		return this.#queuedBytes >= highWaterBytes ? drained : undefined;
	}

	async finish(): Promise<PictureOutcome> {
		this.#isEnded = true;
		try {
			await this.#drained();
			const found = this.#inspector.finish();
			if (found.ok) {
				return await this.#store(found.value);
			}
			const { kind, detail } = found.failure;
			return kind === 'incomplete' ? { kind, bytes: this.#bytes } : { kind, detail };
		} finally {
			await this.#close();
		}
	}

	async abandon(): Promise<void> {
		this.#isEnded = true;
		await this.#drained().catch(() => {
			// It is given up anyway; `write` has told its caller.
		});
		await this.#close();
	}

	async #store(facts: PictureFacts): Promise<PictureOutcome> {
		const { folder, stem, role, candidate } = this.#place;
		const fileName = finalName(stem, facts.format);
		await onDisk(this.#spoolPath, async () => {
			await this.#file?.sync();
			await this.#close();
			await this.#files.rename(this.#spoolPath, join(folder, fileName));
			await this.#files.syncFolder(folder);
		});
		const picture: StoredPicture = { ...facts, role, candidate, fileName, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
		return { kind: 'stored', picture };
	}

	get #spoolPath(): string {
		return join(this.#place.folder, this.#place.stem + spoolEnding);
	}

	async #drained(): Promise<void> {
		await this.#pump;
		if (this.#failure) {
			throw this.#failure;
		}
	}

	#startPump(): Promise<void> {
		if (!this.#pump) {
			this.#pump = onDisk(this.#spoolPath, () => this.#drain());
			this.#pump.catch((error: unknown) => {
				// Whoever calls next is told.
				this.#failure = error instanceof Error ? error : new Error(String(error));
			});
		}
		return this.#pump;
	}

	async #drain(): Promise<void> {
		this.#file ??= await this.#files.createFile(this.#spoolPath);
		for (let slice = this.#takeSlice(); slice; slice = this.#takeSlice()) {
			this.#hash.update(slice);
			this.#inspector.push(slice);
			await this.#file.write(slice);
			this.#bytes += slice.length;
			this.#queuedBytes -= slice.length;
			this.#unsyncedBytes += slice.length;
			if (this.#unsyncedBytes >= syncEveryBytes) {
				this.#unsyncedBytes = 0;
				await this.#file.sync();
			}
		}
		// In the same turn as the last look into the queue, so that nothing is left lying in between.
		this.#pump = undefined;
	}

	/** The next bytes: a part of a large chunk, or many small ones together. */
	#takeSlice(): Uint8Array | undefined {
		const first = this.#queue.shift();
		if (!first) {
			return undefined;
		}
		if (first.length > sliceBytes) {
			this.#queue.unshift(first.subarray(sliceBytes));
			return first.subarray(0, sliceBytes);
		}
		const parts = [first];
		let length = first.length;
		for (let next = this.#queue[0]; next && length + next.length <= sliceBytes; next = this.#queue[0]) {
			parts.push(next);
			length += next.length;
			this.#queue.shift();
		}
		return parts.length === 1 ? first : Buffer.concat(parts, length);
	}

	async #close(): Promise<void> {
		const file = this.#file;
		this.#file = undefined;
		await file?.close();
	}
}

function tooLarge(maxBytes: number): StorageError {
	const megabytes = Math.round(maxBytes / (1024 * 1024));
	return new StorageError(
		`What the host sends for one picture is larger than ${megabytes} MB; its beginning is kept in the run's folder.`,
	);
}
