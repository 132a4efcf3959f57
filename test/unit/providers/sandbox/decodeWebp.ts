/**
 * Reads the pixels of a lossless WebP that uses neither transforms nor a colour cache nor several groups of codes
 * (RFC 9649, section 3): written from the specification, and apart from the encoder.
 */
export function decodeWebp(file: Buffer): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
	const length = file.readUInt32LE(16);
	const bits = new Bits(file.subarray(20, 20 + length));
	if (bits.read(8) !== 0x2f) {
		throw new Error('No signature.');
	}
	const width = bits.read(14) + 1;
	const height = bits.read(14) + 1;
	bits.read(1);
	if (bits.read(3) !== 0 || bits.read(3) !== 0) {
		throw new Error('Something that this reader does not know.');
	}
	const [green, red, blue, alpha, distance] = [280, 256, 256, 256, 40].map(size => readCode(bits, size)) as [
		Code,
		Code,
		Code,
		Code,
		Code,
	];
	const pixels = new Uint32Array(width * height);
	for (let at = 0; at < pixels.length;) {
		const symbol = green(bits);
		if (symbol < 256) {
			const r = red(bits);
			const b = blue(bits);
			pixels[at++] = ((alpha(bits) << 24) | (b << 16) | (symbol << 8) | r) >>> 0;
			continue;
		}
		const run = readPrefixed(bits, symbol - 256);
		const code = readPrefixed(bits, distance(bits));
		const back = code === 1 ? width : code === 2 ? 1 : code - 120;
		for (let each = 0; each < run; each++, at++) {
			pixels[at] = pixels[at - back] as number;
		}
	}
	return { width, height, pixels };
}

type Code = (bits: Bits) => number;

class Bits {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	read(count: number): number {
		let value = 0;
		for (let bit = 0; bit < count; bit++, this.#at++) {
			const byte = this.#bytes[this.#at >> 3];
			if (byte === undefined) {
				throw new Error('The data is over.');
			}
			value |= ((byte >> (this.#at & 7)) & 1) << bit;
		}
		return value;
	}
}

function readPrefixed(bits: Bits, symbol: number): number {
	if (symbol < 4) {
		return symbol + 1;
	}
	const extra = (symbol - 2) >> 1;
	return ((2 + (symbol & 1)) << extra) + bits.read(extra) + 1;
}

function readCode(bits: Bits, size: number): Code {
	if (bits.read(1) === 1) {
		const count = bits.read(1) + 1;
		const lengths = new Array<number>(size).fill(0);
		lengths[bits.read(bits.read(1) === 1 ? 8 : 1)] = 1;
		if (count === 2) {
			lengths[bits.read(8)] = 1;
		}
		return canonical(lengths);
	}
	const order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
	const ofLengths = new Array<number>(19).fill(0);
	const count = 4 + bits.read(4);
	order.slice(0, count).forEach(symbol => (ofLengths[symbol] = bits.read(3)));
	if (bits.read(1) === 1) {
		throw new Error('Something that this reader does not know.');
	}
	const code = canonical(ofLengths);
	const lengths: number[] = [];
	while (lengths.length < size) {
		const symbol = code(bits);
		if (symbol === 16) {
			throw new Error('Something that this reader does not know.');
		}
		const zeros = symbol === 17 ? 3 + bits.read(3) : symbol === 18 ? 11 + bits.read(7) : 0;
		lengths.push(...(symbol < 16 ? [symbol] : new Array<number>(zeros).fill(0)));
	}
	return canonical(lengths);
}

function canonical(lengths: readonly number[]): Code {
	const used = lengths.flatMap((length, symbol) => (length > 0 ? [{ length, symbol }] : []));
	if (used.length === 1) {
		return () => used[0]?.symbol ?? 0;
	}
	const filled = used.reduce((sum, { length }) => sum + 2 ** -length, 0);
	if (filled !== 1) {
		throw new Error(`The code is not complete: ${filled}.`);
	}
	const table = new Map<string, number>();
	let code = 0;
	let last = 0;
	for (const { length, symbol } of used.sort((a, b) => a.length - b.length || a.symbol - b.symbol)) {
		code <<= length - last;
		last = length;
		table.set(code.toString(2).padStart(length, '0'), symbol);
		code++;
	}
	return bits => {
		for (let text = ''; text.length < 16;) {
			text += String(bits.read(1));
			const symbol = table.get(text);
			if (symbol !== undefined) {
				return symbol;
			}
		}
		throw new Error('No such code.');
	};
}
