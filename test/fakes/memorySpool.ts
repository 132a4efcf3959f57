import { createHash } from 'node:crypto';
import { PictureInspector } from '../../src/core/image/pictureInspector';
import type { PictureOutcome, PictureSpool, PictureWriter, StoredPicture } from '../../src/core/run/ports';

/** A picture that was opened in a `MemorySpool`, and what has come of it. */
export interface SpooledInMemory {
	readonly role: 'partial' | 'final';
	readonly candidate: number;
	/** The bytes so far. */
	readonly bytes: Buffer;
	readonly state: 'open' | 'abandoned' | PictureOutcome['kind'];
}

export interface MemorySpoolOptions {
	/** Every write takes a turn of the event loop, as on a disk. */
	readonly isSlow?: boolean;
	/** Thrown by the write that goes over this many bytes of a picture. */
	readonly failure?: { readonly afterBytes: number; readonly error: Error };
}

/** Keeps pictures in memory, and judges them as the real spool does. */
export class MemorySpool implements PictureSpool {
	readonly #options: MemorySpoolOptions;
	readonly #writers: MemoryPicture[] = [];

	constructor(options: MemorySpoolOptions = {}) {
		this.#options = options;
	}

	/** Everything that was opened, in order. */
	get pictures(): readonly SpooledInMemory[] {
		return this.#writers;
	}

	open(role: 'partial' | 'final', candidate: number): PictureWriter {
		const writer = new MemoryPicture(role, candidate, this.#writers.length, this.#options);
		this.#writers.push(writer);
		return writer;
	}
}

class MemoryPicture implements PictureWriter, SpooledInMemory {
	readonly role: 'partial' | 'final';
	readonly candidate: number;
	readonly #number: number;
	readonly #options: MemorySpoolOptions;
	readonly #chunks: Uint8Array[] = [];
	#length = 0;
	state: SpooledInMemory['state'] = 'open';

	constructor(role: 'partial' | 'final', candidate: number, number: number, options: MemorySpoolOptions) {
		this.role = role;
		this.candidate = candidate;
		this.#number = number;
		this.#options = options;
	}

	get bytes(): Buffer {
		return Buffer.concat(this.#chunks);
	}

	write(bytes: Uint8Array): void | Promise<void> {
		if (this.state !== 'open') {
			throw new Error(`The picture is ${this.state}.`);
		}
		// By reference, as the port says: whoever changes the bytes afterwards is found out.
		this.#chunks.push(bytes);
		this.#length += bytes.length;
		const { failure, isSlow } = this.#options;
		if (failure && this.#length > failure.afterBytes) {
			return Promise.reject(failure.error);
		}
		return isSlow ? new Promise(resolve => setImmediate(resolve)) : undefined;
	}

	async finish(): Promise<PictureOutcome> {
		const { bytes } = this;
		const inspector = new PictureInspector();
		inspector.push(bytes);
		const found = inspector.finish();
		const outcome: PictureOutcome = found.ok
			? { kind: 'stored', picture: this.#stored({ ...found.value, sha256: createHash('sha256').update(bytes).digest('hex') }) }
			: found.failure.kind === 'incomplete'
				? { kind: 'incomplete', bytes: bytes.length }
				: { kind: 'notAPicture', detail: found.failure.detail };
		this.state = outcome.kind;
		return Promise.resolve(outcome);
	}

	async abandon(): Promise<void> {
		this.state = 'abandoned';
		return Promise.resolve();
	}

	#stored(facts: Omit<StoredPicture, 'role' | 'candidate' | 'fileName' | 'bytes'>): StoredPicture {
		const { role, candidate } = this;
		const fileName = `${role}-${candidate}-${this.#number}.${facts.format}`;
		return { ...facts, role, candidate, fileName, bytes: this.#length };
	}
}
