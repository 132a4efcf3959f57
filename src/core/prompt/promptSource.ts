import type { Problem, TextRange } from '../problem';
import type { Entry } from './entry';
import { promptError, replaceFix } from './promptProblem';
import { splitPrompt, type PromptParts } from './promptParts';
import { readFrontMatter } from './readFrontMatter';
import { lineBreakOf } from './textLines';

/** A prompt file taken apart, before its keys are looked at: what reading and editing have in common. */
export interface PromptSource {
	readonly text: string;
	readonly parts: PromptParts;
	readonly entries: readonly Entry[];
	/** Place behind the `{` when the front matter is written in braces. */
	readonly flowStart?: number;
	readonly problems: readonly Problem[];
}

/** Takes any text apart. Never throws. */
export function readPromptSource(text: string): PromptSource {
	const parts = splitPrompt(text);
	if (!parts.frontMatter || !parts.opening) {
		return { text, parts, entries: [], problems: [] };
	}
	const read = readFrontMatter(text, parts.frontMatter);
	const problems = parts.isClosed ? read.problems : [unclosed(text, parts.opening, parts.frontMatter), ...read.problems];
	return { text, parts, ...read, problems };
}

function unclosed(text: string, opening: TextRange, frontMatter: TextRange): Problem {
	const lineBreak = lineBreakOf(text);
	const needsBreak = !text.slice(0, frontMatter.end).endsWith('\n');
	const newText = `${needsBreak ? lineBreak : ''}---${lineBreak}`;
	return promptError('syntax', opening, 'The front matter has no end. Write `---` on a line of its own below the last key.', [
		replaceFix('Close the front matter', { start: frontMatter.end, end: frontMatter.end }, newText, true),
	]);
}
