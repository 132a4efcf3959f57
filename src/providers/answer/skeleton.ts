/** The small rest of a JSON document, as bytes. Grows up to a limit. */
export class Skeleton {
	readonly #limit: number;
	#bytes = Buffer.allocUnsafe(1024);
	#length = 0;
	#isFull = false;

	constructor(limit: number) {
		this.#limit = limit;
	}

	get length(): number {
		return this.#length;
	}

	/** Something did not fit. */
	get isFull(): boolean {
		return this.#isFull;
	}

	append(source: Uint8Array, from: number, to: number): void {
		const room = Math.min(to - from, this.#limit - this.#length);
		this.#isFull ||= room < to - from;
		if (this.#length + room > this.#bytes.length) {
			const larger = Buffer.allocUnsafe(Math.min(this.#limit, Math.max(2 * this.#bytes.length, this.#length + room)));
			this.#bytes.copy(larger, 0, 0, this.#length);
			this.#bytes = larger;
		}
		this.#bytes.set(source.subarray(from, from + room), this.#length);
		this.#length += room;
	}

	appendText(text: string): void {
		const bytes = Buffer.from(text);
		this.append(bytes, 0, bytes.length);
	}

	/** Forgets everything from `length` on. */
	truncate(length: number): void {
		this.#length = Math.min(this.#length, length);
	}

	text(from = 0, to = this.#length): string {
		return this.#bytes.toString('utf8', from, to);
	}
}
