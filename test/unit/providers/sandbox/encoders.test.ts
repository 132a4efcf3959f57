import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PictureInspector } from '../../../../src/core/image/pictureInspector';
import { canonicalCodes, huffmanLengths } from '../../../../src/providers/sandbox/huffmanCode';
import { encodeJpeg } from '../../../../src/providers/sandbox/jpegEncoder';
import { createPlaceholder } from '../../../../src/providers/sandbox/placeholder';
import type { RowPicture } from '../../../../src/providers/sandbox/placeholder';
import { encodePng } from '../../../../src/providers/sandbox/pngEncoder';
import type { ByteSink } from '../../../../src/providers/sandbox/pngEncoder';
import { StoppedError, Turns } from '../../../../src/providers/sandbox/turns';
import { encodeWebp } from '../../../../src/providers/sandbox/webpEncoder';
import { decodePng } from './decodePng';
import { decodeWebp } from './decodeWebp';

const turns = () => new Turns(new AbortController().signal);

async function bytesOf(encode: (sink: ByteSink) => Promise<void>): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	await encode(bytes => void parts.push(Uint8Array.from(bytes)));
	return Buffer.concat(parts);
}

function pictureOf(width: number, pixels: readonly number[], hasAlpha = true): RowPicture {
	return { width, height: pixels.length / width, hasAlpha, paintRow: (y, row) => row.set(pixels.slice(y * width, (y + 1) * width)) };
}

function wordsOf(picture: RowPicture): Uint32Array {
	const words = new Uint32Array(picture.width * picture.height);
	const row = new Uint32Array(picture.width);
	for (let y = 0; y < picture.height; y++) {
		picture.paintRow(y, row);
		words.set(row, y * picture.width);
	}
	return words;
}

const placeholder = (transparent: boolean, width = 203, height = 117) =>
	createPlaceholder({ width, height, model: 'gpt-image-2', prompt: 'A boat', transparent, candidate: 0, coarseness: 1 });

/** Few colours in runs, as placeholders have them, or no order at all. */
const pixels = fc.integer({ min: 1, max: 40 }).chain(width => {
	const word = fc.nat(0xffffffff);
	const few = fc
		.array(word, { minLength: 1, maxLength: 4 })
		.chain(colours =>
			fc
				.array(fc.tuple(fc.nat(3), fc.nat(60)), { minLength: 1, maxLength: 30 })
				.map(runs => runs.flatMap(([colour, length]) => new Array<number>(length + 1).fill(colours[colour % colours.length] ?? 0))),
		);
	return fc.oneof(few, fc.array(word, { minLength: 1, maxLength: 400 })).map(words => {
		const height = Math.max(1, Math.floor(words.length / width));
		return { width, words: Array.from({ length: width * height }, (_, index) => words[index] ?? 0) };
	});
});

suite('encodePng', () => {
	for (const transparent of [false, true]) {
		test(`gives the pixels back, ${transparent ? 'with' : 'without'} alpha`, async () => {
			const picture = placeholder(transparent);
			const decoded = decodePng(await bytesOf(sink => encodePng(picture, sink, turns())));
			const channels = transparent ? 4 : 3;
			const expected = Buffer.from(
				Array.from(wordsOf(picture), word =>
					[word & 0xff, (word >> 8) & 0xff, (word >> 16) & 0xff, word >>> 24].slice(0, channels),
				).flat(),
			);
			assert.deepEqual(decoded, { width: 203, height: 117, channels, pixels: expected });
		});
	}

	test('tells when the sink fails', async () => {
		const error = new Error('full');
		await assert.rejects(
			encodePng(placeholder(false, 2000, 2000), bytes => (bytes.length > 100 ? Promise.reject(error) : undefined), turns()),
			error,
		);
	});
});

suite('encodeWebp', () => {
	test('gives any pixels back', async () => {
		await fc.assert(
			fc.asyncProperty(pixels, async ({ width, words }) => {
				const picture = pictureOf(width, words);
				const file = await bytesOf(sink => encodeWebp(picture, sink, turns()));
				assert.deepEqual(decodeWebp(file), { width, height: picture.height, pixels: Uint32Array.from(words) });
			}),
		);
	});

	test('gives the pixels of a placeholder back, and is small', async () => {
		const picture = placeholder(true, 1024, 1024);
		const file = await bytesOf(sink => encodeWebp(picture, sink, turns()));
		assert.deepEqual(Buffer.from(decodeWebp(file).pixels.buffer).equals(Buffer.from(wordsOf(picture).buffer)), true);
		assert.ok(file.length < 40_000);
	});

	test('codes a run that is longer than one token can say', async () => {
		const words = new Array<number>(10_000).fill(0xff112233);
		const file = await bytesOf(sink => encodeWebp(pictureOf(10_000, words), sink, turns()));
		assert.deepEqual(decodeWebp(file).pixels, Uint32Array.from(words));
		assert.ok(file.length < 120);
	});
});

suite('encodeJpeg', () => {
	for (const [width, height, quality] of [
		[1, 1, 100],
		[203, 117, 90],
		[64, 64, 1],
		[33, 8, 50],
	] as const) {
		test(`writes a whole picture of ${width}×${height} at quality ${quality}`, async () => {
			const file = await bytesOf(sink => encodeJpeg(placeholder(false, width, height), quality, sink, turns()));
			const inspector = new PictureInspector();
			inspector.push(file);
			assert.deepEqual(inspector.finish(), {
				ok: true,
				value: { width, height, format: 'jpeg', isComplete: true, hasContentCredentials: false, hasAlphaChannel: false },
			});
		});
	}

	test('is smaller when it may be worse', async () => {
		const sizes = await Promise.all(
			[10, 50, 95].map(async quality => (await bytesOf(sink => encodeJpeg(placeholder(false), quality, sink, turns()))).length),
		);
		assert.deepEqual(
			sizes,
			sizes.toSorted((a, b) => a - b),
		);
	});

	test('stuffs every 0xFF of the picture with a zero', async () => {
		const file = await bytesOf(sink => encodeJpeg(placeholder(false, 300, 300), 100, sink, turns()));
		const scan = file.subarray(file.indexOf(Buffer.from([0xff, 0xda])) + 14, -2);
		for (let at = scan.indexOf(0xff); at >= 0; at = scan.indexOf(0xff, at + 1)) {
			assert.equal(scan[at + 1], 0);
		}
	});
});

suite('huffmanLengths', () => {
	test('make a complete code that is not too long', () => {
		const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(5), fc.integer({ min: 1, max: 10_000_000 })), {
			minLength: 2,
			maxLength: 60,
		});
		fc.assert(
			fc.property(counts, fc.integer({ min: 6, max: 15 }), (each, maxLength) => {
				fc.pre(each.filter(count => count > 0).length > 1);
				const lengths = huffmanLengths(each, maxLength);
				assert.ok(Math.max(...lengths) <= maxLength);
				assert.deepEqual(
					lengths.map(length => length > 0),
					each.map(count => count > 0),
				);
				assert.equal(
					lengths.reduce((sum, length) => sum + (length === 0 ? 0 : 2 ** -length), 0),
					1,
				);
			}),
		);
	});

	test('give rare symbols the longer codes', () => {
		assert.deepEqual(huffmanLengths([1, 100, 0, 10, 1], 15), [3, 1, 0, 2, 3]);
	});

	test('are written with the lowest bit first', () => {
		assert.deepEqual(canonicalCodes([2, 1, 3, 3]), [0b01, 0b0, 0b011, 0b111]);
	});
});

suite('Turns', () => {
	test('stop the work when it is not wanted any more', async () => {
		const controller = new AbortController();
		const work = encodePng(placeholder(false, 3840, 2160), () => undefined, new Turns(controller.signal));
		setTimeout(() => controller.abort(), 5);
		await assert.rejects(work, StoppedError);
	});
});
