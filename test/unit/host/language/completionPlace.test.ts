import * as assert from 'node:assert/strict';
import { completionPlaceAt, type CompletionPlace } from '../../../../src/host/language/completionPlace';

/** The place of the cursor, which `|` marks in `text`. */
function placeIn(text: string): CompletionPlace {
	const before = text.slice(0, text.indexOf('|')).split('\n');
	return completionPlaceAt(text.replace('|', '').split('\n'), before.length - 1, before.at(-1)?.length ?? 0);
}

suite('completionPlaceAt', () => {
	for (const [text, place] of [
		['---\n|\n---\nA rose', { kind: 'key', prefix: '', hasColon: false }],
		['---\nqu|\n---\nA rose', { kind: 'key', prefix: 'qu', hasColon: false }],
		['---\nqu|ality: low\n---\nA rose', { kind: 'key', prefix: 'qu', hasColon: true }],
		['---\nsize: |\n---\nA rose', { kind: 'value', key: 'size', prefix: '' }],
		['---\nsize: land|\n---\nA rose', { kind: 'value', key: 'size', prefix: 'land' }],
		['---\nn: 1\nsize:   1|024x1024\n---\nA rose', { kind: 'value', key: 'size', prefix: '1' }],
		['---\nsize:|\n---\nA rose', { kind: 'nothing' }],
		['---\nvars:\n  mo|\n---\nA rose', { kind: 'nothing' }],
		['---\noutput: a/{{|\n---\nA rose', { kind: 'variable', prefix: '', isClosed: false, key: 'output' }],
		['---\nalt: "{{ mo|}}"\n---\nA rose', { kind: 'variable', prefix: 'mo', isClosed: true, key: 'alt' }],
		['---\nn: 1\n---\nA {{mo|od}} rose', { kind: 'variable', prefix: 'mo', isClosed: true }],
		['A {{|', { kind: 'variable', prefix: '', isClosed: false }],
		['A {{größ|', { kind: 'variable', prefix: 'größ', isClosed: false }],
		['A {{done}} |', { kind: 'nothing' }],
		['---\nn: 1\n---\nquality: |', { kind: 'nothing' }],
		['---\nn: 1\n|---\nA rose', { kind: 'nothing' }],
		['|', { kind: 'frontMatter', prefix: '' }],
		['--|\nA rose', { kind: 'frontMatter', prefix: '--' }],
		['A|', { kind: 'nothing' }],
		['A rose\n|', { kind: 'nothing' }],
		['---\nsize: 1024x1024\nqu|', { kind: 'key', prefix: 'qu', hasColon: false }],
		['---\nsize: 1024x1024\n\nA rose|', { kind: 'nothing' }],
	] as const) {
		test(`${JSON.stringify(text)} is the place of ${place.kind}`, () => {
			assert.deepEqual(placeIn(text), place);
		});
	}
});
