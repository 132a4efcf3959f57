const whitespace = 64;
const padding = 65;
const end = 66;
const invalid = 67;

/** What each byte means in base64, in the standard and in the URL alphabet. */
const meanings = makeMeanings();

function makeMeanings(): Uint8Array {
	const table = new Uint8Array(256).fill(invalid);
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
	for (let index = 0; index < alphabet.length; index++) {
		table[alphabet.charCodeAt(index)] = index;
	}
	table[0x2d] = 62; // -
	table[0x5f] = 63; // _
	for (const space of [0x09, 0x0a, 0x0d, 0x20]) {
		table[space] = whitespace;
	}
	table[0x3d] = padding;
	table[0x22] = end;
	table[0x5c] = end;
	return table;
}

/** Decodes base64 that arrives in pieces, without ever making a string of it. Whitespace is skipped. */
export class Base64Decoder {
	#bits = 0;
	#bitCount = 0;
	#isPadded = false;
	#isClean = true;
	/** Where the last `decode` stopped reading. */
	readTo = 0;

	/** Nothing but base64 was met so far. */
	get isClean(): boolean {
		return this.#isClean;
	}

	/**
	 * Decodes `bytes` from `from` up to `to`, a quote or a backslash, and writes the result over `bytes` from `out` on, which
	 * must not lie behind `from`. Returns the end of the result: never behind what was read, so that nothing unread is lost.
	 */
	decode(bytes: Uint8Array, from: number, to: number, out: number): number {
		let read = from;
		while (read < to) {
			if (this.#bitCount === 0 && !this.#isPadded) {
				// The usual case, four characters at once.
				while (read + 4 <= to) {
					const a = meanings[bytes[read] as number] as number;
					const b = meanings[bytes[read + 1] as number] as number;
					const c = meanings[bytes[read + 2] as number] as number;
					const d = meanings[bytes[read + 3] as number] as number;
					if ((a | b | c | d) > 63) {
						break;
					}
					bytes[out] = (a << 2) | (b >> 4);
					bytes[out + 1] = (b << 4) | (c >> 2);
					bytes[out + 2] = (c << 6) | d;
					out += 3;
					read += 4;
				}
				if (read === to) {
					break;
				}
			}
			const byte = bytes[read] as number;
			if (meanings[byte] === end) {
				break;
			}
			out = this.decodeOne(byte, bytes, out);
			read++;
		}
		this.readTo = read;
		return out;
	}

	/** Takes one character, and writes the byte that it completes, if any, to `bytes[out]`. Returns the end of the result. */
	decodeOne(byte: number, bytes: Uint8Array, out: number): number {
		const meaning = meanings[byte] as number;
		if (meaning < 64 && !this.#isPadded) {
			this.#bits = (this.#bits << 6) | meaning;
			this.#bitCount += 6;
			if (this.#bitCount >= 8) {
				this.#bitCount -= 8;
				bytes[out++] = this.#bits >> this.#bitCount;
				this.#bits &= (1 << this.#bitCount) - 1;
			}
		} else if (meaning === padding) {
			this.#isPadded = true;
		} else if (meaning !== whitespace) {
			this.#isClean = false;
		}
		return out;
	}
}
