import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { quoted, yamlText } from '../../../../src/core/prompt/yamlText';

suite('yamlText', () => {
	for (const [value, written] of [
		['auto', 'auto'],
		['1536x1024', '1536x1024'],
		['two words', 'two words'],
		['assets/{{name}}.png', 'assets/{{name}}.png'],
		['größer', 'größer'],
		['50 % off!', '50 % off!'],
		['', "''"],
		[' a', "' a'"],
		['a ', "'a '"],
		['a: b', "'a: b'"],
		['a #b', "'a #b'"],
		["it's", "it's"],
		["'a'", "'''a'''"],
		['{{name}}', "'{{name}}'"],
		['-', "'-'"],
		['- a', "'- a'"],
		['---', "'---'"],
		['...', "'...'"],
		['@home', "'@home'"],
		['a\nb', '"a\\nb"'],
		['a\tb', '"a\\tb"'],
		['\u2028', '"\\u2028"'],
		['\u0085', '"\\u0085"'],
		['\ud800', '"\\ud800"'],
		['😀', "'😀'"],
	] as const) {
		test(`writes ${JSON.stringify(value)} as ${written}`, () => {
			assert.equal(yamlText(value, false), written);
		});
	}

	test('quotes more inside of braces', () => {
		assert.equal(yamlText('a, b', true), "'a, b'");
		assert.equal(yamlText('a{b}', true), "'a{b}'");
		assert.equal(yamlText('a b', true), 'a b');
	});

	const anyText = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.stringMatching(/^[-+{}[\]<!>&*?|%@` \n\t'"#:,ab.0~=\\]{0,10}$/),
	);

	test('is read back as the same text by YAML, in a block and in braces', () => {
		fc.assert(
			fc.property(anyText, value => {
				assert.deepEqual(parse(`k: ${yamlText(value, false)}\nl: 1\n`, { schema: 'failsafe' }), { k: value, l: '1' });
				assert.deepEqual(parse(`{ k: ${yamlText(value, true)}, l: 1 }`, { schema: 'failsafe' }), { k: value, l: '1' });
			}),
			{ numRuns: 300 },
		);
	});

	test('stays on one line', () => {
		fc.assert(fc.property(anyText, value => assert.doesNotMatch(yamlText(value, false), /[\r\n\u0085\u2028\u2029]/)));
	});
});

suite('quoted', () => {
	test('doubles single quotes', () => {
		assert.equal(quoted("it's"), "'it''s'");
	});
});
