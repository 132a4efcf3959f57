import { Base64Decoder } from './base64Decoder';
import type { PictureHandler } from './scannedDocument';

const quote = 0x22;
const backslash = 0x5c;
const maxHeadLength = 256;
const escapedCharacters: Readonly<Record<number, number>> = { 0x62: 0x08, 0x66: 0x0c, 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09 };

/**
 * Reads one JSON string, after its opening quote, that may hold a picture: base64, or a `data:` URL of it. JSON escapes are
 * undone, because some servers write `\/` for a slash or `\u002B` for a plus.
 */
export class PictureString {
	readonly #pictures: PictureHandler;
	readonly #needsDataUrl: boolean;
	readonly #onPicture: () => void;
	readonly #decoder = new Base64Decoder();
	/** Beginning of the contents, as long as it is not known what they are. */
	#head = '';
	/** Digits still missing of `\uXXXX`; -1: right after the backslash. */
	#escape = 0;
	#code = 0;
	#state: 'undecided' | 'picture' | 'text' | 'closed' = 'undecided';

	/** `onPicture` is called once, before the first of its bytes. With `needsDataUrl`, anything but a `data:` URL of base64 is text. */
	constructor(pictures: PictureHandler, needsDataUrl: boolean, onPicture: () => void) {
		this.#pictures = pictures;
		this.#needsDataUrl = needsDataUrl;
		this.#onPicture = onPicture;
	}

	/** `text`: the rest of the string, which goes on, is not for us. `closed`: the closing quote was read. */
	get state(): 'undecided' | 'picture' | 'text' | 'closed' {
		return this.#state;
	}

	/** Takes one byte while the state is `undecided`. */
	pushHead(byte: number): void {
		if (this.#escape === 0 && byte === quote) {
			this.#decide(true);
			this.#close();
			return;
		}
		const character = this.#unescape(byte);
		if (character !== undefined) {
			this.#head += String.fromCharCode(character);
			this.#decide(false);
		}
	}

	/** Takes bytes while the state is `picture`, up to the closing quote and over it. Returns where it stopped. Decodes in place. */
	pushPicture(bytes: Uint8Array, from: number, to: number): number {
		let read = from;
		let out = from;
		let isClosed = false;
		while (read < to && !isClosed) {
			const byte = bytes[read] as number;
			if (this.#escape === 0 && byte !== quote && byte !== backslash) {
				out = this.#decoder.decode(bytes, read, to, out);
				read = this.#decoder.readTo;
				continue;
			}
			read++;
			if (this.#escape === 0 && byte === quote) {
				isClosed = true;
				continue;
			}
			const character = this.#unescape(byte);
			if (character !== undefined) {
				out = this.#decoder.decodeOne(character, bytes, out);
			}
		}
		this.#emit(bytes, from, out);
		if (isClosed) {
			this.#close();
		}
		return read;
	}

	/** The character that `byte` completes; `undefined` in the middle of an escape. */
	#unescape(byte: number): number | undefined {
		if (this.#escape === -1) {
			this.#escape = byte === 0x75 ? 4 : 0;
			this.#code = 0;
			return this.#escape === 4 ? undefined : (escapedCharacters[byte] ?? byte);
		}
		if (this.#escape > 0) {
			const digit = Number.parseInt(String.fromCharCode(byte), 16);
			this.#code = this.#code * 16 + (Number.isNaN(digit) ? 0xffff : digit);
			this.#escape--;
			// What does not fit into a byte is no base64 either.
			return this.#escape > 0 ? undefined : this.#code > 0xff ? 0 : this.#code;
		}
		if (byte === backslash) {
			this.#escape = -1;
			return undefined;
		}
		return byte;
	}

	#decide(isWhole: boolean): void {
		const start = this.#head.slice(0, 5).toLowerCase();
		if (start !== 'data:') {
			if (isWhole || !'data:'.startsWith(start)) {
				this.#settle(this.#needsDataUrl || this.#head === '' ? 'text' : 'picture', this.#head);
			}
		} else if (this.#head.endsWith(',')) {
			this.#settle(/;base64,$/i.test(this.#head) ? 'picture' : 'text', '');
		} else if (isWhole || this.#head.length > maxHeadLength) {
			this.#settle('text', '');
		}
	}

	#settle(state: 'picture' | 'text', contents: string): void {
		this.#state = state;
		if (state === 'picture') {
			this.#onPicture();
			const bytes = Uint8Array.from(contents, character => character.charCodeAt(0));
			let out = 0;
			for (let index = 0; index < bytes.length; index++) {
				out = this.#decoder.decodeOne(bytes[index] as number, bytes, out);
			}
			this.#emit(bytes, 0, out);
		}
	}

	#close(): void {
		if (this.#state === 'picture') {
			this.#pictures.endPicture(this.#decoder.isClean);
		}
		this.#state = 'closed';
	}

	#emit(bytes: Uint8Array, from: number, to: number): void {
		if (to > from) {
			this.#pictures.pictureBytes(bytes.subarray(from, to));
		}
	}
}
