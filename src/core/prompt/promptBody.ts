import type { Problem, TextRange } from '../problem';
import { promptError, replaceFix } from './promptProblem';
import { lineFrom, lineStart, type TextLine } from './textLines';

/** The part of a prompt that is sent, before variables are filled. */
export interface BodyText {
	/** Without comments; line breaks as in the source. */
	readonly text: string;
	readonly problems: readonly Problem[];
	/** The place in the source of a place in `text`. */
	sourceOffset(offset: number): number;
}

const commentStart = /\\?<!--/g;
const stepSeparator = /^ {0,3}\+{3,}[ \t]*\r?$/gm;

/** Drops comments from a body. One that fills its lines goes with them; `\<!--` begins none. */
export function readBody(source: string, range: TextRange): BodyText {
	const { kept, problems } = dropComments(source, range);
	const starts: number[] = [];
	let text = '';
	for (const piece of kept) {
		starts.push(text.length);
		text += source.slice(piece.start, piece.end);
	}
	const sourceOffset = (offset: number) => {
		const index = lastAtMost(starts, offset);
		return (kept[index]?.start ?? range.start) + offset - (starts[index] ?? 0);
	};
	const separators = [...text.matchAll(stepSeparator)].slice(0, 1).map(match => stepProblem(match, sourceOffset));
	return { text, problems: [...problems, ...separators], sourceOffset };
}

/** The text that is sent: line feeds alone, so that one file gives one prompt on every system, and no white space around it. */
export function normalizeBody(text: string): string {
	return text.replaceAll(/\r\n?/g, '\n').trim();
}

function dropComments(source: string, range: TextRange): { kept: readonly TextRange[]; problems: readonly Problem[] } {
	const kept: TextRange[] = [];
	let at = range.start;
	let line = lineFrom(source, range.start, range.end);
	for (const match of source.slice(range.start, range.end).matchAll(commentStart)) {
		const start = range.start + match.index;
		if (start < at || match[0].startsWith('\\')) {
			continue;
		}
		const close = source.indexOf('-->', start + 4);
		if (close < 0 || close + 3 > range.end) {
			kept.push({ start: at, end: start });
			return { kept, problems: [unclosedComment(source, start, range.end)] };
		}
		const comment = { start, end: close + 3 };
		const first = lineOf(source, comment.start, range, line);
		line = lineOf(source, comment.end, range, first);
		const dropped = isAlone(source, comment, { start: at, first, last: line }) ? { start: first.start, end: line.next } : comment;
		kept.push({ start: at, end: dropped.start });
		at = dropped.end;
	}
	kept.push({ start: at, end: range.end });
	return { kept, problems: [] };
}

/** The line that holds `offset`: `known`, if it does, because thousands of comments may share one long line. */
function lineOf(source: string, offset: number, range: TextRange, known: TextLine): TextLine {
	return offset >= known.start && offset <= known.end
		? known
		: lineFrom(source, Math.max(range.start, lineStart(source, offset)), range.end);
}

/** Whether nothing else stands on the lines of a comment, of which everything before `start` is dropped already. */
function isAlone(source: string, comment: TextRange, { start, first, last }: { start: number; first: TextLine; last: TextLine }): boolean {
	return (
		start <= first.start && source.slice(first.start, comment.start).trim() === '' && source.slice(comment.end, last.end).trim() === ''
	);
}

function unclosedComment(source: string, start: number, limit: number): Problem {
	const lineEnd = lineFrom(source, start, limit).end;
	return promptError(
		'syntax',
		{ start, end: start + 4 },
		'The comment has no end. Close it with `-->`, or write `\\<!--` to send these characters.',
		[
			replaceFix('Close the comment at the end of the line', { start: lineEnd, end: lineEnd }, ' -->', true),
			replaceFix('Send these characters', { start, end: start }, '\\'),
		],
	);
}

function stepProblem(match: RegExpExecArray, sourceOffset: (offset: number) => number): Problem {
	const start = sourceOffset(match.index);
	const range = { start, end: start + match[0].trimEnd().length };
	const message =
		'Steps are not supported by this version, so nothing is sent. Put each step into a file of its own, or write `\\+++` to send this line.';
	return promptError('syntax', range, message);
}

/** Index of the last of the ascending `values` that is not greater than `limit`; 0 when there is none. */
function lastAtMost(values: readonly number[], limit: number): number {
	let low = 0;
	let high = values.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if ((values[middle] ?? Infinity) <= limit) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}
