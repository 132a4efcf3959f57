import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Base64Decoder } from '../../../../src/providers/answer/base64Decoder';

/** Decodes `text` in the given pieces, each in its own place in memory as pieces of a body are. */
function decode(text: string, cuts: readonly number[] = []): { bytes: Buffer; isClean: boolean } {
	const decoder = new Base64Decoder();
	const source = Buffer.from(text, 'latin1');
	const bounds = [0, ...cuts.map(cut => Math.min(cut, source.length)).sort((a, b) => a - b), source.length];
	const pieces = bounds.slice(1).map((end, index) => {
		const piece = Uint8Array.from(source.subarray(bounds[index], end));
		return piece.subarray(0, decoder.decode(piece, 0, piece.length, 0));
	});
	return { bytes: Buffer.concat(pieces), isClean: decoder.isClean };
}

suite('Base64Decoder', () => {
	test('gives the bytes back, however the text is cut', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(420), { maxLength: 12 }), (bytes, cuts) => {
				const text = Buffer.from(bytes).toString('base64');
				assert.deepEqual(decode(text, cuts), { bytes: Buffer.from(bytes), isClean: true });
			}),
		);
	});

	for (const [name, text] of [
		['the URL alphabet', Buffer.from([251, 255, 191, 62, 63]).toString('base64url')],
		['no padding', '-_-_Pj8'],
		['white space', ' -_\n-_\r\nPj\t8= '],
	] as const) {
		test(`takes ${name}`, () => {
			const { bytes, isClean } = decode(text);
			assert.deepEqual(bytes.subarray(-2), Buffer.from([62, 63]));
			assert.equal(isClean, true);
		});
	}

	for (const text of ['AA*A', 'AA==AAAA', 'ÄAAA', 'AA,A']) {
		test(`notices that ${JSON.stringify(text)} is not base64`, () => {
			assert.equal(decode(text).isClean, false);
		});
	}

	test('stops before a quote and before a backslash', () => {
		for (const end of ['"', '\\']) {
			const decoder = new Base64Decoder();
			const bytes = Buffer.from(`QUJD${end}QUJD`);
			assert.equal(decoder.decode(bytes, 0, bytes.length, 0), 3);
			assert.equal(decoder.readTo, 4);
			assert.equal(bytes.toString('latin1', 0, 3), 'ABC');
		}
	});

	test('never writes over what is not read yet', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(3), (bytes, begun) => {
				const decoder = new Base64Decoder();
				const text = Buffer.from(Buffer.from(bytes).toString('base64'));
				const first = Uint8Array.from(text.subarray(0, begun));
				decoder.decode(first, 0, first.length, 0);
				const rest = Uint8Array.from(text.subarray(begun));
				assert.ok(decoder.decode(rest, 0, rest.length, 0) <= rest.length);
			}),
		);
	});
});
