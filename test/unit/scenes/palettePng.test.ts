import * as assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import { pngPicture } from '../../fakes/pictures';
import { asPalettePng, readPng } from '../../scenes/palettePng';

suite('pictures with a palette', () => {
	test('reads every filter of a row', () => {
		const rows = [
			[0, 10, 20, 30, 40, 50, 60],
			[1, 10, 20, 30, 5, 5, 5],
			[2, 1, 1, 1, 1, 1, 1],
			[3, 1, 1, 1, 1, 1, 1],
			[4, 1, 2, 3, 250, 251, 252],
		];
		const read = readPng(rewritten(pngPicture({ width: 2, height: rows.length }), Buffer.from(rows.flat())));
		assert.deepEqual(
			[...read.rgb],
			[
				...[10, 20, 30, 40, 50, 60],
				...[10, 20, 30, 15, 25, 35],
				...[11, 21, 31, 16, 26, 36],
				...[6, 11, 16, 12, 19, 27],
				...[7, 13, 19, 6, 14, 23],
			],
		);
	});

	test('keeps size and colours of a picture with few colours', () => {
		const rows = Buffer.from([0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 1, 2, 3]);
		const png = rewritten(pngPicture({ width: 2, height: 2 }), rows);
		const palette = asPalettePng(png);
		assert.equal(palette[25], 3, 'the colour type is not palette');
		assert.deepEqual(readPalettePng(palette), [...readPng(png).rgb]);
	});

	test('leaves the most used colours alone and brings the others close', () => {
		const width = 600;
		const colours = Array.from({ length: width }, (_, x) => [x % 256, (x * 7) % 256, 128]);
		const used = Array.from({ length: width }, () => [1, 2, 3]);
		const rows = Buffer.from([0, ...colours.flat(), 0, ...used.flat()]);
		const result = readPalettePng(asPalettePng(rewritten(pngPicture({ width, height: 2 }), rows)));
		assert.deepEqual(result.slice(width * 3), used.flat());
		const worst = Math.max(...colours.flat().map((value, index) => Math.abs(value - (result[index] ?? 0))));
		assert.ok(worst <= 24, `off by ${worst}`);
	});

	test('refuses what it can’t read', () => {
		assert.throws(() => readPng(asPalettePng(pngPicture({ width: 4, height: 4 }))), /eight bits per channel/);
	});
});

/** The same picture with other rows, each with the number of its filter before it. */
function rewritten(png: Buffer, rows: Buffer): Buffer {
	const at = png.indexOf('IDAT', 0, 'latin1') - 4;
	const data = deflateSync(rows);
	const head = Buffer.alloc(8);
	head.writeUInt32BE(data.length, 0);
	head.write('IDAT', 4, 'latin1');
	return Buffer.concat([png.subarray(0, at), head, data, Buffer.alloc(4), png.subarray(at + 12 + png.readUInt32BE(at))]);
}

/** Red, green and blue of every pixel, looked up. */
function readPalettePng(png: Buffer): number[] {
	const width = png.readUInt32BE(16);
	const paletteAt = png.indexOf('PLTE', 0, 'latin1');
	const colours = png.subarray(paletteAt + 4, paletteAt + 4 + png.readUInt32BE(paletteAt - 4));
	const dataAt = png.indexOf('IDAT', 0, 'latin1');
	const rows = inflateSync(png.subarray(dataAt + 4, dataAt + 4 + png.readUInt32BE(dataAt - 4)));
	return [...rows].flatMap((index, at) => (at % (width + 1) === 0 ? [] : [...colours.subarray(index * 3, index * 3 + 3)]));
}
