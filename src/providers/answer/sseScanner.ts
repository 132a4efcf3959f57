import { JsonScanner } from './jsonScanner';
import type { PictureHandler, ScanLimits, ScannedDocument } from './scannedDocument';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const maxNameLength = 16;
const maxEventLength = 128;

/** Takes what a stream of events brings besides pictures. */
export interface EventHandler {
	/** An event is about to bring its data; `name` is what its `event:` line said. */
	beginEvent(name: string): void;
	/** The data of an event. */
	event(name: string, data: ScannedDocument): void;
	/** `[DONE]`, which some hosts put at the end. */
	done(): void;
}

/**
 * Reads server-sent events (WHATWG HTML, «Server-sent events») as their bytes arrive: CR, LF and CRLF, comments, data of
 * several lines, a last event without its blank line. The data of each is scanned as JSON.
 */
export class SseScanner {
	readonly #handler: EventHandler & PictureHandler;
	readonly #limits: ScanLimits;
	#field: 'name' | 'space' | 'data' | 'event' | 'ignored' = 'name';
	#name = '';
	#eventName = '';
	#data: JsonScanner | undefined;
	#followsCarriageReturn = false;

	constructor(handler: EventHandler & PictureHandler, limits: ScanLimits) {
		this.#handler = handler;
		this.#limits = limits;
	}

	/** Takes the next bytes; they are decoded in place, so they are no longer the caller's. */
	push(bytes: Uint8Array): void {
		const searchable = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const ends = new LineEnds(searchable);
		let read = 0;
		while (read < bytes.length) {
			if (this.#followsCarriageReturn) {
				this.#followsCarriageReturn = false;
				if (bytes[read] === lineFeed) {
					read++;
					continue;
				}
			}
			const end = ends.next(read);
			this.#readLine(bytes, read, end);
			if (end < bytes.length) {
				this.#followsCarriageReturn = bytes[end] === carriageReturn;
				this.#endLine();
			}
			read = end + 1;
		}
	}

	/** The stream is over. What was begun and can be read counts. */
	finish(): void {
		this.#endLine();
		this.#dispatch();
	}

	#readLine(bytes: Uint8Array, from: number, to: number): void {
		let read = from;
		while (read < to && this.#field === 'name') {
			const byte = bytes[read++] as number;
			if (byte === 0x3a) {
				this.#field = 'space';
			} else {
				this.#name += String.fromCharCode(byte);
				this.#field = this.#name.length > maxNameLength ? 'ignored' : 'name';
			}
		}
		if (read < to && this.#field === 'space') {
			this.#field = this.#name === 'data' || this.#name === 'event' ? this.#name : 'ignored';
			read += bytes[read] === 0x20 ? 1 : 0;
			this.#beginValue();
		}
		if (this.#field === 'data') {
			this.#data?.push(bytes, read, to);
		} else if (this.#field === 'event' && this.#eventName.length < maxEventLength) {
			const room = maxEventLength - this.#eventName.length;
			this.#eventName += Buffer.from(bytes.subarray(read, Math.min(to, read + room))).toString('latin1');
		}
	}

	#beginValue(): void {
		if (this.#field === 'event') {
			this.#eventName = '';
		} else if (this.#field === 'data' && !this.#data) {
			this.#handler.beginEvent(this.#eventName);
			this.#data = new JsonScanner(this.#handler, this.#limits);
		} else if (this.#field === 'data') {
			this.#data?.push(Uint8Array.of(lineFeed));
		}
	}

	#endLine(): void {
		const isBlank = this.#field === 'name' && this.#name === '';
		this.#field = 'name';
		this.#name = '';
		if (isBlank) {
			this.#dispatch();
		}
	}

	#dispatch(): void {
		const data = this.#data;
		const name = this.#eventName;
		this.#data = undefined;
		this.#eventName = '';
		if (!data) {
			return;
		}
		const document = data.finish();
		if (document.kind === 'malformed' && data.isExactly('[DONE]')) {
			this.#handler.done();
		} else if (data.hasContents) {
			this.#handler.event(name, document);
		}
	}
}

/** Finds line ends without looking twice at the same bytes, of which there are megabytes in one line. */
class LineEnds {
	readonly #bytes: Buffer;
	#lineFeed = -1;
	#carriageReturn = -1;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	next(from: number): number {
		this.#lineFeed = this.#lineFeed >= from ? this.#lineFeed : this.#find(lineFeed, from);
		this.#carriageReturn = this.#carriageReturn >= from ? this.#carriageReturn : this.#find(carriageReturn, from);
		return Math.min(this.#lineFeed, this.#carriageReturn);
	}

	#find(byte: number, from: number): number {
		const index = this.#bytes.indexOf(byte, from);
		return index < 0 ? this.#bytes.length : index;
	}
}
