import { ascii, broken, littleEndian, skip, take, walkEnd, withSize, type Findings, type WalkStep } from './pictureWalk';

const brokenChunk = 'a WebP picture with a broken chunk';

/** What a walk through a WebP remembers from chunk to chunk. */
interface Progress {
	/** Bytes up to the end that the RIFF header announces. */
	readonly remaining: number;
	readonly hasPixels: boolean;
}

/** Walks the chunks of a WebP, whose end is where the RIFF header says. Source: RFC 9649; C2PA's manifest is a `C2PA` chunk. */
export function walkWebp(findings: Findings): WalkStep {
	return take(12, header => walkChunk(findings, { remaining: littleEndian(header, 4, 4) - 4, hasPixels: false }));
}

function walkChunk(findings: Findings, { remaining, hasPixels }: Progress): WalkStep {
	if (remaining <= 0) {
		return hasPixels && findings.size ? walkEnd : broken('a WebP picture without any pixels');
	}
	if (remaining < 8) {
		return broken(brokenChunk);
	}
	return take(8, header => {
		const type = ascii(header, 0, 4);
		const length = littleEndian(header, 4, 4);
		// Chunks are padded to even lengths; some encoders leave out the last padding.
		const padded = Math.min(length + (length % 2), remaining - 8);
		if (padded < length) {
			return broken(brokenChunk);
		}
		const progress = { remaining: remaining - 8 - padded, hasPixels: hasPixels || ['VP8 ', 'VP8L', 'ANMF'].includes(type) };
		findings.hasContentCredentials ||= type === 'C2PA';
		findings.hasAlphaChannel ||= type === 'ALPH';
		return walkPayload(findings, type, padded, () => walkChunk(findings, progress));
	});
}

/** Reads the dimensions where they stand. The canvas of an extended file comes first, and is not replaced by its frames. */
function walkPayload(findings: Findings, type: string, length: number, next: () => WalkStep): WalkStep {
	if (findings.size) {
		return skip(length, next);
	}
	switch (type) {
		case 'VP8X':
			return length < 10 ? broken(brokenChunk) : take(10, bytes => walkCanvas(findings, bytes, () => skip(length - 10, next)));
		case 'VP8L':
			return length < 5 ? broken(brokenChunk) : take(5, bytes => walkLossless(findings, bytes, () => skip(length - 5, next)));
		case 'VP8 ':
			return length < 10 ? broken(brokenChunk) : take(10, bytes => walkLossy(findings, bytes, () => skip(length - 10, next)));
		default:
			return skip(length, next);
	}
}

function walkCanvas(findings: Findings, bytes: Uint8Array, next: () => WalkStep): WalkStep {
	findings.hasAlphaChannel ||= ((bytes[0] ?? 0) & 0x10) !== 0;
	return withSize(findings, { width: littleEndian(bytes, 4, 3) + 1, height: littleEndian(bytes, 7, 3) + 1 }, next);
}

function walkLossless(findings: Findings, bytes: Uint8Array, next: () => WalkStep): WalkStep {
	if (bytes[0] !== 0x2f) {
		return broken(brokenChunk);
	}
	const bits = littleEndian(bytes, 1, 4);
	findings.hasAlphaChannel ||= (bits & 0x1000_0000) !== 0;
	return withSize(findings, { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }, next);
}

function walkLossy(findings: Findings, bytes: Uint8Array, next: () => WalkStep): WalkStep {
	if (bytes[3] !== 0x9d || bytes[4] !== 0x01 || bytes[5] !== 0x2a) {
		return broken(brokenChunk);
	}
	return withSize(findings, { width: littleEndian(bytes, 6, 2) & 0x3fff, height: littleEndian(bytes, 8, 2) & 0x3fff }, next);
}
