import type { TextRange } from '../problem';
import { linesBetween } from './textLines';

/** Where front matter and body stand in a text. */
export interface PromptParts {
	/** Contents between the `---` lines, without them. For an unclosed front matter the lines that look like it. */
	readonly frontMatter?: TextRange;
	/** The opening `---`. */
	readonly opening?: TextRange;
	readonly isClosed: boolean;
	readonly body: TextRange;
}

const delimiter = /^( {0,3})---[ \t]*$/;
const frontMatterLine = /^[ \t]*(?:$|#|- |["']?[A-Za-z_][\w-]*["']?[ \t]*:)|^[ \t]+\S/;

/**
 * Splits a prompt file. The front matter begins on the very first line, after a byte order mark if there is one. The
 * delimiters may be indented by up to three spaces, as the whole of a Markdown fence may be.
 */
export function splitPrompt(text: string): PromptParts {
	const start = text.startsWith('\uFEFF') ? 1 : 0;
	let opening: TextRange | undefined;
	let indent = 0;
	let contentStart = start;
	let looksLikeUntil = start;
	let stillLooksLike = true;
	for (const line of linesBetween(text, start, text.length)) {
		const content = text.slice(line.start, line.end);
		const match = delimiter.exec(content);
		if (!opening) {
			if (!match) {
				break;
			}
			indent = match[1]?.length ?? 0;
			opening = { start: line.start + indent, end: line.start + indent + 3 };
			contentStart = looksLikeUntil = line.next;
		} else if (match && (match[1]?.length ?? 0) <= indent) {
			return {
				frontMatter: { start: contentStart, end: line.start },
				opening,
				isClosed: true,
				body: { start: line.next, end: text.length },
			};
		} else if (stillLooksLike) {
			stillLooksLike = frontMatterLine.test(content);
			looksLikeUntil = stillLooksLike && content.trim() !== '' ? line.next : looksLikeUntil;
		}
	}
	if (!opening) {
		return { isClosed: true, body: { start, end: text.length } };
	}
	return {
		frontMatter: { start: contentStart, end: looksLikeUntil },
		opening,
		isClosed: false,
		body: { start: looksLikeUntil, end: text.length },
	};
}
