import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { resolvePrompt } from '../../../../src/core/prompt/resolvePrompt';
import { escapeBody, fillVariables, findVariables, maxFilledLength } from '../../../../src/core/prompt/variables';
import { errorsOf, fileOf, fixedBy, messageOf, problemsOf, sliceOf } from './support';

const withMood = (body: string, more = '') => fileOf(`vars:\n  mood: dark\n  place: sea${more}`, body);

suite('variables: where they stand', () => {
	test('are found in body, output and alt, with their places', () => {
		const text = withMood(
			'{{mood}} {{ mood }}\n<!-- {{nobody}} -->\r\nthe {{place}}',
			'\noutput: a/{{place}}-{{index}}.{{ext}}\nalt: "\\t{{mood}}"',
		);
		const document = parsePrompt(text);
		assert.deepEqual(document.problems, []);
		assert.deepEqual(
			document.variables.map(({ name, range }) => [name, sliceOf(text, range)]),
			[
				['mood', '{{mood}}'],
				['mood', '{{ mood }}'],
				['place', '{{place}}'],
				['place', '{{place}}'],
				['index', '{{index}}'],
				['ext', '{{ext}}'],
				['mood', '{{mood}}'],
			],
		);
		assert.equal(document.variables[2]?.range.start, text.lastIndexOf('{{place}}'));
		assert.equal(document.variables[3]?.range.start, text.indexOf('{{place}}'));
	});

	test('that a folded text tears apart mark the whole value', () => {
		const text = fileOf('alt: "a {{nobo\\\n  dy}} b"');
		assert.deepEqual(problemsOf(text), [['unknownVariable', '"a {{nobo\\\n  dy}} b"']]);
	});

	for (const [text, names] of [
		['{{a}}{{b}}', ['a', 'b']],
		['{{{a}}}', ['a']],
		['\\{{a}} {{b}}', ['b']],
		['{a} {{ a', []],
		['{{a\n}}', []],
		['{{Größe_2-x}}', ['Größe_2-x']],
	] as const) {
		test(`are ${names.join(' and ') || 'not'} seen in ${JSON.stringify(text)}`, () => {
			assert.deepEqual(
				findVariables(text, 'body').map(({ name }) => name),
				names,
			);
		});
	}
});

suite('variables: unknown ones', () => {
	test('a thousand of them are told, however many there are', () => {
		assert.equal(parsePrompt('{{a}} '.repeat(200_000)).problems.length, 1000);
	});

	test('are errors with the nearest name, and three ways out', () => {
		const text = withMood('{{moood}} {{mood}} {{place}}');
		assert.deepEqual(problemsOf(text), [['unknownVariable', '{{moood}}']]);
		assert.equal(messageOf(text, 'unknownVariable'), '`vars` has no `moood`. Did you mean `{{mood}}`?');
		assert.equal(fixedBy(text, 'Change to `{{mood}}`'), text.replace('moood', 'mood'));
		assert.equal(fixedBy(text, 'Send the braces as they are'), text.replace('{{moood', '\\{{moood'));
		assert.equal(fixedBy(text, 'Add `moood` to `vars`'), text.replace('  place: sea\n', '  place: sea\n  moood:\n'));
	});

	for (const [name, text, fixed] of [
		['without a front matter', 'A {{mood}} sea', '---\nvars:\n  mood:\n---\nA {{mood}} sea'],
		['without vars', '---\nn: 2 # two\n---\n{{mood}}', '---\nn: 2 # two\nvars:\n  mood:\n---\n{{mood}}'],
		['with empty vars', '---\nvars:\nn: 2\n---\n{{mood}}', '---\nvars: { mood: }\nn: 2\n---\n{{mood}}'],
		['with vars in braces', '---\nvars: {a: b}\n---\n{{a}}{{mood}}', '---\nvars: {a: b, mood:}\n---\n{{a}}{{mood}}'],
		[
			'in a file with carriage returns',
			'---\r\nvars:\r\n  a: b\r\n---\r\n{{a}}{{mood}}',
			'---\r\nvars:\r\n  a: b\r\n  mood:\r\n---\r\n{{a}}{{mood}}',
		],
	] as const) {
		test(`are added to vars, still without a value: ${name}`, () => {
			assert.equal(fixedBy(text, 'Add `mood` to `vars`'), fixed);
			assert.deepEqual(problemsOf(fixed), [['invalidValue', 'mood']]);
			assert.match(messageOf(fixed, 'invalidValue'), /^The variable `mood` has no value\./);
		});
	}

	test('are escaped twice in double quotes, where YAML takes one backslash', () => {
		const text = fileOf('alt: "a {{b}}"');
		assert.equal(fixedBy(text, 'Send the braces as they are'), fileOf('alt: "a \\\\{{b}}"'));
		assert.deepEqual(problemsOf(fileOf('alt: "a \\\\{{b}}"')), []);
	});

	test('include braces around what is no name', () => {
		const text = "const style = {{ color: 'red' }};";
		assert.deepEqual(problemsOf(text), [['unknownVariable', "{{ color: 'red' }}"]]);
		assert.equal(resolvePrompt(parsePrompt(fixedBy(text, 'Send the braces as they are'))).prompt, text);
	});

	test('include the names that only output knows', () => {
		assert.equal(
			messageOf('Picture {{index}}', 'unknownVariable'),
			'`{{index}}` has a meaning in `output` alone. Remove it, or write `\\{{` to send the braces as they are.',
		);
		assert.deepEqual(problemsOf(fileOf('alt: Picture {{ext}}')), [['unknownVariable', '{{ext}}']]);
		assert.deepEqual(problemsOf(fileOf('output: "{{slug}}/{{name}}-{{index}}.{{ext}}"')), []);
	});

	test('in output can be added or corrected, and not escaped', () => {
		const text = fileOf('output: a-{{indx}}.png');
		assert.equal(messageOf(text, 'unknownVariable'), '`vars` has no `indx`. Did you mean `{{index}}`?');
		assert.deepEqual(
			parsePrompt(text).problems[0]?.fixes?.map(({ title }) => title),
			['Change to `{{index}}`', 'Add `indx` to `vars`'],
		);
	});

	test('are not complained of when their value is what is wrong', () => {
		assert.deepEqual(problemsOf(fileOf('vars:\n  mood: [a]', '{{mood}}')), [['invalidValue', '[a]']]);
	});
});

suite('variables: definitions', () => {
	for (const [line, at] of [
		['mood: {de: dunkel}', '{de: dunkel}'],
		['mood:', 'mood'],
		['two words: x', 'two words'],
		['1st: x', '1st'],
		['index: 1', 'index'],
		['ext: png', 'ext'],
	] as const) {
		test(`are refused: ${line}`, () => {
			const text = fileOf(`vars:\n  ${line}`, '{{mood}}');
			assert.deepEqual(
				problemsOf(text).filter(([code]) => code === 'invalidValue'),
				[['invalidValue', at]],
			);
		});
	}

	test('may take a name that output knows and nothing decides', () => {
		const document = parsePrompt(fileOf('vars:\n  name: Ada\noutput: "{{name}}-{{index}}.png"', 'A portrait of {{name}}'));
		assert.deepEqual(errorsOf(document), []);
		assert.deepEqual(resolvePrompt(document), { prompt: 'A portrait of Ada', output: 'Ada-{{index}}.png' });
	});
});

suite('variables: unused ones', () => {
	test('are warnings, and can be removed', () => {
		const text = withMood('the {{place}}');
		const [problem] = parsePrompt(text).problems;
		assert.equal(problem?.severity, 'warning');
		assert.deepEqual(problemsOf(text), [['unusedVariable', 'mood']]);
		assert.equal(fixedBy(text, 'Remove `mood`'), text.replace('  mood: dark\n', ''));
	});

	for (const [text, fixed] of [
		['---\nn: 2\nvars:\n  mood: x # why\n---\nA', '---\nn: 2\n---\nA'],
		['---\nvars: { mood: x, a: b }\n---\n{{a}}', '---\nvars: { a: b }\n---\n{{a}}'],
		['---\nvars: { a: b, mood: x }\n---\n{{a}}', '---\nvars: { a: b }\n---\n{{a}}'],
		['---\nvars:\n  mood: |\n    x\n    y\n  a: b\n---\n{{a}}', '---\nvars:\n  a: b\n---\n{{a}}'],
	] as const) {
		test(`leave nothing behind: ${JSON.stringify(fixed)}`, () => {
			assert.equal(fixedBy(text, 'Remove `mood`'), fixed);
			assert.deepEqual(problemsOf(fixed), []);
		});
	}

	test('are not those of output and alt', () => {
		assert.deepEqual(problemsOf(withMood('A', '\noutput: "{{mood}}.png"\nalt: a {{place}}')), []);
	});

	test('are those that only a comment names', () => {
		assert.deepEqual(problemsOf(withMood('<!-- {{mood}} -->\nA {{place}}')), [['unusedVariable', 'mood']]);
	});
});

suite('resolvePrompt', () => {
	test('a long value in thousands of places gives a prompt that is too long, and no gigabytes', () => {
		const document = parsePrompt(
			`---\noutput: '${'{{a}}'.repeat(400)}.png'\nvars:\n  a: ${'x'.repeat(30_000)}\n---\n${'{{a}}'.repeat(100_000)}`,
		);
		const { prompt, output = '' } = resolvePrompt(document);
		assert.ok(prompt.length >= maxFilledLength && prompt.length < 2 * maxFilledLength, String(prompt.length));
		assert.ok(output.length < 2 * maxFilledLength, String(output.length));
	});

	test('fills prompt, output and alt, and leaves open what is not decided yet', () => {
		const text = withMood(
			'\n A {{ mood }} <!-- c -->{{place}}\r\n\r\n',
			'\noutput: "{{place}}-{{index}}.{{ext}}"\nalt: The {{mood}} {{place}}',
		);
		assert.deepEqual(resolvePrompt(parsePrompt(text)), { prompt: 'A dark sea', output: 'sea-{{index}}.{{ext}}', alt: 'The dark sea' });
	});

	test('has neither output nor alt when the file has none', () => {
		assert.deepEqual(resolvePrompt(parsePrompt('A')), { prompt: 'A' });
	});

	test('does not read values again', () => {
		const text = fileOf("vars:\n  a: '{{b}} \\{{ <!-- x -->'\n  b: no", '{{a}} {{b}}');
		assert.equal(resolvePrompt(parsePrompt(text)).prompt, '{{b}} \\{{ <!-- x --> no');
	});

	test('takes off the backslash of what would mean something without it', () => {
		assert.equal(
			resolvePrompt(parsePrompt('\\{{a}} \\<!-- b --> \\n \\{ \\+++\n\\+++\n\\++++ ')).prompt,
			'{{a}} <!-- b --> \\n \\{ \\+++\n+++\n++++',
		);
		assert.deepEqual(resolvePrompt(parsePrompt(fileOf('alt: a \\{{b}} \\<!--'))).alt, 'a {{b}} \\<!--');
	});

	test('gives the same prompt for every kind of line break', () => {
		const lines = fc.array(fc.stringMatching(/^[a-z +-]{0,6}$/), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(lines, parts => {
				const [unix, windows] = ['\n', '\r\n'].map(
					lineBreak => resolvePrompt(parsePrompt(['---', 'n: 2', '---', ...parts].join(lineBreak))).prompt,
				);
				assert.equal(unix, windows);
			}),
		);
	});

	test('never fills a prototype', () => {
		assert.equal(fillVariables('{{constructor}} {{__proto__}}', {}, 'body'), '{{constructor}} {{__proto__}}');
	});
});

suite('escapeBody', () => {
	test('makes a template that stands for the text itself', () => {
		const pieces = fc.constantFrom('{{', '}}', '{{a}}', '<!--', '-->', '+++', '\n', '\r\n', 'x', ' ', '++++ ');
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), parts => {
				const text = parts.join('');
				const escaped = escapeBody(text);
				assert.equal(fillVariables(escaped, { a: 'filled' }, 'body'), text);
				assert.deepEqual(errorsOf(parsePrompt(`x${escaped}`)), []);
			}),
			{ numRuns: 300 },
		);
	});
});
