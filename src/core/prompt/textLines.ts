/** One line of a text. `end` is before its line break, `next` behind it; both are the text's end for the last line. */
export interface TextLine {
	readonly start: number;
	readonly end: number;
	readonly next: number;
}

/** The line of `text` that begins at `start`, cut off at `limit`. */
export function lineFrom(text: string, start: number, limit: number): TextLine {
	const feed = text.indexOf('\n', start);
	if (feed < 0 || feed >= limit) {
		return { start, end: limit, next: limit };
	}
	return { start, end: feed > start && text[feed - 1] === '\r' ? feed - 1 : feed, next: feed + 1 };
}

/** The lines between two offsets. The empty line behind a last line break is none. */
export function* linesBetween(text: string, start: number, limit: number): Generator<TextLine> {
	for (let at = start; at < limit;) {
		const line = lineFrom(text, at, limit);
		yield line;
		at = line.next;
	}
}

/** Where the line that holds `offset` begins. */
export function lineStart(text: string, offset: number): number {
	return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line break that the text uses first; a line feed when it has none. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
	const feed = text.indexOf('\n');
	return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}
