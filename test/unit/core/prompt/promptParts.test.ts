import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { splitPrompt } from '../../../../src/core/prompt/promptParts';
import { lineBreakOf, lineFrom, linesBetween, lineStart } from '../../../../src/core/prompt/textLines';
import { sliceOf } from './support';

/** Front matter and body as texts; `undefined` when there is no front matter. */
function split(text: string): readonly [frontMatter: string | undefined, body: string, isClosed: boolean] {
	const { frontMatter, body, isClosed } = splitPrompt(text);
	return [frontMatter && sliceOf(text, frontMatter), sliceOf(text, body), isClosed];
}

suite('splitPrompt', () => {
	for (const [text, frontMatter, body, isClosed] of [
		['', undefined, '', true],
		['A', undefined, 'A', true],
		['\uFEFFA', undefined, 'A', true],
		['---', '', '', false],
		['---\n', '', '', false],
		['---\n---', '', '', true],
		['---\n---\n', '', '', true],
		['---\na: b\n---\nA\n', 'a: b\n', 'A\n', true],
		['---\r\na: b\r\n---\r\nA', 'a: b\r\n', 'A', true],
		['\uFEFF---\na: b\n---\nA', 'a: b\n', 'A', true],
		['--- \na: b\n---\t\nA', 'a: b\n', 'A', true],
		['---\na: b\n---\n---\nA', 'a: b\n', '---\nA', true],
		['---\na: b\n--- x\nA', 'a: b\n', '--- x\nA', false],
		['---\na: b\n----\nA', 'a: b\n', '----\nA', false],
		['---\na: |\n  b\n  ---\n  c\n---\nA', 'a: |\n  b\n  ---\n  c\n', 'A', true],
		['  ---\n  a: b\n  ---\nA', '  a: b\n', 'A', true],
		['  ---\n  a: b\n---\nA', '  a: b\n', 'A', true],
		['    ---\n    a: b\n    ---\nA', undefined, '    ---\n    a: b\n    ---\nA', true],
		[' \n---\na: b\n---\nA', undefined, ' \n---\na: b\n---\nA', true],
		['+++\na = b\n+++\nA', undefined, '+++\na = b\n+++\nA', true],
	] as const) {
		test(`finds the front matter of ${JSON.stringify(text)}`, () => {
			assert.deepEqual(split(text), [frontMatter, body, isClosed]);
		});
	}

	for (const [name, text, frontMatter, body] of [
		['keys', '---\na: b\nc:d\nA cat', 'a: b\nc:d\n', 'A cat'],
		['quoted keys', '---\n"a": b\nA cat', '"a": b\n', 'A cat'],
		['comments', '---\n# x\na: b\nA cat', '# x\na: b\n', 'A cat'],
		['indented lines', '---\na:\n  b: c\n  - d\nA cat', 'a:\n  b: c\n  - d\n', 'A cat'],
		['lists', '---\na:\n- b\nA cat', 'a:\n- b\n', 'A cat'],
		['blank lines between keys, and not those behind them', '---\na: b\n\nc: d\n\n\nA cat', 'a: b\n\nc: d\n', '\n\nA cat'],
		['nothing at all', '---\nA cat: sitting\n\nB', '', 'A cat: sitting\n\nB'],
	] as const) {
		test(`without an end takes ${name} for the front matter`, () => {
			assert.deepEqual(split(text), [frontMatter, body, false]);
		});
	}

	test('gives parts that make up the whole text', () => {
		const line = fc.constantFrom('---', '  ---', '--- ', 'a: b', '  c', '', '# d', 'A cat', '----', '- e');
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 10 }),
				fc.constantFrom('\n', '\r\n'),
				fc.constantFrom('', '\uFEFF'),
				(lines, lineBreak, mark) => {
					const text = mark + lines.join(lineBreak);
					const { frontMatter, opening, body, isClosed } = splitPrompt(text);
					assert.equal(body.end, text.length);
					if (!frontMatter || !opening) {
						assert.equal(body.start, mark.length);
						return;
					}
					assert.equal(sliceOf(text, opening), '---');
					const between = text.slice(frontMatter.end, body.start);
					assert.match(between, isClosed ? /^ {0,3}---[ \t]*\r?\n?$/ : /^$/);
					assert.match(text.slice(mark.length, frontMatter.start), /^ {0,3}---[ \t]*\r?\n?$/);
				},
			),
		);
	});
});

suite('text lines', () => {
	test('begin and end around every kind of line break that an editor writes', () => {
		const text = 'a\r\n\nbc\r\nd';
		const lines = [...linesBetween(text, 0, text.length)].map(({ start, end, next }) => [text.slice(start, end), next]);
		assert.deepEqual(lines, [
			['a', 3],
			['', 4],
			['bc', 8],
			['d', 9],
		]);
	});

	test('do not count the nothing behind a last line break', () => {
		assert.equal([...linesBetween('a\n', 0, 2)].length, 1);
		assert.deepEqual([...linesBetween('', 0, 0)], []);
	});

	test('are cut off at a limit', () => {
		assert.deepEqual(lineFrom('abc\ndef', 1, 2), { start: 1, end: 2, next: 2 });
		assert.deepEqual(lineFrom('abc\ndef', 4, 7), { start: 4, end: 7, next: 7 });
	});

	for (const [text, offset, start] of [
		['abc', 2, 0],
		['a\nbc', 1, 0],
		['a\nbc', 2, 2],
		['a\nbc', 4, 2],
		['', 0, 0],
	] as const) {
		test(`know that the line of offset ${offset} in ${JSON.stringify(text)} begins at ${start}`, () => {
			assert.equal(lineStart(text, offset), start);
		});
	}

	test('tell which line break a text uses', () => {
		assert.equal(lineBreakOf('a'), '\n');
		assert.equal(lineBreakOf('a\nb\r\n'), '\n');
		assert.equal(lineBreakOf('a\r\nb\n'), '\r\n');
		assert.equal(lineBreakOf('\nb'), '\n');
	});
});
