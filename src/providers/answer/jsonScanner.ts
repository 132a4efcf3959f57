import { PictureString } from './pictureString';
import type { PictureHandler, ScanLimits, ScannedDocument } from './scannedDocument';
import { Skeleton } from './skeleton';

const quote = 0x22;
const backslash = 0x5c;
const maxKeptText = 500;

interface Frame {
	readonly isList: boolean;
	/** Lists: index of the current element. */
	index: number;
	/** Objects: the next string is a key. */
	expectsKey: boolean;
	key: string;
}

/**
 * Reads one JSON document as its bytes arrive. The contents of `b64_json`, and of `url` when it is a `data:` URL, are decoded
 * on the way and never kept; the small rest is kept and parsed at the end. Whether the rest is well-formed is `JSON.parse`'s
 * to say, so nothing here ever throws because of what came.
 */
export class JsonScanner {
	readonly #pictures: PictureHandler;
	readonly #limits: ScanLimits;
	readonly #skeleton: Skeleton;
	readonly #frames: Frame[] = [];
	#string: PictureString | undefined;
	/** Inside an ordinary string: its start in the skeleton. */
	#stringStart = -1;
	#isEscaped = false;
	#isTooDeep = false;
	#type: string | undefined;
	#pictureCount = 0;
	#hasOpened = false;
	/** Length of the skeleton when the outermost object or list was closed; -1 before. */
	#closedAt = -1;

	constructor(pictures: PictureHandler, limits: ScanLimits) {
		this.#pictures = pictures;
		this.#limits = limits;
		this.#skeleton = new Skeleton(limits.maxSkeletonBytes);
	}

	/** Something was pushed. */
	get hasContents(): boolean {
		return this.#skeleton.length > 0;
	}

	/** Whether nothing but `text` was pushed, and white space. */
	isExactly(text: string): boolean {
		return this.#skeleton.text().trim() === text;
	}

	/** Nothing that comes can make it a document any more. */
	get hasFailed(): boolean {
		return this.#isTooDeep || this.#skeleton.isFull;
	}

	/** The outermost object or list was closed: a whole document is there. */
	get isClosed(): boolean {
		return this.#closedAt >= 0;
	}

	/** Takes the next bytes; they are decoded in place, so they are no longer the caller's. */
	push(bytes: Uint8Array, from = 0, to = bytes.length): void {
		let read = from;
		while (read < to && !this.hasFailed) {
			if (this.#string) {
				read = this.#readPicture(this.#string, bytes, read, to);
			} else {
				read = this.#stringStart >= 0 ? this.#readString(bytes, read, to) : this.#readStructure(bytes, read, to);
			}
		}
	}

	/** The document, once everything was pushed. What follows its end is no part of it: nobody may have waited for that. */
	finish(): ScannedDocument {
		const isWhole = this.isClosed && this.#closedAt <= this.#skeleton.length;
		const text = isWhole ? this.#skeleton.text(0, this.#closedAt) : this.#skeleton.text();
		if (this.hasFailed && !isWhole) {
			return { kind: 'malformed', reason: this.#isTooDeep ? 'tooDeep' : 'tooLarge', text: text.slice(0, maxKeptText) };
		}
		try {
			return { kind: 'json', value: JSON.parse(text) };
		} catch {
			return { kind: 'malformed', reason: 'syntax', text: text.slice(0, maxKeptText) };
		}
	}

	#readPicture(string: PictureString, bytes: Uint8Array, from: number, to: number): number {
		let read = from;
		while (read < to && string.state === 'undecided') {
			this.#skeleton.append(bytes, read, read + 1);
			string.pushHead(bytes[read] as number);
			read++;
		}
		if (string.state === 'picture') {
			read = string.pushPicture(bytes, read, to);
		}
		if (string.state === 'text') {
			this.#stringStart = this.#skeleton.length;
			this.#string = undefined;
		} else if (string.state === 'closed') {
			this.#string = undefined;
		}
		return read;
	}

	#readString(bytes: Uint8Array, from: number, to: number): number {
		let read = from;
		let isClosed = false;
		while (read < to && !isClosed) {
			const byte = bytes[read++] as number;
			if (this.#isEscaped) {
				this.#isEscaped = false;
			} else if (byte === backslash) {
				this.#isEscaped = true;
			} else {
				isClosed = byte === quote;
			}
		}
		this.#skeleton.append(bytes, from, read);
		if (isClosed) {
			this.#closeString();
		}
		return read;
	}

	#readStructure(bytes: Uint8Array, from: number, to: number): number {
		let read = from;
		let opensString = false;
		while (read < to && !opensString && !this.#isTooDeep) {
			const byte = bytes[read++] as number;
			opensString = byte === quote;
			this.#follow(byte);
			if (this.#closedAt < 0 && this.#hasOpened && this.#frames.length === 0) {
				this.#closedAt = this.#skeleton.length + read - from;
			}
		}
		this.#skeleton.append(bytes, from, read);
		if (opensString) {
			this.#openString();
		}
		return read;
	}

	#follow(byte: number): void {
		const frame = this.#frames.at(-1);
		switch (byte) {
			case 0x7b: // {
			case 0x5b: // [
				this.#hasOpened = true;
				this.#isTooDeep ||= this.#frames.length >= this.#limits.maxDepth;
				this.#frames.push({ isList: byte === 0x5b, index: 0, expectsKey: byte === 0x7b, key: '' });
				break;
			case 0x7d: // }
			case 0x5d: // ]
				this.#frames.pop();
				break;
			case 0x2c: // ,
				if (frame) {
					frame.index++;
					frame.expectsKey = !frame.isList;
				}
				break;
		}
	}

	#openString(): void {
		const frame = this.#frames.at(-1);
		if (frame && !frame.isList && !frame.expectsKey && (frame.key === 'b64_json' || frame.key === 'url')) {
			const start = this.#skeleton.length - 1;
			this.#string = new PictureString(this.#pictures, frame.key === 'url', () => {
				this.#skeleton.truncate(start);
				this.#skeleton.appendText(String(this.#pictureCount++));
				this.#pictures.beginPicture(this.#element(), this.#type);
			});
		} else {
			this.#stringStart = this.#skeleton.length - 1;
		}
	}

	#closeString(): void {
		const frame = this.#frames.at(-1);
		if (frame && !frame.isList && (frame.expectsKey || frame.key === 'type')) {
			const text = this.#text(this.#stringStart);
			if (frame.expectsKey) {
				frame.key = text;
				frame.expectsKey = false;
			} else if (this.#frames.length === 1) {
				this.#type = text;
			}
		}
		this.#stringStart = -1;
	}

	#text(start: number): string {
		try {
			return String(JSON.parse(this.#skeleton.text(start)));
		} catch {
			return ''; // `finish` tells that the document is broken
		}
	}

	#element(): number {
		return this.#frames.findLast(frame => frame.isList)?.index ?? 0;
	}
}
