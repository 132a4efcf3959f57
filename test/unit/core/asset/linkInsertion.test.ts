import * as assert from 'node:assert/strict';
import { isAloneAt, linkInsertion, type InsertionPlace } from '../../../../src/core/asset/linkInsertion';

function inserted(place: Partial<InsertionPlace>): string {
	return linkInsertion({ languageId: 'markdown', before: '', after: '', link: 'LINK', ...place });
}

suite('linkInsertion: within a line', () => {
	for (const [before, after, expected] of [
		['', '', 'LINK'],
		['A sentence', '', ' LINK'],
		['A sentence.', '', ' LINK'],
		['A “quote”', '', ' LINK'],
		['A sentence. ', '', 'LINK'],
		['', ' next', 'LINK'],
		['', 'next', 'LINK '],
		['word', 'word', ' LINK '],
		['word', '.', ' LINK'],
		['(', ')', 'LINK'],
		['- ', '', 'LINK'],
		['| ', ' |', 'LINK'],
		['<td>', '</td>', 'LINK'],
		['background:', ';', ' LINK'],
		['静かな駅', '人', 'LINK'],
		['café', '', ' LINK'],
		['2026', '', ' LINK'],
	] as const) {
		test(`after ${JSON.stringify(before)} and before ${JSON.stringify(after)} it is ${JSON.stringify(expected)}`, () => {
			assert.equal(inserted({ before, after }), expected);
		});
	}
});

suite('linkInsertion: pictures that are blocks', () => {
	const link = '.. image:: a.png\n   :alt: x';
	const languageId = 'restructuredtext';
	for (const [name, place, expected] of [
		['an empty line needs nothing', {}, link],
		['text before ends its paragraph first', { before: 'Text.' }, `\n\n${link}`],
		['text after starts a new paragraph', { after: 'Text.' }, `${link}\n\n`],
		['text on both sides is parted', { before: 'One', after: ' two' }, `\n\n${link}\n\n`],
		['a paragraph right above is parted', { above: 'Text' }, `\n${link}`],
		['a paragraph right below is parted', { below: 'Text' }, `${link}\n`],
		['blank neighbours are enough', { above: '  ', below: '' }, link],
		['the indentation is kept', { before: '   ' }, '.. image:: a.png\n      :alt: x'],
		['an indented text keeps its indentation', { before: '  Text' }, '\n\n  .. image:: a.png\n     :alt: x'],
	] as const) {
		test(name, () => {
			assert.equal(inserted({ languageId, link, ...place }), expected);
		});
	}

	test('AsciiDoc’s block macro gets a line of its own, the inline one a space', () => {
		assert.equal(inserted({ languageId: 'asciidoc', link: 'image::a.png[x]', below: 'Text' }), 'image::a.png[x]\n');
		assert.equal(inserted({ languageId: 'asciidoc', link: 'image:a.png[x]', before: 'Text' }), ' image:a.png[x]');
	});

	test('the extension decides for a language that nobody installed', () => {
		assert.equal(inserted({ languageId: 'plaintext', extension: '.rst', link, before: 'Text' }), `\n\n${link}`);
	});
});

suite('isAloneAt', () => {
	for (const [before, after, expected] of [
		['', '', true],
		['  ', '\t', true],
		['a', '', false],
		['', 'a', false],
	] as const) {
		test(`${JSON.stringify(before)} | ${JSON.stringify(after)}: ${expected}`, () => {
			assert.equal(isAloneAt({ before, after }), expected);
		});
	}
});
