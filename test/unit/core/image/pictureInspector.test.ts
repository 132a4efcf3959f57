import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { PictureFacts } from '../../../../src/core/image/imageFormat';
import { PictureInspector } from '../../../../src/core/image/pictureInspector';
import {
	big,
	bytes,
	canvasChunk,
	gif,
	jpeg,
	jpegSegment,
	lossyChunk,
	losslessChunk,
	png,
	pngChunk,
	pngSignature,
	webp,
	webpChunk,
} from './pictures';

function inspect(...pieces: readonly Uint8Array[]) {
	const inspector = new PictureInspector();
	for (const piece of pieces) {
		inspector.push(piece);
	}
	return inspector.finish();
}

function facts(changes: Partial<PictureFacts>): { ok: true; value: PictureFacts } {
	const usual = { width: 32, height: 16, isComplete: true, hasContentCredentials: false, hasAlphaChannel: false };
	return { ok: true, value: { format: 'png', ...usual, ...changes } };
}

const idat = pngChunk('IDAT', [1]);
const c2paSegment = jpegSegment(0xeb, bytes('JP', [0, 1], big(1, 4), 'jumb'));

/** Whole pictures, and what they say about themselves. */
const pictures: readonly (readonly [name: string, picture: Uint8Array, expected: Partial<PictureFacts>])[] = [
	['an opaque PNG', png(), {}],
	['a PNG with alpha', png({ width: 1536, height: 1024, colourType: 6 }), { width: 1536, height: 1024, hasAlphaChannel: true }],
	['a grey PNG with alpha', png({ colourType: 4 }), { hasAlphaChannel: true }],
	[
		'a palette PNG with transparent colours',
		png({ colourType: 3, before: [pngChunk('PLTE', [0, 0, 0]), pngChunk('tRNS', [0])] }),
		{ hasAlphaChannel: true },
	],
	['a PNG with Content Credentials', png({ before: [pngChunk('caBX', 'a manifest')] }), { hasContentCredentials: true }],
	['a PNG in several data chunks', png({ data: [idat, idat, pngChunk('IDAT'), pngChunk('tEXt', 'IEND')] }), {}],
	['a PNG with a manifest in the wrong place', png({ data: [idat, pngChunk('caBX', 'x')] }), {}],
	['a baseline JPEG', jpeg({ width: 3840, height: 2160 }), { format: 'jpeg', width: 3840, height: 2160 }],
	['a progressive JPEG', jpeg({ frame: 0xc2 }), { format: 'jpeg' }],
	['a JPEG with Content Credentials', jpeg({ segments: [c2paSegment, c2paSegment] }), { format: 'jpeg', hasContentCredentials: true }],
	['a JPEG with another APP11 segment', jpeg({ segments: [jpegSegment(0xeb, 'HDR')] }), { format: 'jpeg' }],
	['a JPEG with a thumbnail inside', jpeg({ segments: [jpegSegment(0xe1, jpeg({ width: 8, height: 8 }))] }), { format: 'jpeg' }],
	[
		'a JPEG with fill bytes',
		jpeg({ segments: [bytes([0xff, 0xff]), jpegSegment(0xfe, 'x')], scan: [7, 0xff, 0xff, 0xff] }),
		{ format: 'jpeg' },
	],
	[
		'a JPEG of two scans',
		jpeg({ scan: bytes([1, 2], jpegSegment(0xc4, [0, 1]), jpegSegment(0xda, [1, 1, 0, 0, 63, 0]), [3, 0xff, 0, 0xff, 0xd7]) }),
		{ format: 'jpeg' },
	],
	['a lossy WebP', webp(lossyChunk(1024, 1536)), { format: 'webp', width: 1024, height: 1536 }],
	['a lossless WebP', webp(losslessChunk(16384, 1, false)), { format: 'webp', width: 16384, height: 1 }],
	['a lossless WebP with alpha', webp(losslessChunk(2, 16384, true)), { format: 'webp', width: 2, height: 16384, hasAlphaChannel: true }],
	[
		'an extended WebP with everything',
		webp(canvasChunk(300, 200, 0x10), webpChunk('ALPH', [1, 2, 3]), lossyChunk(300, 200), webpChunk('C2PA', [1, 2, 3])),
		{ format: 'webp', width: 300, height: 200, hasAlphaChannel: true, hasContentCredentials: true },
	],
	[
		'an animated WebP',
		webp(canvasChunk(40, 30, 2), webpChunk('ANIM', [0, 0, 0, 0, 0, 0]), webpChunk('ANMF', [1, 2])),
		{ format: 'webp', width: 40, height: 30 },
	],
	['a GIF', gif({ width: 500, height: 300 }), { format: 'gif', width: 500, height: 300 }],
	['a GIF with a transparent colour', gif({ isTransparent: true }), { format: 'gif', hasAlphaChannel: true }],
];

suite('PictureInspector: whole pictures', () => {
	for (const [name, picture, expected] of pictures) {
		test(`reads ${name}`, () => {
			assert.deepEqual(inspect(picture), facts(expected));
		});
	}

	test('reads the same from any pieces', () => {
		const cuts = fc.array(fc.nat(), { maxLength: 20 });
		fc.assert(
			fc.property(fc.constantFrom(...pictures), cuts, ([, picture, expected], places) => {
				const offsets = [0, ...places.map(place => place % picture.length).sort((a, b) => a - b), picture.length];
				const pieces = offsets.slice(1).map((offset, index) => picture.slice(offsets[index], offset));
				assert.deepEqual(inspect(...pieces), facts(expected));
			}),
		);
	});

	test('reads the same byte by byte', () => {
		for (const [name, picture, expected] of pictures) {
			assert.deepEqual(inspect(...Array.from(picture, byte => Uint8Array.of(byte))), facts(expected), name);
		}
	});

	test('passes over the contents of a chunk of any length without looking', () => {
		const inspector = new PictureInspector();
		const length = 3 * 65_536;
		inspector.push(bytes(pngSignature, pngChunk('IHDR', bytes(big(64, 4), big(64, 4), [8, 2, 0, 0, 0])), big(length, 4), 'IDAT'));
		const piece = new Uint8Array(65_536).fill(0x49);
		for (let pushed = 0; pushed < length; pushed += piece.length) {
			inspector.push(piece);
		}
		inspector.push(bytes([0, 0, 0, 0], pngChunk('IEND')));
		assert.deepEqual(inspector.finish(), facts({ width: 64, height: 64 }));
	});
});

suite('PictureInspector: cut off and spoilt pictures', () => {
	test('calls every beginning of a picture incomplete, or too short to be one', () => {
		for (const [name, picture] of pictures) {
			for (let length = 0; length < picture.length; length++) {
				const result = inspect(picture.slice(0, length));
				assert.equal(!result.ok && result.failure.kind, length < 12 ? 'notAPicture' : 'incomplete', `${name}, ${length} bytes`);
			}
		}
	});

	test('tells how much of a picture there is', () => {
		const failure = { kind: 'incomplete', detail: 'a PNG picture that breaks off after 40 bytes' };
		assert.deepEqual(inspect(png().slice(0, 40)), { ok: false, failure });
	});

	test('refuses whatever follows the end', () => {
		for (const [name, picture] of pictures) {
			const failure = { kind: 'notAPicture', detail: 'a picture with something else behind its end' };
			assert.deepEqual(inspect(picture, bytes([10])), { ok: false, failure }, name);
			assert.deepEqual(inspect(bytes(picture, picture)), { ok: false, failure }, name);
		}
	});

	const header = jpegSegment(0xe0, 'JFIF');
	for (const [name, content, detail] of [
		[
			'a PNG whose first chunk is no header',
			bytes(pngSignature, pngChunk('IDAT', new Uint8Array(13)), pngChunk('IEND')),
			'a PNG picture without a header',
		],
		['a PNG without data', png({ data: [] }), 'a PNG picture without any pixels'],
		['a PNG with an impossible chunk', png({ data: [bytes([0xff, 0, 0, 0], 'IDAT')] }), 'a PNG picture with a broken chunk'],
		['a PNG with a nameless chunk', png({ data: [pngChunk('I\0AT')] }), 'a PNG picture with a broken chunk'],
		['a PNG with two headers', png({ data: [pngChunk('IHDR', [1])] }), 'a PNG picture with a broken chunk'],
		['a PNG of no width', png({ width: 0 }), 'a picture without any pixels'],
		['a PNG that is too wide', png({ width: 65_536, height: 1 }), 'a picture of 65536x1 pixels, which is larger than can be shown'],
		[
			'a PNG of too many pixels',
			png({ width: 16_385, height: 16_384 }),
			'a picture of 16385x16384 pixels, which is larger than can be shown',
		],
		[
			'a JPEG without a frame',
			bytes([0xff, 0xd8], header, jpegSegment(0xda, [0]), [1, 0xff, 0xd9]),
			'a JPEG picture without any pixels',
		],
		['a JPEG without a scan', bytes([0xff, 0xd8], header, [0xff, 0xd9], header), 'a JPEG picture without any pixels'],
		['a JPEG with a segment of length 1', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 1], header), 'a JPEG picture with a broken segment'],
		[
			'a JPEG with a short frame header',
			bytes([0xff, 0xd8], jpegSegment(0xc0, [8, 0, 1]), header),
			'a JPEG picture with a broken segment',
		],
		['a JPEG without a marker', bytes([0xff, 0xd8], header, [0, 0, 0]), 'a JPEG picture with a broken segment'],
		['a JPEG in a JPEG', bytes([0xff, 0xd8], header, [0xff, 0xd8], header), 'a JPEG picture with a broken segment'],
		['a WebP without chunks', bytes(webp(), [1]), 'a WebP picture without any pixels'],
		['a WebP with a canvas alone', webp(canvasChunk(3, 3, 0)), 'a WebP picture without any pixels'],
		['a WebP whose chunk is longer than itself', webp(bytes('VP8 ', [99, 0, 0, 0], 'xx')), 'a WebP picture with a broken chunk'],
		['a WebP with a rest', webp(lossyChunk(3, 3), bytes([1, 2])), 'a WebP picture with a broken chunk'],
		['a WebP without a start code', webp(webpChunk('VP8 ', 'no start code')), 'a WebP picture with a broken chunk'],
		['a lossless WebP without its signature', webp(webpChunk('VP8L', 'no signature')), 'a WebP picture with a broken chunk'],
		['a GIF without an image', bytes(gif().slice(0, 19), [0x3b]), 'a GIF picture without any pixels'],
		['a GIF with an unknown block', bytes(gif().slice(0, 19), [0x99]), 'a GIF picture with a broken block'],
	] as const) {
		test(`refuses ${name}`, () => {
			assert.deepEqual(inspect(content), { ok: false, failure: { kind: 'notAPicture', detail } });
		});
	}

	test('accepts the largest pictures that it allows', () => {
		assert.deepEqual(inspect(png({ width: 16_384, height: 16_384 })), facts({ width: 16_384, height: 16_384 }));
		assert.deepEqual(inspect(jpeg({ width: 65_535, height: 1 })), facts({ format: 'jpeg', width: 65_535, height: 1 }));
	});
});

suite('PictureInspector: other contents', () => {
	for (const [content, detail] of [
		['', 'nothing at all (0 bytes)'],
		['<!DOCTYPE html><html><body>Sign in</body></html>', 'an HTML page'],
		['\n\n<html lang="en">', 'an HTML page'],
		['<!-- blocked --><head></head>', 'an HTML page'],
		['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
		['\u00ef\u00bb\u00bf<?xml version="1.0"?>\n<!-- a -->\n<svg/>', 'an SVG drawing'],
		['<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>', 'an SVG drawing'],
		['<?xml version="1.0"?><!DOCTYPE html><html/>', 'an HTML page'],
		['<!-- a comment without an end <svg/>', 'a plain text'],
		// As many comments as fit, and nothing behind them: a page that is made to keep us busy for ever.
		['<!---->'.repeat(73), 'a plain text'],
		['<!---->'.repeat(72) + '<svg/>', 'an SVG drawing'],
		['<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'an XML document'],
		['{"error":{"message":"no"}}', 'a JSON text'],
		['[]', 'a JSON text'],
		['Bad gateway', 'a plain text'],
		['no', 'a plain text'],
		['event: error\ndata: {}\n\n', 'a stream of server-sent events'],
		['data:image/png;base64,iVBORw0KGgo=', 'a data URL in place of its bytes'],
		['iVBORw0KGgoAAAANSUhEUgAABAAAAAQACAIAAADwf7zUAAAgAElEQVR4nOy9d5hkV3Un', 'base64 text in place of its bytes'],
		['%PDF-1.7 and so on', 'a PDF document'],
		['\0\0\0\x1cftypavif\0\0\0\0', 'an AVIF picture'],
		['\0\0\0\x18ftypheic\0\0\0\0', 'a HEIC picture'],
		['\0\0\0\x18ftypisom\0\0\0\0', 'a video'],
		['BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00', 'a BMP picture'],
		['II*\0\x08\0\0\0\0\0\0\0\0', 'a TIFF picture'],
		['\x1f\x8b\x08\0\0\0\0\0\0\0\0\0', 'compressed data'],
		['\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04', 'data of an unknown kind'],
		['RIFF\x24\0\0\0WAVEfmt ', 'data of an unknown kind'],
		['\xff\xd8\xff\xd9', 'a picture of only 4 bytes'],
	] as const) {
		test(`calls ${JSON.stringify(content.slice(0, 40))} ${detail}`, () => {
			assert.deepEqual(inspect(bytes(content)), { ok: false, failure: { kind: 'notAPicture', detail } });
		});
	}

	test('never throws, whatever the bytes are', () => {
		const beginnings = [[], pngSignature, [0xff, 0xd8, 0xff], [...bytes('GIF89a')], [...bytes('RIFF', [40, 0, 0, 0], 'WEBP')]];
		fc.assert(
			fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }), (beginning, rest) => {
				const result = inspect(Uint8Array.from(beginning), rest);
				assert.ok(result.ok || result.failure.detail.length > 0);
			}),
			{ numRuns: 1000 },
		);
	});

	test('never throws for a picture with spoilt bytes, and gives the same answer in one piece and in many', () => {
		const spoiling = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(fc.constantFrom(...pictures), spoiling, ([, picture], changes) => {
				const spoilt = picture.slice();
				for (const [place, byte] of changes) {
					spoilt[place % spoilt.length] = byte;
				}
				assert.deepEqual(inspect(...Array.from(spoilt, byte => Uint8Array.of(byte))), inspect(spoilt));
			}),
			{ numRuns: 500 },
		);
	});
});
