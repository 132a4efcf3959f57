import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lineBreakOf, lineFrom, linesBetween, lineStart } from '../../../../src/core/prompt/textLines';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\r'), maxLength: 30 });

suite('lines of a text', () => {
	for (const [source, expected] of [
		['', []],
		['a', ['a']],
		['a\nb', ['a', 'b']],
		['a\r\nb\r\n', ['a', 'b']],
		['\n\n', ['', '']],
		['\r\n', ['']],
		['a\rb\n', ['a\rb']],
		['a\r', ['a\r']],
	] as const) {
		test(`of ${JSON.stringify(source)} are ${JSON.stringify(expected)}`, () => {
			const lines = [...linesBetween(source, 0, source.length)];
			assert.deepEqual(
				lines.map(({ start, end }) => source.slice(start, end)),
				expected,
			);
		});
	}

	test('follow each other without a gap, and end where they are told to', () => {
		fc.assert(
			fc.property(text, fc.nat(30), fc.nat(30), (source, a, b) => {
				const [from = 0, limit = 0] = [Math.min(a, source.length), Math.min(b, source.length)].sort((x, y) => x - y);
				let at = from;
				for (const { start, end, next } of linesBetween(source, from, limit)) {
					assert.ok(start === at && start <= end && end <= next && start < next);
					at = next;
				}
				assert.equal(at, limit);
			}),
			{ seed: 51 },
		);
	});

	test('begin where lineStart says', () => {
		fc.assert(
			fc.property(text, source => {
				for (const { start, next } of linesBetween(source, 0, source.length)) {
					for (let offset = start; offset < next; offset++) {
						assert.equal(lineStart(source, offset), start);
					}
				}
			}),
			{ seed: 52 },
		);
	});

	test('are cut off where the part of the text that counts ends', () => {
		assert.deepEqual(lineFrom('abc\nd', 1, 2), { start: 1, end: 2, next: 2 });
		assert.deepEqual(lineFrom('abc\nd', 1, 3), { start: 1, end: 3, next: 3 });
		assert.deepEqual(lineFrom('abc\nd', 1, 4), { start: 1, end: 3, next: 4 });
	});

	for (const [source, expected] of [
		['', '\n'],
		['a', '\n'],
		['a\nb\r\n', '\n'],
		['a\r\nb\n', '\r\n'],
		['\n', '\n'],
		['\r\n', '\r\n'],
	] as const) {
		test(`break with ${JSON.stringify(expected)} in ${JSON.stringify(source)}`, () => {
			assert.equal(lineBreakOf(source), expected);
		});
	}
});
