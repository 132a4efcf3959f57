import { JsonScanner } from './jsonScanner';
import { usualLimits } from './scannedDocument';
import type { PictureHandler, ScanLimits, ScannedDocument } from './scannedDocument';
import { SseScanner } from './sseScanner';
import type { EventHandler } from './sseScanner';

/** Takes an answer apart. A plain answer comes as `document`; a stream as events. */
export interface AnswerHandler extends PictureHandler, EventHandler {
	document(document: ScannedDocument): void;
}

/** What an answer is, by its first bytes: hosts and proxies mislabel. `other`: HTML, text, a bare picture. */
export type AnswerKind = 'json' | 'events' | 'other' | 'empty';

const maxKeptBytes = 2048;
const maxFieldLength = 6;

/** Reads the body of an answer as it arrives, whether it is a JSON document, a stream of events, or something unexpected. */
export class AnswerScanner {
	readonly #handler: AnswerHandler;
	readonly #limits: ScanLimits;
	#kind: AnswerKind = 'empty';
	#json: JsonScanner | undefined;
	#events: SseScanner | undefined;
	/** The beginning: until it tells what the answer is, or for good when it is nothing known. */
	#head: Uint8Array = new Uint8Array();

	constructor(handler: AnswerHandler, limits: ScanLimits = usualLimits) {
		this.#handler = handler;
		this.#limits = limits;
	}

	get kind(): AnswerKind {
		return this.#kind;
	}

	/** The beginning of an answer that is `other`. */
	get head(): Uint8Array {
		return this.#head;
	}

	/** Nothing that comes can give a picture any more. */
	get hasFailed(): boolean {
		return (this.#json?.hasFailed ?? false) || (this.#kind === 'other' && this.#head.length >= maxKeptBytes);
	}

	/** A plain answer is there as a whole, whether or not the host closes the connection. */
	get isClosed(): boolean {
		return this.#json?.isClosed ?? false;
	}

	/** Takes the next bytes; they are decoded in place, so they are no longer the caller's. */
	push(bytes: Uint8Array): void {
		if (this.#json) {
			this.#json.push(bytes);
		} else if (this.#events) {
			this.#events.push(bytes);
		} else if (this.#kind === 'other') {
			this.#head = Buffer.concat([this.#head, bytes.subarray(0, maxKeptBytes - this.#head.length)]);
		} else {
			this.#begin(this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]), false);
		}
	}

	/** The body is over. */
	finish(): void {
		if (this.#kind === 'empty' && this.#head.length > 0) {
			this.#begin(this.#head, true);
		}
		if (this.#json) {
			this.#handler.document(this.#json.finish());
		} else {
			this.#events?.finish();
		}
	}

	#begin(head: Uint8Array, isWhole: boolean): void {
		const start = skipBlank(head);
		this.#kind = recognise(head, start, isWhole);
		this.#head = new Uint8Array();
		switch (this.#kind) {
			case 'json':
				this.#json = new JsonScanner(this.#handler, this.#limits);
				this.#json.push(head, start);
				break;
			case 'events':
				this.#events = new SseScanner(this.#handler, this.#limits);
				this.#events.push(head.subarray(start));
				break;
			case 'other':
				this.#head = Uint8Array.from(head.subarray(start, start + maxKeptBytes));
				break;
			case 'empty':
				// White space is all that can be dropped: some hosts send a lot of it to keep the connection alive.
				this.#head = Uint8Array.from(head.subarray(start));
				break;
		}
	}
}

const byteOrderMark = [0xef, 0xbb, 0xbf];
const whiteSpace = [0x20, 0x09, 0x0a, 0x0d];

/** Where the contents begin, after byte order marks and white space. */
function skipBlank(head: Uint8Array): number {
	let start = 0;
	for (;;) {
		if (whiteSpace.includes(head[start] ?? -1)) {
			start++;
		} else if (byteOrderMark.every((byte, index) => head[start + index] === byte)) {
			start += byteOrderMark.length;
		} else {
			return start;
		}
	}
}

/** `empty`: too little to tell. */
function recognise(head: Uint8Array, start: number, isWhole: boolean): AnswerKind {
	const text = Buffer.from(head.subarray(start, start + maxFieldLength)).toString('latin1');
	const mayBecomeMark =
		!isWhole && text.length < byteOrderMark.length && head.subarray(start).every((byte, index) => byte === byteOrderMark[index]);
	if (text === '' || mayBecomeMark) {
		return 'empty';
	}
	if (text.startsWith('{') || text.startsWith('[')) {
		return 'json';
	}
	if (/^(data|event|id|retry)?:/.test(text)) {
		return 'events';
	}
	const mayBecomeField =
		!isWhole && text.length < maxFieldLength && ['data:', 'event:', 'id:', 'retry:'].some(field => field.startsWith(text));
	return mayBecomeField ? 'empty' : 'other';
}
