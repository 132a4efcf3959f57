import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { normalizeBody, readBody } from '../../../../src/core/prompt/promptBody';

suite('readBody', () => {
	test('knows for each character that is kept where it stood', () => {
		const piece = fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '<!--', '-->', '<!-- c -->', '\\', '+++');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 15 }), fc.constantFrom('', '---\n---\n'), (pieces, before) => {
				const source = before + pieces.join('');
				const body = readBody(source, { start: before.length, end: source.length });
				for (let offset = 0; offset < body.text.length; offset++) {
					assert.equal(source[body.sourceOffset(offset)], body.text[offset]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('keeps a body without comments as it is', () => {
		const body = readBody('A\r\n B ', { start: 0, end: 6 });
		assert.equal(body.text, 'A\r\n B ');
		assert.deepEqual(body.problems, []);
	});

	for (const [source, text] of [
		['<!-- a -->\nB', 'B'],
		['A\n<!-- a --><!-- b -->\nB', 'A\n\nB'],
		['A\n  <!-- a\n b -->  \nB', 'A\nB'],
		['A\n<!-- a\n b --> C\nB', 'A\n C\nB'],
		['A <!-- a\n b -->\nB', 'A \nB'],
		['A <!-- a --> B <!-- b -->', 'A  B '],
		['\\<!-- a --> <!-- b -->', '\\<!-- a --> '],
	] as const) {
		test(`drops the comments of ${JSON.stringify(source)}`, () => {
			assert.equal(readBody(source, { start: 0, end: source.length }).text, text);
		});
	}

	test('is done at once with a line of half a million characters full of comments', () => {
		const source = '<!---->a'.repeat(70_000);
		assert.equal(readBody(source, { start: 0, end: source.length }).text, 'a'.repeat(70_000));
	});

	test('looks no further than the body', () => {
		assert.equal(readBody('A <!-- b --> c', { start: 0, end: 8 }).problems.length, 1);
		assert.equal(readBody('<!-- a --> b', { start: 11, end: 12 }).text, 'b');
	});
});

suite('normalizeBody', () => {
	test('uses line feeds and leaves no white space around the text', () => {
		assert.equal(normalizeBody('\r\n\t A\r\nB\rC\n D \n\n'), 'A\nB\nC\n D');
	});
});
