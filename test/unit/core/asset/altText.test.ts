import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { altFromPrompt, cutAtWord, normalizeAlt } from '../../../../src/core/asset/altText';

suite('normalizeAlt', () => {
	for (const [written, expected] of [
		['  An empty\n\tsubway   car ', 'An empty subway car'],
		['a\u0000b\u001bc', 'a b c'],
		['abc\u202Efed', 'abcfed'],
		['a\u2028b\u2029c\u00a0d', 'a b c d'],
		['شكرا 👩‍🚀', 'شكرا 👩‍🚀'],
		['\ud800', '\ufffd'],
		['', ''],
	] as const) {
		test(`${JSON.stringify(written)} becomes ${JSON.stringify(expected)}`, () => {
			assert.equal(normalizeAlt(written), expected);
		});
	}

	test('changes nothing the second time', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), text => {
				assert.equal(normalizeAlt(normalizeAlt(text)), normalizeAlt(text));
			}),
			{ seed: 1 },
		);
	});
});

suite('altFromPrompt', () => {
	for (const [prompt, expected] of [
		['Interior of an empty subway car (no people).\nWide-angle view.', 'Interior of an empty subway car (no people)'],
		['A red boat', 'A red boat'],
		['Is it a boat? Yes.', 'Is it a boat?'],
		['A picture of node.js 2.0 logos', 'A picture of node.js 2.0 logos'],
		['静かな駅。人はいない。', '静かな駅'],
		['', ''],
		['   \n ', ''],
		[`${'word '.repeat(40)}end.`, 'word '.repeat(25).trim()],
		['x'.repeat(300), 'x'.repeat(125)],
	] as const) {
		test(`${JSON.stringify(prompt.slice(0, 40))} suggests ${JSON.stringify(expected.slice(0, 40))}`, () => {
			assert.equal(altFromPrompt(prompt), expected);
		});
	}

	test('is one line of at most 125 characters for every prompt', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), prompt => {
				assert.match(altFromPrompt(prompt), /^[^\p{Cc}]{0,125}$/u);
			}),
			{ seed: 2 },
		);
	});
});

suite('cutAtWord', () => {
	test('drops the comma before the cut', () => {
		assert.equal(cutAtWord('one, two, three', 10), 'one, two');
	});

	test('never leaves half a surrogate pair', () => {
		assert.equal(cutAtWord('aaaaaaaaa😀bbb', 10), 'aaaaaaaaa');
	});
});
