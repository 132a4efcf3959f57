import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fileExtension, mediaType, sniffFormat, sniffLength } from '../../../../src/core/image/imageFormat';
import { formatSize } from '../../../../src/core/image/imageSize';
import { bytes, gif, jpeg, lossyChunk, png, webp } from './pictures';

suite('image formats', () => {
	for (const [format, extension, type, picture] of [
		['png', 'png', 'image/png', png()],
		['jpeg', 'jpg', 'image/jpeg', jpeg()],
		['webp', 'webp', 'image/webp', webp(lossyChunk(8, 8))],
		['gif', 'gif', 'image/gif', gif()],
	] as const) {
		test(`recognise ${format} by its first ${sniffLength} bytes, and name it .${extension} and ${type}`, () => {
			assert.equal(sniffFormat(picture.subarray(0, sniffLength)), format);
			assert.equal(fileExtension(format), extension);
			assert.equal(mediaType(format), type);
		});
	}

	test('are not recognised by less than their signature', () => {
		for (const [picture, length] of [
			[png(), 7],
			[jpeg(), 2],
			[webp(lossyChunk(8, 8)), 11],
			[gif(), 5],
		] as const) {
			assert.equal(sniffFormat(picture.subarray(0, length)), undefined);
		}
	});

	test('are not recognised in other data', () => {
		for (const other of [bytes('RIFFxxxxWAVE'), bytes('GIF88a'), bytes('GIF89b'), bytes([0x89], 'PNG\n\n\n\n'), bytes('<svg/>')]) {
			assert.equal(sniffFormat(other), undefined);
		}
		fc.assert(fc.property(fc.string({ maxLength: 20 }), text => assert.equal(sniffFormat(bytes([0x20], bytes(text))), undefined)));
	});
});

suite('formatSize', () => {
	test('writes a size as the Images API does', () => {
		assert.equal(formatSize({ width: 1536, height: 1024 }), '1536x1024');
	});
});
