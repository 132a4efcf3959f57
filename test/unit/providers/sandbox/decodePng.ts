import { inflateSync } from 'node:zlib';

/** The pixels of a PNG as this extension writes it: 8 bits per channel, RGB or RGBA, scan lines without a filter. */
export function decodePng(bytes: Buffer): {
	readonly width: number;
	readonly height: number;
	readonly channels: number;
	readonly pixels: Buffer;
} {
	const width = bytes.readUInt32BE(16);
	const height = bytes.readUInt32BE(20);
	const channels = bytes[25] === 6 ? 4 : 3;
	const parts: Buffer[] = [];
	for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') {
			parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
		}
	}
	const lines = inflateSync(Buffer.concat(parts));
	const pixels = Buffer.alloc(width * height * channels);
	for (let y = 0; y < height; y++) {
		const start = y * (1 + width * channels);
		if (lines[start] !== 0) {
			throw new Error('A scan line is filtered.');
		}
		lines.copy(pixels, y * width * channels, start + 1, start + 1 + width * channels);
	}
	return { width, height, channels, pixels };
}
