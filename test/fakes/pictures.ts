import { crc32, deflateSync } from 'node:zlib';

/** What a picture for tests is to be. Its bytes are a whole, valid file; equal options give equal bytes. */
export interface PictureOptions {
	readonly width: number;
	readonly height: number;
	/** Red, green, blue, 0 to 255. JPEG shows its brightness only. Default: a blue. */
	readonly colour?: readonly [number, number, number];
	/** PNG and WebP: an alpha channel, fully transparent in the upper half (PNG) or everywhere (WebP). */
	readonly transparent?: boolean;
	/** Carries something that looks like a C2PA manifest, in the place where the format keeps it. */
	readonly contentCredentials?: boolean;
	/** PNG: exact size of the file in bytes, reached with incompressible bytes; smaller than the bare picture: no effect. */
	readonly bytes?: number;
}

const defaultColour = [64, 112, 176] as const;

/** A PNG of any size in pixels and, on request, in bytes. */
export function pngPicture(options: PictureOptions): Buffer {
	const { width, height, colour = defaultColour, transparent = false } = options;
	const channels = transparent ? 4 : 3;
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, transparent ? 6 : 2, 0, 0, 0], 8);

	const pixels = Buffer.alloc(height * (1 + width * channels));
	for (let y = 0; y < height; y++) {
		const pixel = transparent ? [...colour, y < height / 2 ? 0 : 255] : [...colour];
		const start = y * (1 + width * channels) + 1;
		pixels.fill(Buffer.from(pixel), start, start + width * channels);
	}
	const before = [pngSignature, pngChunk('IHDR', header), ...(options.contentCredentials ? [pngChunk('caBX', manifest)] : [])];
	const after = [pngChunk('IDAT', deflateSync(pixels, { level: 1 })), pngChunk('IEND', Buffer.alloc(0))];
	const bare = [...before, ...after].reduce((sum, part) => sum + part.length, 0);
	const missing = (options.bytes ?? 0) - bare - 12;
	return Buffer.concat(missing < 0 ? [...before, ...after] : [...before, pngChunk('fiLl', noise(missing)), ...after]);
}

/** A greyscale baseline JPEG of one colour. */
export function jpegPicture(options: PictureOptions): Buffer {
	const { width, height, colour = defaultColour } = options;
	const size = Buffer.alloc(4);
	size.writeUInt16BE(height, 0);
	size.writeUInt16BE(width, 2);
	const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
	const dcValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
	const acCounts = [1, ...new Array<number>(15).fill(0)];
	return Buffer.concat([
		Buffer.from([0xff, 0xd8]),
		jpegSegment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
		...(options.contentCredentials ? [jpegSegment(0xeb, Buffer.concat([Buffer.from('JP\0\x01\0\0\0\x01'), manifest]))] : []),
		jpegSegment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(8)])),
		jpegSegment(0xc0, Buffer.concat([Buffer.from([8]), size, Buffer.from([1, 1, 0x11, 0])])),
		jpegSegment(0xc4, Buffer.from([0x00, ...dcCounts, ...dcValues])),
		jpegSegment(0xc4, Buffer.from([0x10, ...acCounts, 0])),
		jpegSegment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])),
		flatScan(Math.ceil(width / 8) * Math.ceil(height / 8), brightness(colour)),
		Buffer.from([0xff, 0xd9]),
	]);
}

/** A lossless WebP of one colour. */
export function webpPicture(options: PictureOptions): Buffer {
	const { width, height, colour = defaultColour, transparent = false } = options;
	const bits = new LittleEndianBits();
	bits.write(width - 1, 14);
	bits.write(height - 1, 14);
	bits.write(transparent ? 1 : 0, 1);
	bits.write(0, 3); // version
	bits.write(0, 3); // no transform, no colour cache, one set of codes
	for (const symbol of [colour[1], colour[0], colour[2], transparent ? 0 : 255]) {
		bits.write(0b101, 3); // a simple code of one symbol of 8 bits: a pixel takes no bit at all
		bits.write(symbol, 8);
	}
	bits.write(0b001, 3);
	bits.write(0, 1);
	const picture = riffChunk('VP8L', Buffer.concat([Buffer.from([0x2f]), bits.bytes()]));
	if (!options.contentCredentials) {
		return riff([picture]);
	}
	const header = Buffer.alloc(10);
	header[0] = transparent ? 0x10 : 0;
	header.writeUIntLE(width - 1, 4, 3);
	header.writeUIntLE(height - 1, 7, 3);
	return riff([riffChunk('VP8X', header), picture, riffChunk('C2PA', manifest)]);
}

/** A picture of the named format: what the fake server paints with. */
export function picture(format: 'png' | 'jpeg' | 'webp', options: PictureOptions): Buffer {
	switch (format) {
		case 'png':
			return pngPicture(options);
		case 'jpeg':
			return jpegPicture(options);
		case 'webp':
			return webpPicture(options);
	}
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');
const manifest = Buffer.from('\0\0\0\x18jumbc2pa a manifest for tests only', 'latin1');

function pngChunk(type: string, data: Buffer): Buffer {
	const chunk = Buffer.alloc(12 + data.length);
	chunk.writeUInt32BE(data.length, 0);
	chunk.write(type, 4, 'latin1');
	data.copy(chunk, 8);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
	return chunk;
}

function jpegSegment(marker: number, data: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

function brightness([red, green, blue]: readonly [number, number, number]): number {
	return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

/** `blocks` equal blocks: the first says how bright, all others «the same again». */
function flatScan(blocks: number, grey: number): Buffer {
	const difference = grey - 128;
	const category = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
	const dcCodes = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110'];
	const magnitude =
		category === 0 ? '' : (difference < 0 ? difference + 2 ** category - 1 : difference).toString(2).padStart(category, '0');
	const text = `${dcCodes[category]}${magnitude}0${'000'.repeat(blocks - 1)}`;
	const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '1');
	const bytes: number[] = [];
	for (let start = 0; start < padded.length; start += 8) {
		const byte = Number.parseInt(padded.slice(start, start + 8), 2);
		bytes.push(byte, ...(byte === 0xff ? [0] : []));
	}
	return Buffer.from(bytes);
}

class LittleEndianBits {
	readonly #bits: number[] = [];

	write(value: number, count: number): void {
		for (let bit = 0; bit < count; bit++) {
			this.#bits.push((value >> bit) & 1);
		}
	}

	bytes(): Buffer {
		const bytes = Buffer.alloc(Math.ceil(this.#bits.length / 8));
		this.#bits.forEach((bit, index) => (bytes[index >> 3]! |= bit << (index & 7)));
		return bytes;
	}
}

function riffChunk(type: string, data: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(type, 0, 'latin1');
	head.writeUInt32LE(data.length, 4);
	return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function riff(chunks: readonly Buffer[]): Buffer {
	const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
	const head = Buffer.alloc(8);
	head.write('RIFF', 0, 'latin1');
	head.writeUInt32LE(body.length, 4);
	return Buffer.concat([head, body]);
}

/** Bytes that don't look like anything and are the same every time. */
function noise(length: number): Buffer {
	const block = Buffer.alloc(65_536);
	let state = 0x9e3779b9;
	for (let index = 0; index < block.length; index += 4) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		block.writeInt32LE(state, index);
	}
	return Buffer.alloc(length, block);
}
