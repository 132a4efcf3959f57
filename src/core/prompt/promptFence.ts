import type { TextRange } from '../problem';
import { linesBetween, type TextLine } from './textLines';

/** A fenced code block of a Markdown text whose info string begins with the word `imgprompt`. */
export interface PromptFence {
	/** The contents, exactly as they stand at `range`. */
	readonly text: string;
	readonly range: TextRange;
	/** The info string, without white space around it. */
	readonly infoRange: TextRange;
	/** From the opening line to the end of the closing one. */
	readonly blockRange: TextRange;
}

interface Block extends PromptFence {
	readonly isPrompt: boolean;
}

interface Opening {
	readonly line: TextLine;
	readonly fence: string;
	readonly infoRange: TextRange;
}

/** All prompt fences of a Markdown text, in order. One that is never closed reaches to the end of the text. */
export function findPromptFences(text: string): readonly PromptFence[] {
	return blocks(text)
		.filter(block => block.isPrompt)
		.map(asPromptFence);
}

/** The prompt fence that holds `offset`; its opening and closing lines belong to it. */
export function findPromptFence(text: string, offset: number): PromptFence | undefined {
	const block = blocks(text).find(({ blockRange }) => blockRange.start <= offset && offset <= blockRange.end);
	return block?.isPrompt ? asPromptFence(block) : undefined;
}

function asPromptFence({ text, range, infoRange, blockRange }: Block): PromptFence {
	return { text, range, infoRange, blockRange };
}

/** Every fenced block, because a prompt fence inside another block is none. */
function blocks(text: string): readonly Block[] {
	const found: Block[] = [];
	let opening: Opening | undefined;
	for (const line of linesBetween(text, 0, text.length)) {
		if (!opening) {
			opening = matchOpening(text, line);
		} else if (closes(text.slice(line.start, line.end), opening.fence)) {
			found.push(toBlock(text, opening, line.start, line.end));
			opening = undefined;
		}
	}
	return opening ? [...found, toBlock(text, opening, text.length, text.length)] : found;
}

function matchOpening(text: string, line: TextLine): Opening | undefined {
	// A byte order mark may stand before the first line.
	const content = text.slice(line.start, line.end);
	const match = /^\uFEFF? {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*/.exec(content);
	if (!match) {
		return undefined;
	}
	const [all, fence = ''] = match;
	const start = line.start + all.length;
	return { line, fence, infoRange: { start, end: start + content.slice(all.length).trimEnd().length } };
}

function closes(line: string, fence: string): boolean {
	const match = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
	return match !== undefined && match.startsWith(fence);
}

function toBlock(text: string, { line, infoRange }: Opening, end: number, blockEnd: number): Block {
	const range = { start: Math.min(line.next, end), end };
	const isPrompt = /^imgprompt(?![\w-])/.test(text.slice(infoRange.start, infoRange.end));
	return { text: text.slice(range.start, range.end), range, infoRange, isPrompt, blockRange: { start: line.start, end: blockEnd } };
}
