import { acChrominance, acLuminance, chrominance, dcChrominance, dcLuminance, luminance, zigzag } from './jpegTables';
import type { JpegHuffman } from './jpegTables';
import type { RowPicture } from './placeholder';
import type { ByteSink } from './pngEncoder';
import type { Turns } from './turns';

/**
 * Writes a picture as baseline JPEG without chroma subsampling (ITU-T T.81 with the tables of its annex K). `quality`: 1 to
 * 100. There is no alpha in JPEG: holes become what their colour says.
 */
export async function encodeJpeg(picture: RowPicture, quality: number, sink: ByteSink, turns: Turns): Promise<void> {
	const divisors = [scaled(luminance, quality), scaled(chrominance, quality)] as const;
	await sink(headerOf(picture, divisors));
	const scan = new ScanWriter();
	const channels = [
		new Channel(divisors[0], dcLuminance, acLuminance),
		new Channel(divisors[1], dcChrominance, acChrominance),
		new Channel(divisors[1], dcChrominance, acChrominance),
	];
	const rows = Array.from({ length: 8 }, () => new Uint32Array(picture.width));
	for (let top = 0; top < picture.height; top += 8) {
		rows.forEach((row, line) => picture.paintRow(Math.min(top + line, picture.height - 1), row));
		for (let left = 0; left < picture.width; left += 8) {
			writeUnit(rows, left, channels, scan);
			await turns.next();
		}
		if (scan.length > 64 * 1024) {
			await sink(scan.take());
		}
	}
	scan.finish();
	await sink(scan.take());
	await sink(Uint8Array.of(0xff, 0xd9));
}

function writeUnit(rows: readonly Uint32Array[], left: number, channels: readonly Channel[], scan: ScanWriter): void {
	const first = rows[0]?.[left] ?? 0;
	let isFlat = true;
	for (let index = 0; index < 64; index++) {
		const row = rows[index >> 3];
		const pixel = row?.[Math.min(left + (index & 7), row.length - 1)] ?? 0;
		isFlat &&= pixel === first;
		const red = pixel & 0xff;
		const green = (pixel >> 8) & 0xff;
		const blue = (pixel >> 16) & 0xff;
		channels[0]?.set(index, 0.299 * red + 0.587 * green + 0.114 * blue - 128);
		channels[1]?.set(index, -0.168736 * red - 0.331264 * green + 0.5 * blue);
		channels[2]?.set(index, 0.5 * red - 0.418688 * green - 0.081312 * blue);
	}
	channels.forEach(channel => channel.write(scan, isFlat));
}

/** One of Y, Cb and Cr. */
class Channel {
	readonly #divisors: Uint8Array;
	readonly #dc: JpegHuffman;
	readonly #ac: JpegHuffman;
	readonly #samples = new Float64Array(64);
	readonly #half = new Float64Array(64);
	readonly #quantised = new Int32Array(64);
	#previous = 0;

	constructor(divisors: Uint8Array, dc: JpegHuffman, ac: JpegHuffman) {
		this.#divisors = divisors;
		this.#dc = dc;
		this.#ac = ac;
	}

	set(index: number, sample: number): void {
		this.#samples[index] = sample;
	}

	write(scan: ScanWriter, isFlat: boolean): void {
		if (isFlat) {
			this.#quantised.fill(0);
			this.#quantised[0] = Math.round((8 * (this.#samples[0] as number)) / (this.#divisors[0] as number));
		} else {
			this.#transform();
		}
		const dc = this.#quantised[0] as number;
		scan.putValue(this.#dc, 0, dc - this.#previous);
		this.#previous = dc;
		let zeros = 0;
		for (let index = 1; index < 64; index++) {
			const value = this.#quantised[index] as number;
			if (value === 0) {
				zeros++;
				continue;
			}
			for (; zeros > 15; zeros -= 16) {
				scan.putCode(this.#ac, 0xf0);
			}
			scan.putValue(this.#ac, zeros, value);
			zeros = 0;
		}
		if (zeros > 0) {
			scan.putCode(this.#ac, 0);
		}
	}

	/** The discrete cosine transform, lines then columns, divided and in zigzag order. */
	#transform(): void {
		for (let line = 0; line < 8; line++) {
			for (let u = 0; u < 8; u++) {
				let sum = 0;
				for (let x = 0; x < 8; x++) {
					sum += (this.#samples[line * 8 + x] as number) * (cosines[u * 8 + x] as number);
				}
				this.#half[line * 8 + u] = sum;
			}
		}
		for (let position = 0; position < 64; position++) {
			const place = zigzag[position] as number;
			let sum = 0;
			for (let y = 0; y < 8; y++) {
				sum += (this.#half[y * 8 + (place & 7)] as number) * (cosines[(place >> 3) * 8 + y] as number);
			}
			this.#quantised[position] = Math.round(sum / (this.#divisors[position] as number));
		}
	}
}

const cosines = Float64Array.from({ length: 64 }, (_, index) => {
	const u = index >> 3;
	const x = index & 7;
	return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** Entropy-coded bytes, with a zero after each 0xFF. */
class ScanWriter {
	#bytes = new Uint8Array(128 * 1024);
	#pending = 0;
	#pendingBits = 0;
	length = 0;

	/** A number after `zeros` zeros: its size as a code, then its bits. */
	putValue(huffman: JpegHuffman, zeros: number, value: number): void {
		const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
		this.putCode(huffman, (zeros << 4) | size);
		this.#put(value < 0 ? value + (1 << size) - 1 : value, size);
	}

	putCode(huffman: JpegHuffman, symbol: number): void {
		this.#put(huffman.codes[symbol] ?? 0, huffman.lengths[symbol] ?? 0);
	}

	finish(): void {
		this.#put(0x7f, 7);
	}

	/** The bytes so far, which are the caller's then. */
	take(): Uint8Array {
		const bytes = this.#bytes.slice(0, this.length);
		this.length = 0;
		return bytes;
	}

	#put(value: number, count: number): void {
		this.#pending = ((this.#pending << count) | value) & 0x7fffffff;
		this.#pendingBits += count;
		while (this.#pendingBits >= 8) {
			const byte = (this.#pending >> (this.#pendingBits - 8)) & 0xff;
			this.#append(byte);
			if (byte === 0xff) {
				this.#append(0);
			}
			this.#pendingBits -= 8;
			this.#pending &= (1 << this.#pendingBits) - 1;
		}
	}

	#append(byte: number): void {
		if (this.length === this.#bytes.length) {
			const larger = new Uint8Array(2 * this.#bytes.length);
			larger.set(this.#bytes);
			this.#bytes = larger;
		}
		this.#bytes[this.length++] = byte;
	}
}

function scaled(table: readonly number[], quality: number): Uint8Array {
	const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
	return Uint8Array.from(zigzag, place => Math.min(255, Math.max(1, Math.floor(((table[place] ?? 1) * scale + 50) / 100))));
}

function headerOf({ width, height }: RowPicture, divisors: readonly [Uint8Array, Uint8Array]): Uint8Array {
	const tables: readonly (readonly [number, JpegHuffman])[] = [
		[0x00, dcLuminance],
		[0x10, acLuminance],
		[0x01, dcChrominance],
		[0x11, acChrominance],
	];
	return Uint8Array.from([
		...[0xff, 0xd8],
		...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
		...segment(0xdb, [0, ...divisors[0], 1, ...divisors[1]]),
		...segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]),
		...tables.flatMap(([id, { counts, symbols }]) => segment(0xc4, [id, ...counts, ...symbols])),
		...segment(0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]),
	]);
}

function segment(marker: number, data: readonly number[]): number[] {
	const length = data.length + 2;
	return [0xff, marker, length >> 8, length & 0xff, ...data];
}
