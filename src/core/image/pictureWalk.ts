import type { ImageSize } from './imageSize';

/**
 * What the walk through a picture's bytes wants next. Each format is a chain of such steps, so that a picture can arrive
 * in any pieces and nothing of it needs to be kept.
 */
export type WalkStep =
	/** Collect so many bytes (at least 1, few), then go on. The array is only lent. */
	| { readonly kind: 'take'; readonly bytes: number; readonly next: (taken: Uint8Array) => WalkStep }
	/** Pass over so many bytes (at least 1). */
	| { readonly kind: 'skip'; readonly bytes: number; readonly next: () => WalkStep }
	/** Pass over everything up to this byte, and over the byte itself. */
	| { readonly kind: 'seek'; readonly byte: number; readonly next: () => WalkStep }
	/** The end marker was passed: no byte may follow. */
	| { readonly kind: 'end' }
	/** The bytes break the rules of their format; `detail` says how, as a noun phrase. */
	| { readonly kind: 'broken'; readonly detail: string };

/** What a walk has found so far. */
export interface Findings {
	size?: ImageSize;
	hasContentCredentials: boolean;
	hasAlphaChannel: boolean;
}

/** The step behind a format's end marker. */
export const walkEnd: WalkStep = { kind: 'end' };

/** Collects `bytes` bytes, 32 at most. */
export function take(bytes: number, next: (taken: Uint8Array) => WalkStep): WalkStep {
	return { kind: 'take', bytes, next };
}

/** Passes over `bytes` bytes, which may be none. */
export function skip(bytes: number, next: () => WalkStep): WalkStep {
	return bytes === 0 ? next() : { kind: 'skip', bytes, next };
}

/** Passes over everything up to and including the next `byte`. */
export function seek(byte: number, next: () => WalkStep): WalkStep {
	return { kind: 'seek', byte, next };
}

/** Ends the walk, because the bytes break the rules of their format. */
export function broken(detail: string): WalkStep {
	return { kind: 'broken', detail };
}

/** The longest edge that any of our formats but PNG can express. */
const maxEdge = 65_535;
/** 268 million: a decoder needs a gigabyte for that many. */
const maxPixels = 2 ** 28;

/** Notes the dimensions and goes on, unless they are impossible or would harm whoever decodes the picture. */
export function withSize(findings: Findings, size: ImageSize, next: () => WalkStep): WalkStep {
	const { width, height } = size;
	if (width === 0 || height === 0) {
		return broken('a picture without any pixels');
	}
	if (width > maxEdge || height > maxEdge || width * height > maxPixels) {
		return broken(`a picture of ${width}x${height} pixels, which is larger than can be shown`);
	}
	findings.size = size;
	return next();
}

/** A few bytes as ASCII. */
export function ascii(bytes: Uint8Array, start: number, end: number): string {
	let text = '';
	for (let index = start; index < end; index++) {
		text += String.fromCharCode(bytes[index] ?? 0);
	}
	return text;
}

/** Unsigned big-endian number of 2 or 4 bytes at `offset`. */
export function bigEndian(bytes: Uint8Array, offset: number, length: 2 | 4): number {
	let value = 0;
	for (let index = 0; index < length; index++) {
		value = value * 256 + (bytes[offset + index] ?? 0);
	}
	return value;
}

/** Unsigned little-endian number of 2, 3 or 4 bytes at `offset`. */
export function littleEndian(bytes: Uint8Array, offset: number, length: 2 | 3 | 4): number {
	let value = 0;
	for (let index = length - 1; index >= 0; index--) {
		value = value * 256 + (bytes[offset + index] ?? 0);
	}
	return value;
}
