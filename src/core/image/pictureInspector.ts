import { assertNever, failure, success, type Result } from '../result';
import { describeContent, describedLength } from './describeContent';
import { walkGif } from './gifWalk';
import { sniffFormat, sniffLength, type ImageFormat, type PictureFacts } from './imageFormat';
import { walkJpeg } from './jpegWalk';
import { broken, type Findings, type WalkStep } from './pictureWalk';
import { walkPng } from './pngWalk';
import { walkWebp } from './webpWalk';

/**
 * Why bytes are no picture that can be used. `detail` is a noun phrase, such as «an HTML page». `incomplete`: the picture
 * is in order as far as it goes, and its end is missing.
 */
export type PictureMistake =
	{ readonly kind: 'notAPicture'; readonly detail: string } | { readonly kind: 'incomplete'; readonly detail: string };

const formatNames: Readonly<Record<ImageFormat, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', gif: 'GIF' };

/**
 * Looks at a picture's bytes as they pass by: format, dimensions, alpha, Content Credentials, and whether it is whole.
 *
 * Nothing is decoded and nothing but the first bytes is kept. Whatever follows a picture's end makes it `notAPicture`:
 * a file that is two things at once is not passed on.
 */
export class PictureInspector {
	readonly #head = new Uint8Array(describedLength);
	readonly #findings: Findings = { hasContentCredentials: false, hasAlphaChannel: false };
	#length = 0;
	#format: ImageFormat | undefined;
	#step: WalkStep | undefined;
	/** Bytes of a `take` so far. */
	#taken = new Uint8Array(32);
	/** How much of a `take` or `skip` is done. */
	#done = 0;

	/** Takes the next bytes, which may be cut anywhere. */
	push(bytes: Uint8Array): void {
		const headLength = Math.min(this.#length, describedLength);
		this.#head.set(bytes.subarray(0, describedLength - headLength), headLength);
		this.#length += bytes.length;
		if (this.#step) {
			this.#walk(bytes);
		} else if (this.#length >= sniffLength) {
			this.#begin(headLength, bytes);
		}
	}

	/** Says what the bytes were. Nothing may be pushed afterwards. */
	finish(): Result<PictureFacts, PictureMistake> {
		const { size, hasAlphaChannel, hasContentCredentials } = this.#findings;
		if (!this.#step || !this.#format) {
			return failure({ kind: 'notAPicture', detail: describeContent(this.#head.subarray(0, this.#length), this.#length) });
		}
		if (this.#step.kind === 'broken') {
			return failure({ kind: 'notAPicture', detail: this.#step.detail });
		}
		if (this.#step.kind !== 'end' || !size) {
			return failure({
				kind: 'incomplete',
				detail: `a ${formatNames[this.#format]} picture that breaks off after ${this.#length} bytes`,
			});
		}
		return success({ ...size, format: this.#format, isComplete: true, hasContentCredentials, hasAlphaChannel });
	}

	/** The first bytes are there: what came before `bytes` is still in the head. */
	#begin(before: number, bytes: Uint8Array): void {
		this.#format = sniffFormat(this.#head);
		if (!this.#format) {
			this.#step = broken('');
			return;
		}
		this.#step = firstStep(this.#format, this.#findings);
		this.#walk(this.#head.subarray(0, before));
		this.#walk(bytes);
	}

	#walk(bytes: Uint8Array): void {
		let at = 0;
		while (at < bytes.length && this.#step) {
			const step: WalkStep = this.#step;
			switch (step.kind) {
				case 'take':
					at = this.#take(step, bytes, at);
					break;
				case 'skip':
					at = this.#skip(step, bytes, at);
					break;
				case 'seek': {
					const found = bytes.indexOf(step.byte, at);
					at = found < 0 ? bytes.length : found + 1;
					this.#step = found < 0 ? step : step.next();
					break;
				}
				case 'end':
					this.#step = broken('a picture with something else behind its end');
					return;
				case 'broken':
					return;
				default:
					assertNever(step);
			}
		}
	}

	#take(step: Extract<WalkStep, { kind: 'take' }>, bytes: Uint8Array, at: number): number {
		// A loop, because a view on a handful of bytes costs more than the bytes.
		while (this.#done < step.bytes && at < bytes.length) {
			this.#taken[this.#done++] = bytes[at++] ?? 0;
		}
		if (this.#done === step.bytes) {
			this.#done = 0;
			this.#step = step.next(this.#taken);
		}
		return at;
	}

	#skip(step: Extract<WalkStep, { kind: 'skip' }>, bytes: Uint8Array, at: number): number {
		const length = Math.min(bytes.length - at, step.bytes - this.#done);
		this.#done += length;
		if (this.#done === step.bytes) {
			this.#done = 0;
			this.#step = step.next();
		}
		return at + length;
	}
}

function firstStep(format: ImageFormat, findings: Findings): WalkStep {
	switch (format) {
		case 'png':
			return walkPng(findings);
		case 'jpeg':
			return walkJpeg(findings);
		case 'webp':
			return walkWebp(findings);
		case 'gif':
			return walkGif(findings);
		default:
			return assertNever(format);
	}
}
