import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { errorsOf, fileOf, fixedBy, messageOf, problemsOf, valuesOf } from './support';

suite('front matter: values', () => {
	for (const [line, key, value] of [
		['connection: foundry', 'connection', 'foundry'],
		['connection: my own account', 'connection', 'my own account'],
		['connection: 42', 'connection', '42'],
		['model: gpt-image-2', 'model', 'gpt-image-2'],
		['model: org/model:7b', 'model', 'org/model:7b'],
		['size: auto', 'size', 'auto'],
		['size: 1x1', 'size', { width: 1, height: 1 }],
		['size: 99999x99999', 'size', { width: 99_999, height: 99_999 }],
		['size: square', 'size', { width: 1024, height: 1024 }],
		['size: landscape', 'size', { width: 1536, height: 1024 }],
		['size: portrait', 'size', { width: 1024, height: 1536 }],
		['size: wide', 'size', { width: 1536, height: 864 }],
		['size: tall', 'size', { width: 864, height: 1536 }],
		['size: 2k', 'size', { width: 2048, height: 1152 }],
		['size: qhd', 'size', { width: 2560, height: 1440 }],
		['size: 4k', 'size', { width: 3840, height: 2160 }],
		['tier: smimage', 'tier', 'smimage'],
		['tier: 96', 'tier', 96],
		['tier: "16"', 'tier', 16],
		['quality: xhigh', 'quality', 'xhigh'],
		['format: webp', 'format', 'webp'],
		['format: gif', 'format', 'gif'],
		['compression: 0', 'compression', 0],
		['compression: 100', 'compression', 100],
		['background: transparent', 'background', 'transparent'],
		['moderation: low', 'moderation', 'low'],
		['n: 1', 'n', 1],
		['n: 10', 'n', 10],
		['output: ../img/{{name}}-{{index}}.{{ext}}', 'output', '../img/{{name}}-{{index}}.{{ext}}'],
		['output: a', 'output', 'a'],
		['alt: A "quoted" word, 50 % & more', 'alt', 'A "quoted" word, 50 % & more'],
		['alt: ""', 'alt', ''],
		['alt: Gate #5', 'alt', 'Gate'],
		['alt: no', 'alt', 'no'],
		['alt: >-\n  two\n  lines', 'alt', 'two lines'],
	] as const) {
		test(`reads ${line}`, () => {
			const document = parsePrompt(fileOf(line));
			assert.deepEqual(valuesOf(document), { [key]: value });
			assert.deepEqual(errorsOf(document), []);
		});
	}

	test('reads variables as they are written', () => {
		const yaml =
			"vars:\n  a: 1.10\n  b: true\n  c: null\n  d: ''\n  e: 0x1F\n  f: 2026-01-01\n  g: [1]\n  __proto__: x\n  größe_1-x: |\n    two\n    lines";
		const document = parsePrompt(fileOf(yaml));
		const values = {
			a: '1.10',
			b: 'true',
			c: 'null',
			d: '',
			e: '0x1F',
			f: '2026-01-01',
			['__proto__']: 'x',
			'größe_1-x': 'two\nlines\n',
		};
		assert.deepEqual(Object.entries(document.keys.vars?.value ?? {}), Object.entries(values));
	});

	test('reads an empty list of variables', () => {
		assert.deepEqual(valuesOf(parsePrompt(fileOf('vars:'))), { vars: {} });
		assert.deepEqual(problemsOf(fileOf('vars: {}')), []);
	});
});

suite('front matter: wrong values', () => {
	for (const [line, at, suggestion] of [
		['size: 1024×1024', '1024×1024', '1024x1024'],
		['size: 1024 x 1024', '1024 x 1024', '1024x1024'],
		['size: 1024*768', '1024*768', '1024x768'],
		['size: 1024X1024', '1024X1024', '1024x1024'],
		['size: 1024 by 1024', '1024 by 1024', '1024x1024'],
		['size: 1024, 1024', '1024, 1024', '1024x1024'],
		['size: 1024px x 1024px', '1024px x 1024px', '1024x1024'],
		['size: 01024x1024', '01024x1024', '1024x1024'],
		['size: 1024', '1024', '1024x1024'],
		['size: 16:9', '16:9', 'wide'],
		['size: 2/3', '2/3', 'portrait'],
		['size: Auto', 'Auto', 'auto'],
		['size: 4K', '4K', '4k'],
		['size: lanscape', 'lanscape', 'landscape'],
		['tier: Image', 'Image', 'image'],
		['quality: High', 'High', 'high'],
		['quality: very high', 'very high', undefined],
		['format: jpg', 'jpg', 'jpeg'],
		['format: .PNG', '.PNG', 'png'],
		['format: image/webp', 'image/webp', 'webp'],
		['compression: 80%', '80%', '80'],
		['compression: 101', '101', '100'],
		['compression: -1', '-1', '0'],
		['compression: high', 'high', undefined],
		['background: transparant', 'transparant', 'transparent'],
		['background: white', 'white', undefined],
		['moderation: Low', 'Low', 'low'],
		['n: 0', '0', '1'],
		['n: 11', '11', '10'],
		['n: 2.0', '2.0', '2'],
		['n: 2.5', '2.5', undefined],
		['n: two', 'two', undefined],
		['model: " gpt-image-2"', '" gpt-image-2"', 'gpt-image-2'],
		['model: two words', 'two words', undefined],
		['connection: "work "', '"work "', 'work'],
		['output: a\\b.png', 'a\\b.png', 'a/b.png'],
		['size: 0x1024', '0x1024', undefined],
		['size: 100000x1', '100000x1', undefined],
		['size: 21:9', '21:9', undefined],
		['size: huge', 'huge', undefined],
		['n: [1, 2]', '[1, 2]', undefined],
		['alt:\n  en: x', 'en: x', undefined],
		['size:', 'size', undefined],
		['alt:', 'alt', undefined],
		['output: ""', '""', undefined],
		['vars: mood', 'mood', undefined],
		['vars: [a]', '[a]', undefined],
	] as const) {
		test(`refuses ${JSON.stringify(line)}${suggestion ? ` and suggests ${suggestion}` : ''}`, () => {
			const text = fileOf(line);
			assert.deepEqual(problemsOf(text), [['invalidValue', at]]);
			const fixes = parsePrompt(text).problems[0]?.fixes ?? [];
			if (suggestion === undefined) {
				assert.deepEqual(fixes, []);
			} else {
				const key = line.slice(0, line.indexOf(':'));
				assert.equal(fixedBy(text, `Change to \`${suggestion}\``), fileOf(`${key}: ${suggestion}`));
				assert.deepEqual(problemsOf(fileOf(`${key}: ${suggestion}`)), []);
			}
		});
	}

	for (const [line, message] of [
		['size: 1024×1024', 'Write the letter `x` in place of the multiplication sign.'],
		['size: 1024 x 1024', 'Write a small `x` without spaces around it.'],
		['size: 1024*1024', 'Write the letter `x` between the numbers.'],
		['size: 1024', 'A size needs width and height.'],
		['size: 16:9', 'A size is given in pixels, not as a ratio.'],
		['size: 0x5', 'An edge is 1 to 99999 pixels long.'],
		[
			'size: huge',
			'Write `auto`, `WIDTHxHEIGHT` in pixels, or one of `square`, `landscape`, `portrait`, `wide`, `tall`, `2k`, `qhd`, `4k`.',
		],
		['background: white', '`background` can\'t be "white". Write one of `auto`, `opaque`, `transparent`.'],
		['n: 11', '`n` can\'t be "11". Did you mean `10`? Write a whole number from 1 to 10.'],
		['n:', '`n` has no value. Write a whole number from 1 to 10, or remove the line.'],
		['n: {}', '`n` takes a single value. Write a whole number from 1 to 10.'],
		['output: ""', '`output` is empty.'],
		['output: a\\b', 'Write `/` between folders, so that the file works on every system.'],
	] as const) {
		test(`says of ${JSON.stringify(line)}: ${message}`, () => {
			const said = messageOf(fileOf(line), 'invalidValue');
			assert.ok(said.includes(message), said);
		});
	}

	test('shows a folder as the beginning of an output path', () => {
		const text = fileOf('output: assets/');
		assert.match(messageOf(text, 'invalidValue'), /This names a folder\./);
		assert.equal(fixedBy(text, 'Change to `assets/{{name}}.{{ext}}`'), fileOf('output: assets/{{name}}.{{ext}}'));
	});

	test('never shows more than a glance of a long value', () => {
		const message = messageOf(fileOf(`background: ${'x'.repeat(5000)}`), 'invalidValue');
		assert.ok(message.length < 200, message);
	});

	test('accepts exactly the sizes with edges from 1 to 99999', () => {
		const edge = fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 99_990, max: 100_010 }), fc.nat({ max: 1_000_000 }));
		fc.assert(
			fc.property(edge, edge, (width, height) => {
				const isFine = Math.min(width, height) >= 1 && Math.max(width, height) <= 99_999;
				assert.deepEqual(parsePrompt(fileOf(`size: ${width}x${height}`)).keys.size?.value, isFine ? { width, height } : undefined);
			}),
		);
	});
});

suite('front matter: tier and quality', () => {
	test('exclude each other, and the later one is marked', () => {
		assert.deepEqual(problemsOf(fileOf('tier: 24\nquality: low')), [['invalidValue', 'quality: low']]);
		assert.deepEqual(problemsOf(fileOf('quality: low\nn: 2\ntier: 24')), [['invalidValue', 'tier: 24']]);
	});
});

suite('front matter: unknown keys', () => {
	for (const [key, suggestion] of [
		['quallity', 'quality'],
		['qualtiy', 'quality'],
		['Quality', 'quality'],
		['SIZE', 'size'],
		['sise', 'size'],
		['N', 'n'],
		['count', 'n'],
		['output_format', 'format'],
		['variables', 'vars'],
		['var', 'vars'],
		['backgroud', 'background'],
		['atl', 'alt'],
		['ouput', 'output'],
		['filename', 'output'],
		['resolution', 'size'],
	] as const) {
		test(`suggest ${suggestion} for ${key}, and can be renamed`, () => {
			const text = fileOf(`${key}: x`);
			assert.deepEqual(problemsOf(text), [['unknownKey', key]]);
			assert.equal(messageOf(text, 'unknownKey'), `"${key}" is no key of a prompt file. Did you mean \`${suggestion}\`?`);
			assert.equal(fixedBy(text, `Rename to \`${suggestion}\``), fileOf(`${suggestion}: x`));
		});
	}

	test('are not renamed to a key that is already there', () => {
		assert.deepEqual(parsePrompt(fileOf('size: auto\nSize: auto')).problems[0]?.fixes, undefined);
	});

	test('that resemble nothing list what there is', () => {
		const keys = 'connection, model, size, tier, quality, format, compression, background, moderation, n, output, alt, vars';
		assert.equal(messageOf(fileOf('seed: 7'), 'unknownKey'), `"seed" is no key of a prompt file. The keys are ${keys}.`);
		assert.deepEqual(
			problemsOf(fileOf('<<: x\nconstructor: y\n__proto__: z')).map(([code]) => code),
			['unknownKey', 'unknownKey', 'unknownKey'],
		);
	});

	for (const key of ['target', 'images', 'mask', 'regions', 'lock', 'matrix', 'extends', 'expect', 'fit', 'image', 'Mask']) {
		test(`of the format that this version does not carry out stop everything: ${key}`, () => {
			const text = fileOf(`${key}: x`);
			assert.deepEqual(problemsOf(text), [['unknownKey', key]]);
			assert.match(messageOf(text, 'unknownKey'), /^This version does not support `\w+`, so nothing is sent/);
			assert.deepEqual(parsePrompt(text).problems[0]?.fixes, undefined);
		});
	}

	test('point the prompt to its place', () => {
		assert.equal(messageOf(fileOf('prompt: A cat'), 'unknownKey'), 'The prompt is no key: it stands below the second `---`.');
	});
});

suite('front matter: broken YAML', () => {
	for (const [yaml, at, title, fixed] of [
		['alt: Empty: aisle', 'Empty: aisle', 'Put the text in quotes', "alt: 'Empty: aisle'"],
		['alt: @home', '@home', 'Put the text in quotes', "alt: '@home'"],
		["alt: `it's`", "`it's`", 'Put the text in quotes', "alt: '`it''s`'"],
		['alt: [a] b', '[a] b', 'Put the text in quotes', "alt: '[a] b'"],
		['alt: *bold* text', '*bold* text', 'Put the text in quotes', "alt: '*bold* text'"],
		['alt: *bold', '*bold', 'Put the text in quotes', "alt: '*bold'"],
		['alt: &copy me', '&copy me', 'Put the text in quotes', "alt: '&copy me'"],
		['alt: !important now', '!important now', 'Put the text in quotes', "alt: '!important now'"],
		['alt: #ff0000', '#ff0000', 'Put the text in quotes', "alt: '#ff0000'"],
		['alt: "open', '"open', 'Add the closing "', 'alt: "open"'],
		['alt: "a" b', '"a" b', 'Put the text in quotes', `alt: '"a" b'`],
		["alt: 'open", "'open", "Add the closing '", "alt: 'open'"],
		['alt:text', ':', 'Write `alt: `, with a colon and a space behind it', 'alt: text'],
		['alt = text', ' = ', 'Write `alt: `, with a colon and a space behind it', 'alt: text'],
		['vars:\n\ta: b', '\t', 'Use spaces', 'vars:\n  a: b'],
	] as const) {
		test(`is mended: ${JSON.stringify(yaml)}`, () => {
			const text = fileOf(yaml, '{{a}}');
			const syntax = problemsOf(text).filter(([code]) => code === 'syntax');
			assert.deepEqual(syntax, [['syntax', at]]);
			assert.equal(fixedBy(text, title), fileOf(fixed, '{{a}}'));
			assert.deepEqual(
				problemsOf(fileOf(fixed, '{{a}}')).filter(([code]) => code === 'syntax'),
				[],
			);
		});
	}

	for (const [yaml, ...expected] of [
		['size: auto\nsize: 1024x1024', ['syntax', 'size']],
		['size: auto\nhello', ['syntax', 'hello']],
		['hello', ['syntax', 'hello']],
		['- size', ['syntax', '- size']],
		['? [a]\n: b', ['syntax', '[a]']],
		['alt: |x\n  text\nn: 99', ['syntax', 'x'], ['invalidValue', '99']],
	] as const) {
		test(`is marked: ${JSON.stringify(yaml)}`, () => {
			assert.deepEqual(problemsOf(fileOf(yaml)), expected);
		});
	}

	test('takes the first of two values', () => {
		assert.deepEqual(valuesOf(parsePrompt(fileOf('n: 2\nn: 3'))), { n: 2 });
		assert.deepEqual(problemsOf(fileOf('vars:\n  a: x\n  a: y', '{{a}}')), [['syntax', 'a']]);
		assert.deepEqual(problemsOf(fileOf('n: 2\nn: 3\nalt: "x')), [
			['syntax', 'n'],
			['syntax', '"x'],
		]);
	});

	test('warns of text that a comment swallows', () => {
		const text = fileOf('alt: Gate #5 opens');
		const [problem] = parsePrompt(text).problems;
		assert.equal(problem?.severity, 'warning');
		assert.deepEqual(problemsOf(text), [['syntax', '#5 opens']]);
		assert.equal(fixedBy(text, 'Put the text in quotes'), fileOf("alt: 'Gate #5 opens'"));
	});

	test('does not warn of a comment that looks like one, nor behind a value that is no free text', () => {
		assert.deepEqual(problemsOf(fileOf('alt: Gate # opens\nsize: auto #default\nn: 2 #')), []);
	});
});
