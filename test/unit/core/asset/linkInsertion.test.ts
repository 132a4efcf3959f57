import * as assert from 'node:assert/strict';
import { becomesParagraph, isAloneAt, linkInsertion, type InsertionPlace } from '../../../../src/core/asset/linkInsertion';

function inserted(place: Partial<InsertionPlace>): string {
	return linkInsertion({ languageId: 'markdown', before: '', after: '', link: 'LINK', ...place });
}

suite('linkInsertion: within a line', () => {
	for (const [before, after, expected] of [
		['', '', 'LINK'],
		['A sentence.', ' Another.', ' LINK'],
		['A “quote”', ' goes on', ' LINK'],
		['A sentence. ', '', 'LINK'],
		['- an item', '', ' LINK'],
		['> a quotation.', '', ' LINK'],
		['Look (', '', 'LINK'],
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
		['café', ' noir', ' LINK'],
		['2026', ' ended', ' LINK'],
	] as const) {
		test(`after ${JSON.stringify(before)} and before ${JSON.stringify(after)} it is ${JSON.stringify(expected)}`, () => {
			assert.equal(inserted({ before, after }), expected);
		});
	}
});

suite('linkInsertion: at the end of a paragraph', () => {
	for (const [name, place, expected] of [
		['a sentence', { before: 'A sentence.' }, '\n\nLINK'],
		['a sentence without a full stop', { before: 'A lighthouse at dusk', after: ' ' }, '\n\nLINK'],
		['a heading', { before: '# A lighthouse' }, '\n\nLINK'],
		['a script without spaces', { before: '静かな駅。' }, '\n\nLINK'],
		['the last line of several', { above: 'One', before: 'two.', below: '' }, '\n\nLINK'],
		['bold words', { before: '**A lighthouse**' }, '\n\nLINK'],
		['an indented line', { before: '  A sentence.' }, '\n\n  LINK'],
		['AsciiDoc', { languageId: 'asciidoc', before: 'A sentence.', link: 'image::a.png[x]' }, '\n\nimage::a.png[x]'],
		['Typst', { languageId: 'typst', before: 'A sentence.' }, '\n\nLINK'],
	] as const) {
		test(`${name} gets the picture as a paragraph below it`, () => {
			assert.equal(inserted(place), expected);
		});
	}

	for (const [name, place] of [
		['the paragraph goes on in the next line', { before: 'One', below: 'two.' }],
		['a space says that the line goes on', { before: 'One ' }],
		['a list', { before: '1. One' }],
		['a table', { before: '| One' }],
		['a tag', { before: '<p>One' }],
		['a link definition', { before: '[one]: two' }],
		['a comment', { languageId: 'typst', before: '// One' }],
		['a command', { languageId: 'typst', before: '#let one = two' }],
		['a keyword', { languageId: 'org', before: '#+TITLE: One' }],
		['HTML', { languageId: 'html', before: 'One' }],
		['a stylesheet', { languageId: 'css', before: 'background: ' }],
		['a language that nobody knows', { languageId: 'plaintext', before: 'One' }],
	] as const) {
		test(`${name}: stays in the line`, () => {
			assert.equal(becomesParagraph({ languageId: 'markdown', after: '', ...place }), false);
			assert.doesNotMatch(inserted(place), /\n/);
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
		assert.equal(inserted({ languageId: 'asciidoc', link: 'image:a.png[x]', before: 'Text', after: ' on' }), ' image:a.png[x]');
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
