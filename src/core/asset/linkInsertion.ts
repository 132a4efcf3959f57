import { linkFormOf, type LinkForm } from './links';

/** A link and the text around the place where it goes. */
export interface InsertionPlace {
	readonly languageId: string;
	readonly extension?: string;
	/** The line before the cursor, and after it. */
	readonly before: string;
	readonly after: string;
	/** The lines above and below; absent at the ends of the document. */
	readonly above?: string;
	readonly below?: string;
	readonly link: string;
}

/** Whether the cursor stands on a line with nothing else, so that a link there is a block. */
export function isAloneAt(place: Pick<InsertionPlace, 'before' | 'after'>): boolean {
	return place.before.trim() === '' && place.after.trim() === '';
}

/** Languages of running text, in which a picture after the last word of a paragraph is meant to stand below it. */
const proseForms: readonly LinkForm[] = ['markdown', 'asciidoc', 'typst', 'org'];

/** Lists, quotations, tables, tags, link definitions, comments and commands: a picture there belongs into the line. */
const specialLine = /^\s*(?:[|>\\<]|[-+*.]+\s|\d+[.)]\s|\[[^\]]+\]:|\/\/|#\w|#\+)/;

/** White space, an opening mark or a backslash: the line is meant to go on. */
const goesOn = /[\s([{<“‘«\\]$/u;

/**
 * Whether a link becomes a paragraph after the one at whose end the cursor stands, as when the prompt was a whole sentence.
 * Who wants it in the line types a space first.
 */
export function becomesParagraph(place: Omit<InsertionPlace, 'link'>): boolean {
	const { languageId, extension, before, after, below } = place;
	const isAtParagraphEnd = before.trim() !== '' && after.trim() === '' && isBlank(below);
	return isAtParagraphEnd && proseForms.includes(linkFormOf(languageId, extension)) && !specialLine.test(before) && !goesOn.test(before);
}

/**
 * The link with what it needs around it when a person inserts it: a space after a word, lines of its own for languages whose
 * pictures are blocks and at the end of a paragraph. A link that code puts at an exact position gets nothing.
 */
export function linkInsertion(place: InsertionPlace): string {
	return needsOwnLines(place) || becomesParagraph(place) ? asBlock(place) : asWord(place);
}

function needsOwnLines({ languageId, extension, link }: InsertionPlace): boolean {
	const form = linkFormOf(languageId, extension);
	return form === 'restructuredtext' || (form === 'asciidoc' && link.startsWith('image::')) || (form === 'org' && link.includes('\n'));
}

function asBlock({ before, after, above, below, link }: InsertionPlace): string {
	const indent = /^\s*/.exec(before)?.[0] ?? '';
	const isIndentOnly = before.trim() === '';
	const gapAbove = isIndentOnly ? (isBlank(above) ? '' : `\n${indent}`) : `\n\n${indent}`;
	const gapBelow = after.trim() === '' ? (isBlank(below) ? '' : '\n') : `\n\n${indent}`;
	return gapAbove + link.replaceAll('\n', `\n${indent}`) + gapBelow;
}

function isBlank(line: string | undefined): boolean {
	return line === undefined || line.trim() === '';
}

/** Scripts that set no spaces between words are left alone. */
function asWord({ before, after, link }: InsertionPlace): string {
	const followsWord = /[\p{L}\p{N}\p{M}.,;:!?)\]}"'’”»…%](?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])$/u.test(before);
	const precedesWord = /^[\p{L}\p{N}](?<![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u.test(after);
	return `${followsWord ? ' ' : ''}${link}${precedesWord ? ' ' : ''}`;
}
