import * as assert from 'node:assert/strict';
import { sniffFormat } from '../../src/core/image/imageFormat';
import { PictureInspector } from '../../src/core/image/pictureInspector';
import * as fakes from '../fakes/pictures';
import { pieces } from '../unit/providers/answer/recordingHandler';
import * as built from '../unit/core/image/pictures';
import { fuzzTarget, nastyTokens, sample } from './fuzzTarget';

const credentials = { width: 24, height: 16, contentCredentials: true } as const;

/** Bytes that say they are pictures. */
export const target = fuzzTarget({
	samples: [
		fakes.pngPicture(credentials),
		fakes.pngPicture({ width: 8, height: 8, transparent: true }),
		fakes.jpegPicture(credentials),
		fakes.webpPicture({ ...credentials, transparent: true }),
		fakes.webpPicture({ width: 9, height: 7 }),
		built.png(),
		built.jpeg({ frame: 0xc2 }),
		built.webp(
			built.canvasChunk(32, 16, 0x10),
			built.webpChunk('ICCP', [1, 2, 3]),
			built.losslessChunk(32, 16, true),
			built.webpChunk('EXIF', [1]),
		),
		built.webp(built.lossyChunk(32, 16)),
		built.gif({ isTransparent: true }),
		built.gif(),
		sample('<?xml version="1.0"?><!-- x --><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"/>'),
		sample('<!doctype html><title>Bad gateway</title>'),
		sample('%PDF-1.7 and so on'),
		sample('data:image/png;base64,iVBORw0KGgo='),
	].map(bytes => Uint8Array.from(bytes)),
	tokens: [
		...nastyTokens,
		...[
			'IHDR',
			'IDAT',
			'IEND',
			'caBX',
			'PLTE',
			'tRNS',
			'acTL',
			'RIFF',
			'WEBP',
			'VP8 ',
			'VP8L',
			'VP8X',
			'ANIM',
			'ANMF',
			'C2PA',
			'ALPH',
			'GIF89a',
			'GIF87a',
		],
		...[
			'\0\0\0\0',
			'\0\0\0\r',
			'\x7f\x7f\x7f\x7f',
			'\0\0\0\u0001',
			'<!--',
			'-->',
			'<svg',
			'<?xml',
			'%PDF',
			'ftypavif',
			'JFIF\0',
			'JP\0\u0001',
			'\0;',
			'!\xff',
		],
	],
	reach: { whole: 5, incomplete: 5, notAPicture: 30 },
	run(input, random) {
		const whole = inspect(input);
		const cuts = random.once(4)
			? Array.from(input, (_, index) => index)
			: Array.from({ length: random.below(9) }, () => random.below(input.length));
		assert.deepEqual(inspect(input, cuts), whole, `cut at ${cuts.join()}`);
		if (!whole.ok) {
			assert.ok(whole.failure.detail.length > 0 && whole.failure.detail.length < 200, whole.failure.detail);
			return whole.failure.kind;
		}
		const { width, height, format, isComplete } = whole.value;
		assert.ok(
			isComplete && width > 0 && height > 0 && width <= 65_535 && height <= 65_535 && width * height <= 2 ** 28,
			`${width}x${height}`,
		);
		assert.equal(format, sniffFormat(input));
		assert.equal(inspect(input.subarray(0, -1)).ok, false, 'a picture without its last byte is whole');
		assert.equal(inspect(Uint8Array.of(...input, 0)).ok, false, 'a picture with a byte behind its end is whole');
		return 'whole';
	},
});

function inspect(input: Uint8Array, cuts: readonly number[] = []) {
	const inspector = new PictureInspector();
	pieces(input, cuts).forEach(piece => inspector.push(piece));
	return inspector.finish();
}
