import { canonicalCodes, huffmanLengths } from './huffmanCode';
import type { RowPicture } from './placeholder';
import type { ByteSink } from './pngEncoder';
import type { Turns } from './turns';

/** A run is coded as «the pixel to the left, so many times» (distance code 2), a repeated line as «the pixel above» (1). */
const above = 1;
const left = 2;
const maxRun = 4096;
/** Where the symbols for lengths begin in the alphabet of green. */
const firstLength = 256;
const alphabets = { green: 280, red: 256, blue: 256, alpha: 256, distance: 40 } as const;
type Alphabet = keyof typeof alphabets;
/** Order in which the lengths of the code for code lengths are written. */
const lengthOrder = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** The widest and highest picture that WebP can hold. */
export const maxWebpEdge = 16_384;

/**
 * Writes a picture as lossless WebP (RFC 9649, section 3), with the few means that flat colours need: runs and repeated
 * lines, and one Huffman code per channel.
 */
export async function encodeWebp(picture: RowPicture, sink: ByteSink, turns: Turns): Promise<void> {
	const tokens = await tokensOf(picture, turns);
	const bits = new BitWriter();
	bits.write(0x2f, 8);
	bits.write(picture.width - 1, 14);
	bits.write(picture.height - 1, 14);
	bits.write(picture.hasAlpha ? 1 : 0, 1);
	bits.write(0, 3); // version
	bits.write(0, 3); // no transform, no colour cache, one group of codes
	const coders = writeCodes(bits, tokens);
	for (let index = 0; index < tokens.kinds.length; index++) {
		writeToken(bits, coders, tokens.kinds[index] as number, tokens.values[index] as number);
		if (index % 4096 === 0) {
			await turns.next();
		}
	}
	const body = bits.finish();
	const head = Buffer.alloc(20);
	head.write('RIFF', 0, 'latin1');
	head.writeUInt32LE(12 + body.length + (body.length % 2), 4);
	head.write('WEBPVP8L', 8, 'latin1');
	head.writeUInt32LE(body.length, 16);
	await sink(head);
	await sink(body);
	if (body.length % 2 === 1) {
		await sink(new Uint8Array(1));
	}
}

/** `kinds`: 0 for a pixel, else the distance code of a run; `values`: the pixel, or the length of the run. */
interface Tokens {
	readonly kinds: readonly number[];
	readonly values: readonly number[];
}

async function tokensOf(picture: RowPicture, turns: Turns): Promise<Tokens> {
	const kinds: number[] = [];
	const values: number[] = [];
	let row = new Uint32Array(picture.width);
	let previous = new Uint32Array(picture.width);
	for (let y = 0; y < picture.height; y++) {
		picture.paintRow(y, row);
		for (let x = 0; x < row.length;) {
			const same = x === 0 ? 0 : runLength(row, x, index => row[index - 1]);
			const repeated = y === 0 ? 0 : runLength(row, x, index => previous[index]);
			const run = Math.max(same, repeated);
			kinds.push(run < 2 ? 0 : repeated >= same ? above : left);
			values.push(run < 2 ? (row[x] as number) : run);
			x += run < 2 ? 1 : run;
		}
		[row, previous] = [previous, row];
		await turns.next();
	}
	return { kinds, values };
}

function runLength(row: Uint32Array, from: number, pattern: (index: number) => number | undefined): number {
	const end = Math.min(row.length, from + maxRun);
	let index = from;
	while (index < end && row[index] === pattern(index)) {
		index++;
	}
	return index - from;
}

interface Coder {
	readonly codes: readonly number[];
	readonly lengths: readonly number[];
}
type Coders = Readonly<Record<Alphabet, Coder>>;

function writeCodes(bits: BitWriter, tokens: Tokens): Coders {
	const counts = countSymbols(tokens);
	const coder = (name: Alphabet) => writeCode(bits, counts[name]);
	// In the order of the format.
	return { green: coder('green'), red: coder('red'), blue: coder('blue'), alpha: coder('alpha'), distance: coder('distance') };
}

function countSymbols({ kinds, values }: Tokens): Readonly<Record<Alphabet, number[]>> {
	const empty = (name: Alphabet) => new Array<number>(alphabets[name]).fill(0);
	const counts = { green: empty('green'), red: empty('red'), blue: empty('blue'), alpha: empty('alpha'), distance: empty('distance') };
	const count = (name: Alphabet, symbol: number) => (counts[name][symbol] = (counts[name][symbol] ?? 0) + 1);
	kinds.forEach((kind, index) => {
		const value = values[index] as number;
		if (kind === 0) {
			channelsOf(value).forEach(([name, symbol]) => count(name, symbol));
		} else {
			count('green', firstLength + prefixOf(value).symbol);
			count('distance', prefixOf(kind).symbol);
		}
	});
	return counts;
}

function writeToken(bits: BitWriter, coders: Coders, kind: number, value: number): void {
	const put = (name: Alphabet, symbol: number) => bits.write(coders[name].codes[symbol] ?? 0, coders[name].lengths[symbol] ?? 0);
	if (kind === 0) {
		channelsOf(value).forEach(([name, symbol]) => put(name, symbol));
		return;
	}
	const { symbol, extra, extraBits } = prefixOf(value);
	put('green', firstLength + symbol);
	bits.write(extra, extraBits);
	put('distance', prefixOf(kind).symbol);
}

/** Channels of an RGBA word in the order of the format. */
function channelsOf(pixel: number): readonly (readonly [Alphabet, number])[] {
	return [
		['green', (pixel >> 8) & 0xff],
		['red', pixel & 0xff],
		['blue', (pixel >> 16) & 0xff],
		['alpha', pixel >>> 24],
	];
}

/** Lengths and distances are written as a symbol and some bits (RFC 9649, section 5.2.2). */
function prefixOf(value: number): { readonly symbol: number; readonly extra: number; readonly extraBits: number } {
	const rest = value - 1;
	if (rest < 4) {
		return { symbol: rest, extra: 0, extraBits: 0 };
	}
	const top = 31 - Math.clz32(rest);
	const extraBits = top - 1;
	return { symbol: 2 * top + ((rest >> extraBits) & 1), extra: rest & ((1 << extraBits) - 1), extraBits };
}

function writeCode(bits: BitWriter, counts: readonly number[]): Coder {
	const used = counts.flatMap((count, symbol) => (count > 0 ? [symbol] : []));
	const [only = 0] = used;
	if (used.length <= 1 && only < firstLength) {
		bits.write(0b101, 3); // simple, one symbol, of 8 bits: it takes no bit in the stream
		bits.write(only, 8);
		return { codes: counts.map(() => 0), lengths: counts.map(() => 0) };
	}
	const lengths = huffmanLengths(counts, 15);
	writeLengths(bits, lengths);
	return { codes: canonicalCodes(lengths), lengths };
}

/** The lengths of a code, themselves coded; runs of zeros are shortened (symbols 17 and 18). */
function writeLengths(bits: BitWriter, lengths: readonly number[]): void {
	const symbols = shortenZeros(lengths);
	const counts = new Array<number>(19).fill(0);
	symbols.forEach(({ symbol }) => (counts[symbol] = (counts[symbol] ?? 0) + 1));
	const ofLengths = huffmanLengths(counts, 7);
	const codes = canonicalCodes(ofLengths);
	bits.write(0, 1); // not simple
	bits.write(lengthOrder.length - 4, 4);
	lengthOrder.forEach(symbol => bits.write(ofLengths[symbol] ?? 0, 3));
	bits.write(0, 1); // all symbols of the alphabet follow
	const isAlone = symbols.every(({ symbol }) => symbol === symbols[0]?.symbol);
	for (const { symbol, extra, extraBits } of symbols) {
		bits.write(codes[symbol] ?? 0, isAlone ? 0 : (ofLengths[symbol] ?? 0));
		bits.write(extra, extraBits);
	}
}

function shortenZeros(lengths: readonly number[]): { symbol: number; extra: number; extraBits: number }[] {
	const symbols: { symbol: number; extra: number; extraBits: number }[] = [];
	for (let index = 0; index < lengths.length;) {
		const end = lengths.findIndex((length, at) => at >= index && length !== 0);
		const zeros = Math.min(138, (end < 0 ? lengths.length : end) - index);
		if (zeros < 3) {
			symbols.push({ symbol: lengths[index] ?? 0, extra: 0, extraBits: 0 });
			index++;
		} else {
			symbols.push(zeros <= 10 ? { symbol: 17, extra: zeros - 3, extraBits: 3 } : { symbol: 18, extra: zeros - 11, extraBits: 7 });
			index += zeros;
		}
	}
	return symbols;
}

class BitWriter {
	#bytes = new Uint8Array(64 * 1024);
	#length = 0;
	#pending = 0;
	#pendingBits = 0;

	write(value: number, count: number): void {
		this.#pending |= value << this.#pendingBits;
		this.#pendingBits += count;
		while (this.#pendingBits >= 8) {
			this.#put(this.#pending & 0xff);
			this.#pending >>>= 8;
			this.#pendingBits -= 8;
		}
	}

	finish(): Uint8Array {
		if (this.#pendingBits > 0) {
			this.#put(this.#pending & 0xff);
		}
		return this.#bytes.subarray(0, this.#length);
	}

	#put(byte: number): void {
		if (this.#length === this.#bytes.length) {
			const larger = new Uint8Array(2 * this.#bytes.length);
			larger.set(this.#bytes);
			this.#bytes = larger;
		}
		this.#bytes[this.#length++] = byte;
	}
}
