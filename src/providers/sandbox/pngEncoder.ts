import { crc32, createDeflate } from 'node:zlib';
import type { RowPicture } from './placeholder';
import type { Turns } from './turns';

/** Takes the bytes of a file as they come into being. */
export type ByteSink = (bytes: Uint8Array) => void | Promise<void>;

const bandBytes = 256 * 1024;

/** Writes a picture as PNG (RGB, or RGBA when it has alpha), never holding more than a band of it. */
export async function encodePng(picture: RowPicture, sink: ByteSink, turns: Turns): Promise<void> {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(picture.width, 0);
	header.writeUInt32BE(picture.height, 4);
	header.set([8, picture.hasAlpha ? 6 : 2, 0, 0, 0], 8);
	await sink(Buffer.from('89504e470d0a1a0a', 'hex'));
	await sink(chunk('IHDR', header));
	const deflate = createDeflate({ level: 3 });
	const compressed = (async () => {
		for await (const bytes of deflate as AsyncIterable<Uint8Array>) {
			await sink(chunk('IDAT', bytes));
		}
	})();
	compressed.catch(() => undefined); // told to whoever waits below
	try {
		for await (const band of bandsOf(picture, turns)) {
			// A sink that fails ends the writing at once.
			await Promise.race([new Promise<void>(resolve => deflate.write(band, () => resolve())), compressed]);
		}
		deflate.end();
		await compressed;
	} finally {
		deflate.destroy();
	}
	await sink(chunk('IEND', Buffer.alloc(0)));
}

/** Scan lines without a filter: what is flat compresses well enough. */
async function* bandsOf(picture: RowPicture, turns: Turns): AsyncGenerator<Uint8Array> {
	const channels = picture.hasAlpha ? 4 : 3;
	const lineBytes = 1 + picture.width * channels;
	const linesPerBand = Math.max(1, Math.floor(bandBytes / lineBytes));
	const row = new Uint32Array(picture.width);
	for (let first = 0; first < picture.height; first += linesPerBand) {
		const lines = Math.min(linesPerBand, picture.height - first);
		const band = new Uint8Array(lines * lineBytes);
		for (let line = 0; line < lines; line++) {
			picture.paintRow(first + line, row);
			unpack(row, band, line * lineBytes + 1, channels);
			await turns.next();
		}
		yield band;
	}
}

function unpack(row: Uint32Array, target: Uint8Array, start: number, channels: number): void {
	let at = start;
	for (const pixel of row) {
		target[at] = pixel;
		target[at + 1] = pixel >> 8;
		target[at + 2] = pixel >> 16;
		if (channels === 4) {
			target[at + 3] = pixel >>> 24;
		}
		at += channels;
	}
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = Buffer.alloc(12 + data.length);
	bytes.writeUInt32BE(data.length, 0);
	bytes.write(type, 4, 'latin1');
	bytes.set(data, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
	return bytes;
}
