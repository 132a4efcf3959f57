import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { paletteOf } from '../../../../src/providers/sandbox/palette';
import { createPlaceholder } from '../../../../src/providers/sandbox/placeholder';
import type { PlaceholderOptions } from '../../../../src/providers/sandbox/placeholder';
import { drawLine, lineWidth } from '../../../../src/providers/sandbox/pixelFont';

const usual: PlaceholderOptions = {
	width: 640,
	height: 400,
	model: 'gpt-image-2',
	prompt: 'A boat',
	transparent: false,
	candidate: 0,
	coarseness: 1,
};

function paint(options: Partial<PlaceholderOptions>): { readonly words: Uint32Array; readonly width: number; readonly height: number } {
	const picture = createPlaceholder({ ...usual, ...options });
	const words = new Uint32Array(picture.width * picture.height);
	for (let y = 0; y < picture.height; y++) {
		const row = new Uint32Array(picture.width);
		picture.paintRow(y, row);
		words.set(row, y * picture.width);
	}
	return { words, width: picture.width, height: picture.height };
}

function print(text: string): string[] {
	return drawLine(text).map(runs => {
		const row = new Array<string>(lineWidth(text)).fill('.');
		runs.forEach(([from, to]) => row.fill('#', from, to));
		return row.join('');
	});
}

suite('the pixel font', () => {
	const below = ['...........', '...........'];

	test('draws letters', () => {
		assert.deepEqual(print('SA'), [
			'.####..###.',
			'#.....#...#',
			'#.....#...#',
			'.###..#####',
			'....#.#...#',
			'....#.#...#',
			'####..#...#',
			...below,
		]);
	});

	test('sets letters on one line, and lets those hang below it that do so in every font', () => {
		assert.deepEqual(print('opq'), [
			'.................',
			'.................',
			'.###..####...####',
			'#...#.#...#.#...#',
			'#...#.#...#.#...#',
			'#...#.#...#.#...#',
			'.###..####...####',
			'......#.........#',
			'......#.........#',
		]);
		const hanging = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).filter(
			character => print(character).slice(7).join('') !== '.'.repeat(10),
		);
		assert.deepEqual(hanging, ['g', 'j', 'p', 'q', 'y']);
	});

	test('draws every character of ASCII, and no two of them alike', () => {
		const glyphs = Array.from({ length: 95 }, (_, index) => print(String.fromCharCode(0x20 + index)).join('\n'));
		assert.equal(new Set(glyphs).size, 95);
	});

	test('drops accents', () => {
		assert.deepEqual(print('Žluťoučký'), print('Zlutoucky'));
	});

	test('stands in for typographic marks', () => {
		assert.deepEqual(print('“a–b”'), print('"a-b"'));
	});

	test('draws a box where it has no letter', () => {
		assert.deepEqual(print('鉄'), ['#####', '#...#', '#...#', '#...#', '#...#', '#...#', '#####', '.....', '.....']);
		assert.equal(lineWidth('😀'), 5);
	});

	test('gives every printable character of ASCII a shape of its own', () => {
		const shapes = Array.from({ length: 94 }, (_, index) => print(String.fromCharCode(0x21 + index)).join());
		assert.equal(new Set(shapes).size, 94);
		assert.ok(shapes.every(shape => shape.includes('#')));
	});
});

suite('the placeholder', () => {
	test('is the same for the same request, and another one for another', () => {
		const one = paint({});
		assert.deepEqual(paint({}), one);
		for (const other of [{ prompt: 'A ship' }, { model: 'gpt-image-1' }, { candidate: 1 }, { width: 641 }]) {
			assert.notDeepEqual(paint(other).words, one.words);
		}
	});

	test('fills every pixel, whatever the size', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.integer({ min: 1, max: 300 }),
				fc.string(),
				fc.constantFrom(1, 2, 7, 40),
				(width, height, prompt, coarseness) => {
					const { stripe, otherStripe, panel, ink } = paletteOf(prompt, 0, false);
					const colours = [stripe, otherStripe, panel, ink];
					assert.ok(paint({ width, height, prompt, coarseness }).words.every(word => colours.includes(word)));
				},
			),
			{ numRuns: 50 },
		);
	});

	test('says SANDBOX so that it can be read', () => {
		const { words, width, height } = paint({});
		const { ink } = paletteOf(usual.prompt, 0, false);
		const rows = Array.from({ length: height }, (_, y) =>
			Array.from(words.subarray(y * width, (y + 1) * width), word => (word === ink ? '#' : '.')).join(''),
		);
		const scale = 9;
		const top = drawLine('SANDBOX').map(runs => runs.map(([from, to]) => [from * scale, to * scale]));
		const place = rows.findIndex((_, y) => {
			const left = (rows[y] ?? '').indexOf('#'.repeat(4 * scale));
			return (
				left >= 0 &&
				top.every((runs, row) =>
					runs.every(
						([from = 0, to = 0]) =>
							(rows[y + row * scale] ?? '').slice(left - scale + from, left - scale + to) === '#'.repeat(to - from),
					),
				)
			);
		});
		assert.ok(place > 0);
	});

	test('is transparent in stripes when that is asked for', () => {
		const { words } = paint({ transparent: true });
		const holes = words.filter(word => word === 0).length / words.length;
		assert.ok(holes > 0.1 && holes < 0.6);
		assert.ok(paint({}).words.every(word => word >>> 24 === 0xff));
	});

	test('is made of blocks as long as it is not finished', () => {
		const { words, width } = paint({ coarseness: 16 });
		for (const [x, y] of [
			[0, 0],
			[320, 192],
			[624, 384],
		] as const) {
			const corner = words[y * width + x];
			assert.ok(
				Array.from({ length: 256 }, (_, index) => words[(y + (index >> 4)) * width + x + (index & 15)]).every(
					word => word === corner,
				),
			);
		}
	});
});
