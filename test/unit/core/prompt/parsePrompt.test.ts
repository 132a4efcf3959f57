import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { errorsOf, fileOf, fixedBy, messageOf, problemsOf, sliceOf, valuesOf } from './support';
import { parseYaml } from '../../../../src/core/prompt/yamlEntries';

suite('parsePrompt: the file as a whole', () => {
	const example = `---
size: 1536x1024
quality: medium
output: assets/subway.png
alt: Empty subway car seen down the aisle
vars:
  mood: cool fluorescent
---
Interior of an empty subway car (no people).
Wide-angle view looking down the aisle, {{mood}} light.
`;

	test('reads keys, body and variables of the example of the format', () => {
		const document = parsePrompt(example);
		assert.deepEqual(valuesOf(document), {
			size: { width: 1536, height: 1024 },
			quality: 'medium',
			output: 'assets/subway.png',
			alt: 'Empty subway car seen down the aisle',
			vars: { mood: 'cool fluorescent' },
		});
		assert.equal(
			document.body,
			'Interior of an empty subway car (no people).\nWide-angle view looking down the aisle, {{mood}} light.',
		);
		assert.deepEqual(document.problems, []);
		assert.equal(document.isTemplate, true);
		assert.equal(document.text, example);
	});

	test('knows where everything stands', () => {
		const { keys, variables, frontMatterRange, bodyRange } = parsePrompt(example);
		assert.ok(keys.size && keys.alt && keys.vars && frontMatterRange);
		assert.equal(sliceOf(example, keys.size.keyRange), 'size');
		assert.equal(sliceOf(example, keys.size.range), '1536x1024');
		assert.equal(sliceOf(example, keys.alt.range), 'Empty subway car seen down the aisle');
		assert.equal(sliceOf(example, keys.vars.range), 'mood: cool fluorescent');
		assert.deepEqual(
			variables.map(({ name, range }) => [name, sliceOf(example, range)]),
			[['mood', '{{mood}}']],
		);
		assert.equal(`---\n${sliceOf(example, frontMatterRange)}---\n${sliceOf(example, bodyRange)}`, example);
	});

	for (const [name, text] of [
		['line feeds', '---\nsize: auto\nn: 2\n---\nA\nB\n'],
		['carriage returns', '---\r\nsize: auto\r\nn: 2\r\n---\r\nA\r\nB\r\n'],
		['a byte order mark', '\uFEFF---\nsize: auto\nn: 2\n---\nA\nB'],
		['spaces behind the delimiters', '--- \t\nsize: auto\nn: 2\n---  \nA\nB\n'],
		['an indented fence', '   ---\n   size: auto\n   n: 2\n   ---\n   A\nB\n'],
		['comments and blank lines between keys', '---\n# one\nsize: auto # two\n\nn: 2\n# three\n---\nA\nB\n'],
		['keys in braces', '---\n{ size: auto, n: 2 }\n---\nA\nB\n'],
		['quotes', '---\n"size": "auto"\n\'n\': \'2\'\n---\nA\nB\n'],
		['block scalars', '---\nsize: >-\n  auto\nn: |-\n  2\n---\nA\nB\n'],
		['tags of YAML', '---\nsize: !!str auto\nn: !!int 2\n---\nA\nB\n'],
		['blank lines around the prompt', '---\nsize: auto\nn: 2\n---\n\n\nA\nB\n\n \n'],
	] as const) {
		test(`reads a file with ${name}`, () => {
			const document = parsePrompt(text);
			assert.deepEqual(valuesOf(document), { size: 'auto', n: 2 });
			assert.equal(document.body, 'A\nB');
			assert.deepEqual(document.problems, []);
		});
	}

	for (const [name, text, body] of [
		['a bare prompt', 'A lighthouse', 'A lighthouse'],
		['a byte order mark and a prompt', '\uFEFFA lighthouse', 'A lighthouse'],
		['a prompt with a rule in it', 'A\n---\nB', 'A\n---\nB'],
		['a prompt that begins with a long dash', '----\nA', '----\nA'],
		['a prompt behind a blank line', '\n---\nsize: auto\n---\nA', '---\nsize: auto\n---\nA'],
		['an empty front matter', '---\n---\nA', 'A'],
		['a rule below the front matter', '---\n---\nA\n---\nB', 'A\n---\nB'],
	] as const) {
		test(`takes ${name} for what it is`, () => {
			const document = parsePrompt(text);
			assert.equal(document.body, body);
			assert.deepEqual(document.keys, {});
			assert.deepEqual(document.problems, []);
		});
	}

	test('keeps dashes inside a value that is indented deeper than the delimiters', () => {
		assert.equal(valuesOf(parsePrompt(fileOf('alt: |-\n  a\n  ---\n  b')))['alt'], 'a\n---\nb');
	});
});

suite('parsePrompt: a front matter without an end', () => {
	test('is a problem, and its keys are read up to the first line that is none', () => {
		const text = '---\nsize: auto\nvars:\n  mood: dark\n\nA lighthouse, {{mood}}';
		const document = parsePrompt(text);
		assert.deepEqual(problemsOf(text), [['syntax', '---']]);
		assert.deepEqual(valuesOf(document), { size: 'auto', vars: { mood: 'dark' } });
		assert.equal(document.body, 'A lighthouse, {{mood}}');
	});

	test('can be closed where it ends', () => {
		assert.equal(fixedBy('---\nsize: auto\nA', 'Close the front matter'), '---\nsize: auto\n---\nA');
		assert.equal(fixedBy('---\r\nsize: auto', 'Close the front matter'), '---\r\nsize: auto\r\n---\r\n');
		assert.equal(fixedBy('---', 'Close the front matter'), '---\n---\n');
	});
});

suite('parsePrompt: comments', () => {
	for (const [name, text, body] of [
		['inside a line', 'A <!-- c -->B', 'A B'],
		['on a line of its own, with the line', 'A\n<!-- c -->\nB', 'A\nB'],
		['on several lines of its own', 'A\n  <!-- c\n\nd -->  \nB', 'A\nB'],
		['on a line of its own before carriage returns', 'A\r\n<!-- c -->\r\nB', 'A\nB'],
		['that begins behind text and ends on another line', 'A <!-- c\n-->\nB', 'A \nB'],
		['two on one line', '<!--a--><!--b-->\nA<!--c-->B<!--d-->', 'AB'],
		['at the end', 'A\n<!-- c -->', 'A'],
		['holding another beginning', 'A<!-- <!-- -->B', 'AB'],
		['with a variable', 'A <!-- {{nobody}} -->', 'A'],
		['with a step', 'A\n<!--\n+++\n-->', 'A'],
	] as const) {
		test(`are dropped: ${name}`, () => {
			const document = parsePrompt(text);
			assert.equal(document.body, body);
			assert.deepEqual(document.problems, []);
		});
	}

	test('without an end are a problem with two ways out', () => {
		const text = 'A <!-- c\nB';
		assert.deepEqual(problemsOf(text), [['syntax', '<!--']]);
		assert.equal(fixedBy(text, 'Close the comment at the end of the line'), 'A <!-- c -->\nB');
		assert.equal(fixedBy(text, 'Send these characters'), 'A \\<!-- c\nB');
	});

	test('do not begin behind a backslash', () => {
		assert.deepEqual(problemsOf('A \\<!-- c'), []);
	});
});

suite('parsePrompt: steps', () => {
	test('are refused, because this version does not run them', () => {
		const text = 'A\n+++\nB\n++++ \nC';
		assert.deepEqual(problemsOf(text), [['syntax', '+++']]);
		assert.match(messageOf(text, 'syntax'), /Steps are not supported by this version, so nothing is sent/);
		assert.equal(parsePrompt(text).problems[0]?.range.start, 2);
	});

	test('are found behind dropped comments, at their place', () => {
		assert.equal(parsePrompt('<!-- c -->\nA\r\n+++\r\nB').problems[0]?.range.start, 14);
	});

	for (const text of ['A ++\nB', 'A\n++\nB', 'A\n+++ more\nB', 'A\n\\+++\nB']) {
		test(`are not seen in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(problemsOf(text), []);
		});
	}
});

suite('parsePrompt: a missing prompt', () => {
	for (const text of ['', ' \n ', '\uFEFF', '---\nsize: auto\n---\n', '<!-- A lighthouse -->', "---\nvars:\n  a: ''\n---\n{{a}}"]) {
		test(`is a problem of ${JSON.stringify(text)}`, () => {
			assert.deepEqual(
				errorsOf(parsePrompt(text)).map(({ code }) => code),
				['missingPrompt'],
			);
		});
	}
});

suite('parsePrompt: any text', () => {
	const fragments = [
		...[
			'---',
			'\n',
			'\r\n',
			'\r',
			' ',
			'  ',
			'\t',
			':',
			': ',
			'=',
			'#',
			' #',
			'"',
			"'",
			'[',
			']',
			'{',
			'}',
			'{{',
			'}}',
			'{{mood}}',
			'&a',
			'*a',
		],
		...[
			'!x',
			'!!int',
			'<<',
			'? ',
			'- ',
			'|',
			'>',
			'|+\n',
			'%YAML 1.1',
			'<!--',
			'-->',
			'+++',
			'\\',
			'\uFEFF',
			'\u2028',
			'\0',
			'@',
			'`',
			',',
		],
		...[
			'size',
			'quality',
			'vars',
			'n',
			'alt',
			'output',
			'mood',
			'auto',
			'1024x1024',
			'A cat',
			'😀',
			'\ud800',
			'__proto__',
			'constructor',
		],
	];
	const anyText = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 200 }),
		fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map(pieces => pieces.join('')),
		fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map(pieces => `---\n${pieces.join('')}\n---\nA ${pieces.join(' ')}`),
	);

	test('gives a document whose ranges lie inside the text and whose problems are in order', () => {
		fc.assert(
			fc.property(anyText, text => {
				const document = parsePrompt(text);
				assert.equal(document.text, text);
				const ranges = [
					document.bodyRange,
					...document.variables.map(({ range }) => range),
					...Object.values(document.keys).flatMap(({ range, keyRange }) => [range, keyRange]),
					...document.problems.map(({ range }) => range),
					...document.problems.flatMap(({ fixes = [] }) => fixes.flatMap(({ edits }) => edits.map(({ range }) => range))),
				];
				for (const { start, end } of ranges) {
					assert.ok(0 <= start && start <= end && end <= text.length, `${start}..${end} of ${text.length}`);
				}
				const starts = document.problems.map(({ range }) => range.start);
				assert.deepEqual(
					starts,
					starts.toSorted((a, b) => a - b),
				);
			}),
			{ numRuns: 400 },
		);
	});

	test('loses none of its keys to one broken line', () => {
		const broken = fc.constantFrom(
			'alt: "open',
			'alt: a: b',
			'alt: @home',
			'alt: {{x}} y',
			'alt: [a',
			'alt: *a',
			'what is this',
			'\tn',
			']',
			'a',
			'alt: |x',
		);
		const lines = ['size: auto', 'quality: high', 'n: 3', 'vars:\n  mood: dark', 'background: opaque'];
		fc.assert(
			fc.property(broken, fc.nat({ max: lines.length }), (line, at) => {
				const document = parsePrompt(fileOf(lines.toSpliced(at, 0, line).join('\n'), '{{mood}}'));
				const { alt: _alt, ...values } = valuesOf(document);
				assert.deepEqual(values, { size: 'auto', quality: 'high', n: 3, vars: { mood: 'dark' }, background: 'opaque' });
				assert.ok(document.problems.some(({ code }) => code === 'syntax'));
			}),
		);
	});

	for (const [name, yaml] of [
		['brackets', '['.repeat(30_000)],
		['braces', '{a: '.repeat(5000)],
		['lists', '- '.repeat(10_000)],
		['aliases', `a: &a [x]\n${Array.from({ length: 500 }, (_, index) => `k${index}: [*a, *a, *a]`).join('\n')}`],
	] as const) {
		test(`survives a bomb of ${name}`, () => {
			assert.ok(parsePrompt(fileOf(yaml)).problems.length > 0);
		});
	}

	test('gives no more maps in one line to the YAML parser than it can bear, and counts those of each line anew', () => {
		const parsed = (yaml: string) => parseYaml({ text: yaml, range: { start: 0, end: yaml.length }, depth: 0 });
		assert.equal(parsed('a: '.repeat(201)), undefined);
		assert.ok(parsed('a: '.repeat(200)));
		assert.ok(parsed('a: 1\n'.repeat(500)));
	});

	test('names a key of any length in a short message', () => {
		const messages = parsePrompt(fileOf(`${'size'.repeat(2000)}:1024x1024`)).problems.map(({ message }) => message);
		assert.ok(
			messages.some(message => message.startsWith('Write `sizesize')),
			messages.join('\n'),
		);
		assert.ok(messages.every(({ length }) => length < 500));
	});

	test('takes an end of the YAML document for a mistake', () => {
		assert.deepEqual(problemsOf(fileOf('n: 2\n...\nsize: auto')), [['syntax', '...']]);
	});

	test('does not read a front matter that is longer than anybody writes', () => {
		const document = parsePrompt(fileOf(`alt: ${'x'.repeat(40_000)}`));
		assert.deepEqual(document.keys, {});
		assert.match(document.problems[0]?.message ?? '', /^The front matter is longer than 32768 characters\. Move long texts/);
	});
});
