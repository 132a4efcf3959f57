import * as assert from 'node:assert/strict';
import type { Entry, EntryValue } from '../../../../src/core/prompt/entry';
import { readFrontMatter } from '../../../../src/core/prompt/readFrontMatter';
import { sliceOf } from './support';

type Seen = readonly [key: string, value: unknown, at: string];

function seeValue(value: EntryValue, text: string): unknown {
	switch (value.kind) {
		case 'text':
			return value.text;
		case 'map':
			return value.entries.map(entry => see(entry, text));
		case 'empty':
		case 'list':
			return value;
	}
}

function see(entry: Entry, text: string): Seen {
	return [entry.key, seeValue(entry.value, text), sliceOf(text, entry.range)];
}

function seen(yaml: string): readonly Seen[] {
	// In the midst of a text, so that a place counted from the wrong beginning shows.
	const text = `---\n${yaml}---\n`;
	return readFrontMatter(text, { start: 4, end: 4 + yaml.length }).entries.map(entry => see(entry, text));
}

suite('readFrontMatter', () => {
	for (const [name, yaml, expected] of [
		['nothing', '', []],
		['comments alone', '# a\n\n# b\n', []],
		[
			'scalars as they are written',
			'a: 1.10\nb: yes\nc: ~\nd: 0x1F\n',
			[
				['a', '1.10', '1.10'],
				['b', 'yes', 'yes'],
				['c', '~', '~'],
				['d', '0x1F', '0x1F'],
			],
		],
		[
			'quotes',
			"a: \"b\\n\"\nc: 'd'''\n",
			[
				['a', 'b\n', '"b\\n"'],
				['c', "d'", "'d'''"],
			],
		],
		[
			'a key without a value',
			'a: # b\nc:\n',
			[
				['a', { kind: 'empty' }, ''],
				['c', { kind: 'empty' }, ''],
			],
		],
		['an empty text', "a: ''\n", [['a', '', "''"]]],
		[
			'lists',
			'a: [b, c]\nd:\n  - e\n',
			[
				['a', { kind: 'list' }, '[b, c]'],
				['d', { kind: 'list' }, '- e'],
			],
		],
		[
			'a map',
			'a:\n  b: c # d\n  e: f\ng: h\n',
			[
				[
					'a',
					[
						['b', 'c', 'c'],
						['e', 'f', 'f'],
					],
					'b: c # d\n  e: f',
				],
				['g', 'h', 'h'],
			],
		],
		['a map in braces', 'a: {b: c}\n', [['a', [['b', 'c', 'c']], '{b: c}']]],
		[
			'a block without its trailing lines',
			'a: |\n  b\n  c\n\n\nd: e\n',
			[
				['a', 'b\nc\n', '|\n  b\n  c'],
				['d', 'e', 'e'],
			],
		],
		['a text over two lines', 'a: b\n  c\n', [['a', 'b c', 'b\n  c']]],
		[
			'carriage returns',
			'a: b\r\nc:\r\n  d: e\r\n',
			[
				['a', 'b', 'b'],
				['c', [['d', 'e', 'e']], 'd: e'],
			],
		],
		['tags of YAML', 'a: !!str b\n', [['a', 'b', 'b']]],
		[
			'keys in braces',
			'{a: b, c}\n',
			[
				['a', 'b', 'b'],
				['c', { kind: 'empty' }, ''],
			],
		],
		['no map below the second level', 'a:\n  b:\n    c: d\n', [['a', [['b', [], 'c: d']], 'b:\n    c: d']]],
		[
			'the rest beside a broken line',
			'a: b\nc: "d\ne: f\n',
			[
				['a', 'b', 'b'],
				['c', 'd', '"d'],
				['e', 'f', 'f'],
			],
		],
		[
			'the rest beside a broken inner line',
			'a:\n  b: c: d\n  e: f\ng: h\n',
			[
				[
					'a',
					[
						['b', 'c: d', 'c: d'],
						['e', 'f', 'f'],
					],
					'b: c: d\n  e: f',
				],
				['g', 'h', 'h'],
			],
		],
		[
			'the rest beside an open brace',
			'a: {b\nc: d\n',
			[
				['a', '{b', '{b'],
				['c', 'd', 'd'],
			],
		],
		['an equals sign for a colon', 'a = b\n', [['a', 'b', 'b']]],
		['the first of two', 'a: b\na: c\n', [['a', 'b', 'b']]],
	] as const) {
		test(`reads ${name}`, () => {
			assert.deepEqual(seen(yaml), expected);
		});
	}

	for (const [yaml, ...messages] of [
		['a: b\na: c\n', '`a` stands here twice, and only the first one counts. Remove one of them.'],
		['? [a]\n: b\n', 'A key must be a plain word, such as `size`.'],
		['hello\n', 'This is no `key: value` line. Mend or remove it.'],
		['a: b: c\n', 'YAML reads this value as something other than text. Put it in quotes.'],
		['a: &b c\n', 'YAML keeps `&` at the beginning of a value for itself. Put the text in quotes.'],
		['a: {{b}}\n', 'YAML takes a brace at the beginning of a value for its own. Put the text in quotes.'],
		['a: "b\n', 'The text has no closing ". Add it.'],
		['a: "b" c\n', 'Nothing may stand behind the closing ". Put the whole text in quotes.'],
		['a:b\n', 'Write `a: `, with a colon and a space behind it.'],
		['\ta: b\n', 'Tabs cannot indent here. Use spaces.'],
		['a: "b\\q"\n', 'This is not valid YAML. Invalid escape sequence \\q.'],
		[`a: ${'['.repeat(100)}\n`, 'YAML reads this value as something other than text. Put it in quotes.'],
		['a: b\nc\nd: "e\n', 'This is no `key: value` line. Mend or remove it.', 'The text has no closing ". Add it.'],
	] as const) {
		test(`says of ${JSON.stringify(yaml.slice(0, 20))}: ${messages.join(' ')}`, () => {
			const { problems } = readFrontMatter(yaml, { start: 0, end: yaml.length });
			assert.deepEqual(
				problems.map(({ message }) => message),
				messages,
			);
		});
	}

	test('knows whether everything is written in braces', () => {
		assert.equal(readFrontMatter('  { a: b }\n', { start: 0, end: 11 }).flowStart, 3);
		assert.equal(readFrontMatter('a: { b: c }\n', { start: 0, end: 12 }).flowStart, undefined);
	});
});
