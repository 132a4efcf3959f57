import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits, printPrompt, removeKey, setKey, setVariable } from '../../../../src/core/prompt/editPrompt';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { promptFromValues } from '../../../../src/core/prompt/promptFromValues';
import { errorsOf, valuesOf } from './support';

function afterSetting(text: string, key: Parameters<typeof setKey>[1], value: string): string {
	return applyEdits(text, [setKey(parsePrompt(text), key, value)]);
}

function afterRemoving(text: string, key: string): string | undefined {
	const edit = removeKey(parsePrompt(text), key);
	return edit && applyEdits(text, [edit]);
}

/** Front matter lines in many styles, each with the value that it stands for. */
const styledLines = [
	['connection: work', 'connection', 'work'],
	["connection: 'my work' # where", 'connection', 'my work'],
	['"model": "gpt-image-2"', 'model', 'gpt-image-2'],
	['size:   auto   # as it comes', 'size', 'auto'],
	['size:\n  auto', 'size', 'auto'],
	['quality : high', 'quality', 'high'],
	['alt: |\n  Two lines\n  of text', 'alt', 'Two lines\nof text\n'],
	['alt: >-\n  Two lines\n  of text', 'alt', 'Two lines of text'],
	['alt: plain\n  over two lines', 'alt', 'plain over two lines'],
	['n: !!int 3', 'n', 3],
	['# a comment\noutput: a/b.png', 'output', 'a/b.png'],
] as const;

const anyFile = fc
	.record({
		lines: fc.uniqueArray(fc.constantFrom(...styledLines), { selector: ([, key]) => key }),
		lineBreak: fc.constantFrom('\n', '\r\n'),
		mark: fc.constantFrom('', '\uFEFF'),
		gap: fc.constantFrom([], [''], ['# the end']),
		body: fc.constantFrom('A cat', '\nA cat\nand a dog\n', 'A\n---\nB\n'),
	})
	.map(({ lines, lineBreak, mark, gap, body }) => {
		const yaml = lines.map(([line]) => line);
		const text = [...(lines.length > 0 || gap.length > 0 ? ['---', ...yaml, ...gap, '---'] : []), body].join('\n');
		return mark + text.replaceAll('\n', lineBreak);
	});

const newValues = fc.constantFrom(
	...([
		['connection', 'a b'],
		['model', '"x"'],
		['size', '1024x1024'],
		['quality', 'low'],
		['format', 'webp'],
		['alt', "it's: a #test {{"],
		['alt', '- no list'],
		['n', '7'],
		['output', '{{name}}, x.png'],
	] as const),
);

suite('printPrompt', () => {
	test('gives every parsed text back as it was', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyFile), text => {
				assert.equal(printPrompt(parsePrompt(text)), text);
			}),
		);
	});

	test('writes a file for a prompt that was made from values', () => {
		const values = { prompt: 'A {{x}}\n+++\n<!-- y -->', size: '1536x1024', n: 2, alt: "it's: #1", tier: 24, quality: undefined };
		assert.equal(
			printPrompt(promptFromValues(values)),
			"---\nsize: 1536x1024\nn: 2\nalt: 'it''s: #1'\ntier: 24\n---\nA \\{{x}}\n\\+++\n\\<!-- y -->\n",
		);
		assert.equal(
			printPrompt(promptFromValues({ prompt: 'A {{x}}', vars: { x: 'yes: no', y: 2 } })),
			"---\nvars:\n  x: 'yes: no'\n  y: 2\n---\nA {{x}}\n",
		);
		assert.equal(printPrompt(promptFromValues({ prompt: 'A cat' })), 'A cat\n');
		assert.equal(printPrompt(promptFromValues({ prompt: '---\nA' })), '---\n---\n---\nA\n');
	});

	test('writes a file that says the same as the values', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+{}<!> \n'"#:ab]{0,20}$/));
		const values = fc.record({
			prompt: text.map(prompt => `x${prompt}`.replaceAll('\r', ' ')),
			alt: text,
			n: fc.integer({ min: 1, max: 10 }),
		});
		fc.assert(
			fc.property(values, given => {
				const document = promptFromValues(given);
				const parsed = parsePrompt(printPrompt(document));
				assert.deepEqual(
					errorsOf(parsed).filter(({ code }) => code !== 'unknownVariable'),
					[],
				);
				assert.deepEqual(valuesOf(parsed), valuesOf(document));
			}),
		);
	});
});

suite('setKey', () => {
	for (const [name, text, key, value, expected] of [
		['adds a front matter where there is none', 'A cat', 'size', 'auto', '---\nsize: auto\n---\nA cat'],
		[
			'adds it behind a byte order mark, with the line breaks of the text',
			'\uFEFFA\r\nB',
			'n',
			'2',
			'\uFEFF---\r\nn: 2\r\n---\r\nA\r\nB',
		],
		['fills an empty front matter', '---\n---\nA', 'n', '2', '---\nn: 2\n---\nA'],
		['keeps comments in an otherwise empty front matter', '---\n# c\n---\nA', 'n', '2', '---\nn: 2\n# c\n---\nA'],
		['adds behind the last key', '---\nn: 2 # two\n# end\n---\nA', 'size', 'auto', '---\nn: 2 # two\nsize: auto\n# end\n---\nA'],
		['adds with the indentation of the others', '  ---\n  n: 2\n  ---\nA', 'size', 'auto', '  ---\n  n: 2\n  size: auto\n  ---\nA'],
		['adds behind a map', '---\nvars:\n  a: b\n---\n{{a}}', 'n', '2', '---\nvars:\n  a: b\nn: 2\n---\n{{a}}'],
		['replaces the value alone', '---\nsize:  auto  # c\nn: 2\n---\nA', 'size', '4k', '---\nsize:  4k  # c\nn: 2\n---\nA'],
		['replaces quotes', '---\nalt: "a"\n---\nA', 'alt', 'b', '---\nalt: b\n---\nA'],
		['replaces a block', '---\nalt: |\n  a\n  b\nn: 2\n---\nA', 'alt', 'c', '---\nalt: c\nn: 2\n---\nA'],
		['replaces a value of the wrong form', '---\nsize: 1024×1024\n---\nA', 'size', '1024x1024', '---\nsize: 1024x1024\n---\nA'],
		['replaces a list', '---\nn:\n  - 1\n  - 2\nsize: auto\n---\nA', 'n', '2', '---\nn:\n  2\nsize: auto\n---\nA'],
		['replaces a broken value', '---\nalt: "open\nn: 2\n---\nA', 'alt', 'b', '---\nalt: b\nn: 2\n---\nA'],
		['mends the separator', '---\nn=1\n---\nA', 'n', '2', '---\nn: 2\n---\nA'],
		['replaces a tag with the value', '---\nn: !foo 1\n---\nA', 'n', '2', '---\nn: 2\n---\nA'],
		['fills in a value', '---\nsize: # c\n---\nA', 'size', 'auto', '---\nsize: auto # c\n---\nA'],
		['adds in braces', '---\n{ n: 2 }\n---\nA', 'size', 'auto', '---\n{ n: 2, size: auto }\n---\nA'],
		['adds in empty braces', '---\n{}\n---\nA', 'size', 'auto', '---\n{ size: auto }\n---\nA'],
		['replaces in braces, in quotes', '---\n{ alt: x, n: 2 }\n---\nA', 'alt', 'a, b', "---\n{ alt: 'a, b', n: 2 }\n---\nA"],
		['quotes what YAML would misread', '---\nalt: x\n---\nA', 'alt', '# 1', "---\nalt: '# 1'\n---\nA"],
		['escapes what has no place on a line', '---\nalt: x\n---\nA', 'alt', 'a\nb\u0000', '---\nalt: "a\\nb\\u0000"\n---\nA'],
		['adds to a front matter without an end', '---\nn: 2', 'size', 'auto', '---\nn: 2\nsize: auto'],
		['adds to a lone opening', '---', 'size', 'auto', '---\nsize: auto\n'],
	] as const) {
		test(name, () => {
			assert.equal(afterSetting(text, key, value), expected);
		});
	}

	test('gives the key this value and leaves everything else as it is', () => {
		fc.assert(
			fc.property(anyFile, newValues, (text, [key, value]) => {
				const before = parsePrompt(text);
				const after = parsePrompt(afterSetting(text, key, value));
				const expected: unknown = parsePrompt(afterSetting('x', key, value)).keys[key]?.value;
				assert.notEqual(expected, undefined);
				assert.deepEqual(valuesOf(after), { ...valuesOf(before), [key]: expected });
				assert.equal(after.body, before.body);
				assert.equal(after.text.slice(after.bodyRange.start), before.text.slice(before.bodyRange.start));
				const comments = (source: string) => source.match(/#.*/g)?.filter(comment => !comment.startsWith('#test')) ?? [];
				assert.deepEqual(comments(after.text), comments(text));
			}),
			{ numRuns: 150 },
		);
	});

	test('keeps any text as alternative text', () => {
		const anyText = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 30 }),
			fc.stringMatching(/^[-+{}[\]<!>&*?|%@` \n\t'"#:,ab.0~=]{0,12}$/),
		);
		fc.assert(
			fc.property(anyFile, anyText, (text, alt) => {
				assert.equal(parsePrompt(afterSetting(text, 'alt', alt)).keys.alt?.value, alt);
			}),
			{ numRuns: 200 },
		);
	});
});

suite('setVariable', () => {
	for (const [text, expected] of [
		['{{a}}', '---\nvars:\n  a: x y\n---\n{{a}}'],
		['---\nvars:\n    b: c\n---\n{{a}}', '---\nvars:\n    b: c\n    a: x y\n---\n{{a}}'],
		['---\nvars:\n  a: c # d\n---\n{{a}}', '---\nvars:\n  a: x y # d\n---\n{{a}}'],
		['---\nvars: {}\n---\n{{a}}', '---\nvars: { a: x y }\n---\n{{a}}'],
		['---\n{ n: 2 }\n---\n{{a}}', '---\n{ n: 2, vars: { a: x y } }\n---\n{{a}}'],
		['---\nvars: none\n---\n{{a}}', '---\nvars: { a: x y }\n---\n{{a}}'],
	] as const) {
		test(`gives a variable its value: ${JSON.stringify(text)}`, () => {
			const edited = applyEdits(text, [setVariable(parsePrompt(text), 'a', 'x y')]);
			assert.equal(edited, expected);
			assert.equal(parsePrompt(edited).keys.vars?.value['a'], 'x y');
		});
	}
});

suite('removeKey', () => {
	for (const [text, expected] of [
		['---\nn: 2\nsize: auto # c\nalt: x\n---\nA', '---\nn: 2\nalt: x\n---\nA'],
		['---\nsize: auto\n---\nA', '---\n---\nA'],
		['---\nsize: >-\n  auto\nalt: x\n---\nA', '---\nalt: x\n---\nA'],
		['---\nsize:\n---\nA', '---\n---\nA'],
		['---\r\n# a\r\nsize: 5\r\n# b\r\n---\r\nA', '---\r\n# a\r\n# b\r\n---\r\nA'],
		['---\n{ size: auto, n: 2 }\n---\nA', '---\n{ n: 2 }\n---\nA'],
		['---\n{ n: 2, size: auto }\n---\nA', '---\n{ n: 2 }\n---\nA'],
		['---\nn: 2\nsize: auto', '---\nn: 2\n'],
	] as const) {
		test(`takes the key out with its lines: ${JSON.stringify(text)}`, () => {
			assert.equal(afterRemoving(text, 'size'), expected);
		});
	}

	test('has nothing to do for a key that is not there', () => {
		assert.equal(afterRemoving('---\nn: 2\n---\nA', 'size'), undefined);
		assert.equal(afterRemoving('A', 'size'), undefined);
	});

	test('undoes the addition of a key', () => {
		fc.assert(
			fc.property(anyFile, newValues, (text, [key, value]) => {
				const before = parsePrompt(text);
				fc.pre(!before.keys[key] && before.frontMatterRange !== undefined);
				assert.equal(afterRemoving(afterSetting(text, key, value), key), text);
			}),
		);
	});
});

suite('applyEdits', () => {
	test('applies edits in the order of their places', () => {
		const edits = [
			{ range: { start: 4, end: 5 }, newText: 'E' },
			{ range: { start: 0, end: 1 }, newText: '' },
			{ range: { start: 2, end: 2 }, newText: '1' },
			{ range: { start: 2, end: 2 }, newText: '2' },
		];
		assert.equal(applyEdits('abcdef', edits), 'b12cdEf');
		assert.equal(applyEdits('abc', []), 'abc');
	});

	test('takes overlapping edits for a defect', () => {
		const edit = { range: { start: 0, end: 2 }, newText: '' };
		assert.throws(() => applyEdits('abc', [edit, { range: { start: 1, end: 3 }, newText: '' }]), /Edits overlap at 1/);
	});
});
