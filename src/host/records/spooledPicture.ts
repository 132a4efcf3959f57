import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { PictureInspector } from '../../core/image/pictureInspector';
import type { PictureFacts } from '../../core/image/imageFormat';
import type { PictureOutcome, PictureWriter, StoredPicture } from '../../core/run/ports';
import { StorageError } from '../../core/run/storageError';
import { finalName, spoolEnding, type PictureRole } from './pictureNames';
import { errorCode, onDisk, type OpenFile, type RecordFiles } from './recordFiles';
import { prepareRefuge } from './refuge';

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
	/** Folders on other disks to go on in when this one refuses. */
	readonly refuges?: readonly string[];
}

/**
 * One picture on its way to the disk. It bears a final name only when it is whole and safely written. When the disk refuses, what has
 * arrived is taken to another one, and so is what follows: it is paid for.
 */
export class SpooledPicture implements PictureWriter {
	readonly #files: RecordFiles;
	readonly #place: PicturePlace;
	/** Where it lies: the run's folder, or the refuge. */
	#folder: string;
	/** Other disks that were not tried yet. */
	readonly #refuges: string[];
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
		this.#folder = place.folder;
		this.#refuges = [...(place.refuges ?? [])];
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
		const { stem, role, candidate, folder } = this.#place;
		const fileName = finalName(stem, facts.format);
		await onDisk(this.#spoolPath, () =>
			this.#orInRefuge(async () => {
				await this.#file?.sync();
				await this.#close();
				await this.#files.rename(this.#spoolPath, join(this.#folder, fileName));
			}),
		);
		await this.#settleName();
		const rescued = this.#folder === folder ? {} : { rescuedTo: this.#folder };
		const picture: StoredPicture = {
			...facts,
			role,
			candidate,
			fileName,
			bytes: this.#bytes,
			sha256: this.#hash.digest('hex'),
			...rescued,
		};
		return { kind: 'stored', picture };
	}

	async #settleName(): Promise<void> {
		try {
			await this.#files.syncFolder(this.#folder);
		} catch (error) {
			// The picture is whole and bears its name: only that the name survives a power cut is not promised.
			if (errorCode(error) === undefined) {
				throw error;
			}
		}
	}

	get #spoolPath(): string {
		return join(this.#folder, this.#place.stem + spoolEnding);
	}

	/** Does `work`; when the disk refuses, moves to another one and does it there. The first refusal tells more than later ones. */
	async #orInRefuge(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (errorCode(error) === undefined || !(await this.#flee())) {
				throw error;
			}
			await this.#orInRefuge(work);
		}
	}

	/** `false`: no other disk takes it either; then everything stays where it is. */
	async #flee(): Promise<boolean> {
		for (let folder = this.#refuges.shift(); folder !== undefined; folder = this.#refuges.shift()) {
			const path = join(folder, this.#place.stem + spoolEnding);
			try {
				await prepareRefuge(folder);
				const file = await this.#files.createFile(path);
				await this.#copyInto(file, path);
				await this.#leaveFor(folder, file);
				return true;
			} catch (error) {
				if (errorCode(error) === undefined) {
					throw error;
				}
				// This one refuses, too, or can't be trusted: the next one is tried.
			}
		}
		return false;
	}

	async #copyInto(file: OpenFile, path: string): Promise<void> {
		try {
			if (this.#bytes > 0) {
				const written = createReadStream(this.#spoolPath, { end: this.#bytes - 1, highWaterMark: sliceBytes });
				for await (const chunk of written as AsyncIterable<Buffer>) {
					await file.write(chunk);
				}
			}
		} catch (error) {
			await file.close();
			await this.#files.remove(path);
			throw error;
		}
	}

	/** What lies on the full disk goes: it is in the refuge now, and the record of the run needs the room. */
	async #leaveFor(folder: string, file: OpenFile): Promise<void> {
		const left = this.#spoolPath;
		await this.#close().catch(() => {
			// The file is given up.
		});
		this.#file = file;
		this.#folder = folder;
		await this.#files.remove(left).catch(() => {
			// A disk that takes nothing may not give anything back either; what is there twice does no harm.
		});
	}

	async #drained(): Promise<void> {
		await this.#pump;
		if (this.#failure) {
			throw this.#failure;
		}
	}

	#startPump(): Promise<void> {
		if (!this.#pump) {
			this.#pump = onDisk(this.#spoolPath, () => this.#drainOrClose());
			this.#pump.catch((error: unknown) => {
				// Whoever calls next is told.
				this.#failure = error instanceof Error ? error : new Error(String(error));
			});
		}
		return this.#pump;
	}

	/** Nothing follows a refusal, and whoever wrote may not come back to give the picture up. */
	async #drainOrClose(): Promise<void> {
		try {
			await this.#drain();
		} catch (error) {
			await this.#close().catch(() => {
				// The first error tells more.
			});
			throw error;
		}
	}

	async #drain(): Promise<void> {
		await this.#orInRefuge(async () => {
			this.#file ??= await this.#files.createFile(this.#spoolPath);
		});
		for (let slice = this.#takeSlice(); slice; slice = this.#takeSlice()) {
			this.#hash.update(slice);
			this.#inspector.push(slice);
			await this.#orInRefuge(async () => this.#file?.write(slice));
			this.#bytes += slice.length;
			this.#queuedBytes -= slice.length;
			this.#unsyncedBytes += slice.length;
			if (this.#unsyncedBytes >= syncEveryBytes) {
				this.#unsyncedBytes = 0;
				await this.#orInRefuge(async () => this.#file?.sync());
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
