import type { PictureSpool, PictureWriter, StoredPicture } from '../../core/run/ports';
import type { AnswerHandler } from './answerScanner';
import { asRecord } from './json';
import type { ScannedDocument } from './scannedDocument';
import { TaskQueue } from './taskQueue';

/** Where pictures go, and which candidates they are. */
export interface AnswerTarget {
	readonly spool: PictureSpool;
	/** Numbers of the candidates that the request asked for, in order. */
	readonly candidates: readonly number[];
	onPicture(picture: StoredPicture): void;
}

/** A final picture that did not arrive whole. */
export interface PictureFlaw {
	readonly kind: 'notAPicture' | 'incomplete' | 'damaged';
	readonly detail: string;
}

interface OpenPicture {
	readonly element: number;
	/** `undefined` while it is not known whether the picture is a partial or a final one. */
	writer: PictureWriter | undefined;
	role: 'partial' | 'final';
	/** What arrived before the role was known. */
	kept: Uint8Array[];
	isSkipped: boolean;
	isClean: boolean;
}

/** Three are the most that can be asked for; a few more may come of a host that counts in its own way. */
const maxPartials = 12;

/** More than any picture has. Such a one is written as if it were final, so that it does not fill the memory. */
const maxKeptBytes = 64 * 1024 * 1024;

/** Puts the pictures of one answer into the spool, and remembers the rest of it. */
export class AnswerCollector implements AnswerHandler {
	readonly #target: AnswerTarget;
	readonly #tasks = new TaskQueue();
	readonly #taken = new Set<number>();
	#openedPartials = 0;
	#keptBytes = 0;
	#eventName: string | undefined;
	#picture: OpenPicture | undefined;
	#undecided: OpenPicture[] = [];
	readonly pictures: StoredPicture[] = [];
	readonly flaws: PictureFlaw[] = [];
	partialCount = 0;
	/** The plain document, or the newest final event. */
	facts: Readonly<Record<string, unknown>> = {};
	/** What the host says went wrong, in its own shape. */
	error: unknown;
	/** A document that can't be read. */
	malformed: (ScannedDocument & { kind: 'malformed' }) | undefined;
	/** The plain document, or as many final events as there are candidates. */
	isOver = false;
	/** `[DONE]` was seen. */
	isDone = false;

	constructor(target: AnswerTarget) {
		this.#target = target;
	}

	/** Nothing that a stream brings can change anything any more: the final pictures are there, or an error. */
	get hasEnded(): boolean {
		return this.isOver || this.error !== undefined;
	}

	/** A final picture was begun for each candidate, and none is in the middle. */
	get hasAllPictures(): boolean {
		return !this.#picture && this.#taken.size >= this.#target.candidates.length;
	}

	beginEvent(name: string): void {
		this.#eventName = name;
	}

	beginPicture(element: number, type: string | undefined): void {
		if (this.hasEnded) {
			return; // in another piece it would not even have been waited for
		}
		const picture: OpenPicture = { element, writer: undefined, role: 'final', kept: [], isSkipped: false, isClean: true };
		this.#picture = picture;
		// A plain answer has final pictures only; in a stream the event's name or type tells.
		const tells = this.#eventName === undefined ? 'final' : (roleOf(this.#eventName) ?? roleOf(type ?? ''));
		if (tells) {
			this.#open(picture, tells);
		} else {
			this.#undecided.push(picture);
		}
	}

	pictureBytes(bytes: Uint8Array): void {
		const picture = this.#picture;
		if (picture?.writer) {
			const { writer } = picture;
			this.#tasks.add(() => writer.write(bytes));
		} else if (picture && !picture.isSkipped) {
			picture.kept.push(bytes);
			this.#keptBytes += bytes.length;
			if (this.#keptBytes > maxKeptBytes) {
				this.#settleUndecided('final');
			}
		}
	}

	endPicture(isClean: boolean): void {
		const picture = this.#picture;
		this.#picture = undefined;
		if (picture) {
			picture.isClean = isClean;
			this.#close(picture);
		}
	}

	event(name: string, data: ScannedDocument): void {
		this.#eventName = undefined;
		const value = data.kind === 'json' ? asRecord(data.value) : undefined;
		const type = typeof value?.type === 'string' ? value.type : name;
		this.#settleUndecided(roleOf(name) ?? roleOf(type) ?? 'final');
		this.#leaveOpenPicture();
		if (this.hasEnded) {
			return;
		}
		if (name === 'error') {
			this.error = data.kind === 'json' ? data.value : data.text;
			return;
		}
		if (!value) {
			return; // an event that can't be read tells nothing; whether a final one came is asked at the end
		}
		if (hasError(value) || type === 'error' || type.endsWith('.failed')) {
			this.error = value;
		} else if (roleOf(type) !== 'partial' && this.#taken.size > 0) {
			this.facts = value;
			this.isOver = this.hasAllPictures;
		}
	}

	done(): void {
		this.isDone ||= !this.hasEnded;
	}

	document(document: ScannedDocument): void {
		if (document.kind === 'malformed') {
			this.malformed = document;
			return;
		}
		this.facts = asRecord(document.value) ?? {};
		this.error = hasError(this.facts) ? this.facts : undefined;
		this.isOver = true;
	}

	/** Resolves when everything that was told so far lies in the spool. Rejects when the spool fails. */
	settled(): Promise<void> | undefined {
		return this.#tasks.settled();
	}

	/** No more bytes will come: what is open is left as it is. Rejects, after that, when the spool has failed. */
	async abandon(): Promise<void> {
		const writer = this.#picture?.writer;
		this.#picture = undefined;
		this.#settleUndecided('final');
		try {
			await this.#tasks.settled();
		} finally {
			await writer?.abandon();
		}
	}

	/** An event that ends in the middle of its picture: what arrived of it is left as it is, and the next picture is another one. */
	#leaveOpenPicture(): void {
		const writer = this.#picture?.writer;
		this.#picture = undefined;
		if (writer) {
			this.#tasks.add(() => writer.abandon());
		}
	}

	#open(picture: OpenPicture, role: 'partial' | 'final'): void {
		const { candidates, spool } = this.#target;
		const position = role === 'final' && this.#eventName !== undefined ? this.#taken.size : picture.element;
		const candidate = candidates[role === 'final' ? position : 0];
		picture.role = role;
		picture.isSkipped =
			candidate === undefined || (role === 'final' ? this.#taken.has(candidate) : ++this.#openedPartials > maxPartials);
		if (candidate !== undefined && !picture.isSkipped) {
			picture.writer = spool.open(role, candidate);
			if (role === 'final') {
				this.#taken.add(candidate);
			}
		}
	}

	#settleUndecided(role: 'partial' | 'final'): void {
		const pictures = this.#undecided;
		this.#undecided = [];
		this.#keptBytes = 0;
		for (const picture of pictures) {
			this.#open(picture, role);
			const { writer, kept } = picture;
			picture.kept = [];
			if (writer) {
				kept.forEach(bytes => this.#tasks.add(() => writer.write(bytes)));
			}
			if (picture !== this.#picture) {
				this.#close(picture);
			}
		}
	}

	#close(picture: OpenPicture): void {
		const { writer, role } = picture;
		if (!writer) {
			return;
		}
		if (!picture.isClean) {
			this.#tasks.add(async () => {
				await writer.abandon();
				this.#note(role, { kind: 'damaged', detail: 'It holds characters that are not base64.' });
			});
			return;
		}
		this.#tasks.add(async () => {
			const outcome = await writer.finish();
			if (outcome.kind === 'stored') {
				this.partialCount += role === 'partial' ? 1 : 0;
				if (role === 'final') {
					this.pictures.push(outcome.picture);
				}
				this.#target.onPicture(outcome.picture);
			} else {
				this.#note(role, {
					kind: outcome.kind,
					detail: outcome.kind === 'notAPicture' ? outcome.detail : `${outcome.bytes} bytes arrived.`,
				});
			}
		});
	}

	/** A partial picture that is not whole is no loss: another or the final one follows. */
	#note(role: 'partial' | 'final', flaw: PictureFlaw): void {
		if (role === 'final') {
			this.flaws.push(flaw);
		}
	}
}

/** An empty `error` beside a picture is how some servers say that there was none. */
function hasError({ error }: Readonly<Record<string, unknown>>): boolean {
	return typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error);
}

/** `image_generation.partial_image`, `image_edit.completed` (OpenAI, Images API streaming, 2026-11-20), and their like. */
function roleOf(type: string): 'partial' | 'final' | undefined {
	if (/partial/i.test(type)) {
		return 'partial';
	}
	return /complete|final/i.test(type) ? 'final' : undefined;
}
