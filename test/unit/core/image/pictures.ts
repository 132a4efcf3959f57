/** Builds small whole pictures byte by byte, after the formats' specifications. Pixel data is filler: nothing here is decoded. */

type Piece = string | readonly number[] | Uint8Array;

export function bytes(...pieces: readonly Piece[]): Uint8Array {
	return Uint8Array.from(
		pieces.flatMap(piece => (typeof piece === 'string' ? Array.from(piece, char => char.charCodeAt(0)) : [...piece])),
	);
}

export function big(value: number, length: 2 | 4): readonly number[] {
	return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}

export function little(value: number, length: 2 | 3 | 4): readonly number[] {
	return Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

export function pngChunk(type: string, data: Piece = []): Uint8Array {
	const payload = bytes(data);
	return bytes(big(payload.length, 4), type, payload, [1, 2, 3, 4]);
}

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface PngOptions {
	readonly width?: number;
	readonly height?: number;
	readonly colourType?: number;
	readonly before?: readonly Uint8Array[];
	readonly data?: readonly Uint8Array[];
}

export function png({
	width = 32,
	height = 16,
	colourType = 2,
	before = [],
	data = [pngChunk('IDAT', [1, 2, 3])],
}: PngOptions = {}): Uint8Array {
	const header = pngChunk('IHDR', bytes(big(width, 4), big(height, 4), [8, colourType, 0, 0, 0]));
	return bytes(pngSignature, header, ...before, ...data, pngChunk('IEND'));
}

export function jpegSegment(code: number, data: Piece = []): Uint8Array {
	const payload = bytes(data);
	return bytes([0xff, code], big(payload.length + 2, 2), payload);
}

export interface JpegOptions {
	readonly width?: number;
	readonly height?: number;
	readonly frame?: number;
	readonly segments?: readonly Uint8Array[];
	readonly scan?: Piece;
}

export function jpeg({
	width = 32,
	height = 16,
	frame = 0xc0,
	segments = [],
	scan = [1, 0xff, 0, 2, 0xff, 0xd0, 3],
}: JpegOptions = {}): Uint8Array {
	const frameHeader = jpegSegment(frame, bytes([8], big(height, 2), big(width, 2), [1, 1, 0x11, 0]));
	const jfif = jpegSegment(0xe0, bytes('JFIF', [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]));
	return bytes([0xff, 0xd8], jfif, ...segments, frameHeader, jpegSegment(0xda, [1, 1, 0, 0, 63, 0]), scan, [0xff, 0xd9]);
}

export function webpChunk(type: string, data: Piece = []): Uint8Array {
	const payload = bytes(data);
	return bytes(type, little(payload.length, 4), payload, payload.length % 2 === 1 ? [0] : []);
}

export function webp(...chunks: readonly Uint8Array[]): Uint8Array {
	const content = bytes('WEBP', ...chunks);
	return bytes('RIFF', little(content.length, 4), content);
}

export function lossyChunk(width: number, height: number): Uint8Array {
	return webpChunk('VP8 ', bytes([0x10, 0, 0, 0x9d, 0x01, 0x2a], little(width, 2), little(height, 2), [1, 2, 3]));
}

export function losslessChunk(width: number, height: number, hasAlpha: boolean): Uint8Array {
	const bits = width - 1 + (height - 1) * 2 ** 14 + (hasAlpha ? 2 ** 28 : 0);
	return webpChunk('VP8L', bytes([0x2f], little(bits, 4), [1, 2]));
}

export function canvasChunk(width: number, height: number, flags: number): Uint8Array {
	return webpChunk('VP8X', bytes([flags, 0, 0, 0], little(width - 1, 3), little(height - 1, 3)));
}

export interface GifOptions {
	readonly width?: number;
	readonly height?: number;
	readonly isTransparent?: boolean;
}

export function gif({ width = 32, height = 16, isTransparent = false }: GifOptions = {}): Uint8Array {
	const screen = bytes('GIF89a', little(width, 2), little(height, 2), [0x80, 0, 0], [0, 0, 0, 255, 255, 255]);
	const loop = bytes([0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0]);
	const control = bytes([0x21, 0xf9, 4, isTransparent ? 1 : 0, 0, 0, 0, 0]);
	const image = bytes([0x2c, 0, 0, 0, 0], little(width, 2), little(height, 2), [0x80], [1, 2, 3, 4, 5, 6], [2], [3, 9, 8, 7], [0]);
	return bytes(screen, loop, control, image, [0x3b]);
}
