/** Numbers that look random and depend on a seed alone (sfc32). */
export class Random {
	#a: number;
	#b: number;
	#c: number;
	#counter = 1;

	constructor(seed: number, stream = 0) {
		this.#a = seed | 0;
		this.#b = Math.imul(stream + 1, 0x9e3779b9);
		this.#c = stream | 0;
		for (let turn = 0; turn < 12; turn++) {
			this.next();
		}
	}

	/** The random numbers that belong to these bytes. */
	static of(bytes: Uint8Array): Random {
		let hash = 0x811c9dc5;
		for (const byte of bytes) {
			hash = Math.imul(hash ^ byte, 0x01000193);
		}
		return new Random(hash, bytes.length);
	}

	/** 32 bits. */
	next(): number {
		const sum = (this.#a + this.#b + this.#counter++) | 0;
		this.#a = this.#b ^ (this.#b >>> 9);
		this.#b = (this.#c + (this.#c << 3)) | 0;
		this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
		return sum >>> 0;
	}

	/** A whole number from 0 to `limit - 1`; 0 when there is no such number. */
	below(limit: number): number {
		return limit < 1 ? 0 : this.next() % limit;
	}

	/** True once in `times`. */
	once(times: number): boolean {
		return this.below(times) === 0;
	}

	/** A small length, now and then a large one. */
	length(): number {
		return this.once(100) ? this.below(4096) : this.once(5) ? this.below(64) : 1 + this.below(8);
	}

	/** One of `items`, which must not be empty. */
	pick<T>(items: readonly T[]): T {
		return items[this.below(items.length)] as T;
	}
}
