import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture as rows of pixels: three bytes each. */
export interface Pixels {
	readonly width: number;
	readonly height: number;
	readonly rgb: Uint8Array;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const maxColours = 256;

/**
 * The PNG with at most 256 colours: a third of the bytes, and nobody sees the difference in a picture of a window. Colours that
 * are used most stay exactly as they are.
 */
export function asPalettePng(png: Uint8Array): Buffer {
	const pixels = readPng(png);
	const palette = choosePalette(pixels);
	return writePng(pixels, palette, assignColours(pixels, palette));
}

/** Reads the kind of PNG that browsers write: eight bits per channel, not interlaced. Transparency is dropped. */
export function readPng(png: Uint8Array): Pixels {
	const chunks = readChunks(Buffer.from(png));
	const header = chunks.find(({ type }) => type === 'IHDR')?.data;
	if (!header || header[8] !== 8 || header[12] !== 0 || (header[9] !== 2 && header[9] !== 6)) {
		throw new Error('Not a PNG of eight bits per channel.');
	}
	const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 2 ? 3 : 4];
	const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(chunk => chunk.data)));
	const bytes = unfilter(data, width * channels, height, channels);
	const rgb = new Uint8Array(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel++) {
		rgb.set(bytes.subarray(pixel * channels, pixel * channels + 3), pixel * 3);
	}
	return { width, height, rgb };
}

function readChunks(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
	const chunks: { type: string; data: Buffer }[] = [];
	for (let at = signature.length; at < png.length;) {
		const length = png.readUInt32BE(at);
		chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
		at += 12 + length;
	}
	return chunks;
}

/** Takes back the filters of each row (PNG specification, section 9). */
function unfilter(data: Uint8Array, rowBytes: number, height: number, pixelBytes: number): Uint8Array {
	const bytes = new Uint8Array(rowBytes * height);
	for (let y = 0; y < height; y++) {
		const filter = data[y * (rowBytes + 1)] ?? 0;
		for (let x = 0; x < rowBytes; x++) {
			const at = y * rowBytes + x;
			const left = x < pixelBytes ? 0 : (bytes[at - pixelBytes] ?? 0);
			const above = y === 0 ? 0 : (bytes[at - rowBytes] ?? 0);
			const aboveLeft = x < pixelBytes || y === 0 ? 0 : (bytes[at - rowBytes - pixelBytes] ?? 0);
			bytes[at] = (data[y * (rowBytes + 1) + 1 + x] ?? 0) + predicted(filter, left, above, aboveLeft);
		}
	}
	return bytes;
}

function predicted(filter: number, left: number, above: number, aboveLeft: number): number {
	switch (filter) {
		case 1:
			return left;
		case 2:
			return above;
		case 3:
			return Math.floor((left + above) / 2);
		case 4:
			return paeth(left, above, aboveLeft);
		default:
			return 0;
	}
}

function paeth(left: number, above: number, aboveLeft: number): number {
	const guess = left + above - aboveLeft;
	const [toLeft, toAbove, toAboveLeft] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - aboveLeft)];
	return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
}

/** Half of the palette for the colours that are used most, the rest one by one for the colour that is served worst. */
function choosePalette(pixels: Pixels): readonly number[] {
	const counts = new Map<number, number>();
	for (let at = 0; at < pixels.rgb.length; at += 3) {
		const colour = colourAt(pixels.rgb, at);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	const byUse = [...counts].sort(([one, uses], [other, otherUses]) => otherUses - uses || one - other).map(([colour]) => colour);
	const kept = byUse.slice(0, byUse.length <= maxColours ? maxColours : maxColours / 2);
	const distances = byUse.map(colour => distanceTo(kept[nearest(colour, kept)] ?? 0, colour));
	while (kept.length < Math.min(maxColours, byUse.length)) {
		const worst = distances.reduce((found, distance, index) => (distance > (distances[found] ?? 0) ? index : found), 0);
		const added = byUse[worst] ?? 0;
		kept.push(added);
		byUse.forEach((colour, index) => (distances[index] = Math.min(distances[index] ?? 0, distanceTo(added, colour))));
	}
	return kept;
}

function assignColours({ rgb }: Pixels, palette: readonly number[]): Uint8Array {
	const known = new Map(palette.map((colour, index) => [colour, index]));
	const indices = new Uint8Array(rgb.length / 3);
	for (let pixel = 0; pixel < indices.length; pixel++) {
		const colour = colourAt(rgb, pixel * 3);
		const index = known.get(colour) ?? nearest(colour, palette);
		known.set(colour, index);
		indices[pixel] = index;
	}
	return indices;
}

function nearest(colour: number, palette: readonly number[]): number {
	let best = 0;
	let bestDistance = Infinity;
	for (const [index, candidate] of palette.entries()) {
		const distance = distanceTo(candidate, colour);
		if (distance < bestDistance) {
			best = index;
			bestDistance = distance;
		}
	}
	return best;
}

function distanceTo(one: number, other: number): number {
	const [red, green, blue] = [(one >> 16) - (other >> 16), ((one >> 8) & 255) - ((other >> 8) & 255), (one & 255) - (other & 255)];
	return red * red + green * green + blue * blue;
}

function colourAt(rgb: Uint8Array, at: number): number {
	return ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);
}

function writePng({ width, height }: Pixels, palette: readonly number[], indices: Uint8Array): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	const colours = Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]));
	const rows = Buffer.alloc(height * (width + 1));
	for (let y = 0; y < height; y++) {
		rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	}
	const data = deflateSync(rows, { level: 9, memLevel: 9 });
	return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const framed = Buffer.alloc(12 + data.length);
	framed.writeUInt32BE(data.length, 0);
	framed.write(type, 4, 'latin1');
	framed.set(data, 8);
	framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
	return framed;
}
