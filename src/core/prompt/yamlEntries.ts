import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { Problem, ProblemFix, TextRange } from '../problem';
import type { Entry, EntryValue } from './entry';
import { promptError, promptWarning, shown } from './promptProblem';
import { lineFrom } from './textLines';
import { quoted } from './yamlText';

/** Part of a text that is read as YAML. */
export interface YamlSlice {
	readonly text: string;
	readonly range: TextRange;
	/** 0 for the front matter itself, 1 for the lines under a key such as `vars`. */
	readonly depth: number;
}

/** What could be read of a slice. */
export interface SliceEntries {
	readonly entries: readonly Entry[];
	readonly problems: readonly Problem[];
	/** Place behind the `{` when the whole slice is written in braces. */
	readonly flowStart?: number;
}

/** The deepest maps that are looked into: those under `vars`. */
const maxDepth = 1;

const maxBrackets = 64;

/** Most `: ` in one line: each begins a map inside of the one before, and all but the first are mistakes unless they are quoted. */
const maxColons = 200;

/**
 * Parses a slice as YAML 1.2. The failsafe schema makes every scalar a text as written. `undefined` when brackets or the maps
 * of one line are nested deeper than the parser can bear: its time grows with the depth of each.
 */
export function parseYaml({ text, range }: YamlSlice): Document.Parsed<ParsedNode, false> | undefined {
	const source = text.slice(range.start, range.end);
	if (isNestedTooDeep(source)) {
		return undefined;
	}
	const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, strict: true, logLevel: 'error' } as const;
	try {
		return parseDocument<ParsedNode, false>(source, options);
	} catch {
		// The parser recurses and throws what it did not think of; a prompt file must not break the editor.
		return undefined;
	}
}

function isNestedTooDeep(source: string): boolean {
	let colons = 0;
	for (const [mark] of source.matchAll(/\n|:(?=[ \t])/g)) {
		colons = mark === ':' ? colons + 1 : 0;
		if (colons > maxColons) {
			return true;
		}
	}
	let depth = 0;
	for (const [bracket] of source.matchAll(/[[\]{}]/g)) {
		depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
		if (depth > maxBrackets) {
			return true;
		}
	}
	return false;
}

/** The entries of a map whose offsets are relative to `slice`. Of a repeated key the first counts. */
export function readMap(map: YAMLMap.Parsed, slice: YamlSlice): SliceEntries {
	const problems: Problem[] = [];
	const entries = new Map<string, Entry>();
	for (const pair of map.items) {
		const entry = readPair(pair, map.flow === true, slice, problems);
		if (entry && entries.has(entry.key)) {
			problems.push(repeatedKey(entry));
		} else if (entry) {
			entries.set(entry.key, entry);
		}
	}
	const read = { entries: [...entries.values()], problems };
	return map.flow ? { ...read, flowStart: slice.range.start + map.range[0] + 1 } : read;
}

/** The problem of a key that stands in the same map for the second time. */
export function repeatedKey({ key, keyRange }: Entry): Problem {
	return promptError('syntax', keyRange, `\`${shown(key)}\` stands here twice, and only the first one counts. Remove one of them.`);
}

function readPair(pair: Pair<ParsedNode, ParsedNode | null>, isInFlow: boolean, slice: YamlSlice, problems: Problem[]): Entry | undefined {
	const keyRange = rangeOf(pair.key, slice);
	if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
		problems.push(promptError('syntax', keyRange, 'A key must be a plain word, such as `size`.'));
		return undefined;
	}
	const key = pair.key.value;
	const node = pair.value;
	if (!node) {
		return { key, keyRange, range: { start: keyRange.end, end: keyRange.end }, value: { kind: 'empty' } };
	}
	const found = rangeOf(node, slice);
	const start = valueStart(slice.text, keyRange.end, found);
	const value = readValue(node, { start, end: Math.max(start, found.end) }, isInFlow, slice, problems);
	const range = value.kind === 'empty' ? emptyRange(slice.text, keyRange.end) : found;
	const isFreeText = slice.depth > 0 || key === 'alt' || key === 'output';
	const lost = isFreeText && !isInFlow && isScalar(node) && node.type === 'PLAIN' ? lostComment(slice.text, range) : undefined;
	if (!lost) {
		return { key, keyRange, range, value };
	}
	problems.push(lost);
	const text = slice.text.slice(lost.range.start, lost.range.end).trimEnd();
	return { key, keyRange, range, value: value.kind === 'empty' ? { kind: 'text', text } : value };
}

function readValue(node: ParsedNode, written: TextRange, isInFlow: boolean, slice: YamlSlice, problems: Problem[]): EntryValue {
	const source = slice.text.slice(written.start, written.end);
	if (/^[&*]|^!(?!!)/.test(source)) {
		const message = `YAML keeps \`${source[0]}\` at the beginning of a value for itself. Put the text in quotes.`;
		problems.push(promptError('syntax', written, message, [quoteFix(slice.text, written, isInFlow)]));
	}
	if (isMap(node) && source.startsWith('{{')) {
		const message = 'YAML takes a brace at the beginning of a value for its own. Put the text in quotes.';
		problems.push(promptError('syntax', written, message, [quoteFix(slice.text, written, isInFlow)]));
		return { kind: 'text', text: source };
	}
	if (isMap(node)) {
		const nested = slice.depth < maxDepth ? readMap(node, { ...slice, depth: slice.depth + 1 }) : { entries: [], problems: [] };
		problems.push(...nested.problems);
		return { kind: 'map', entries: nested.entries, isFlow: node.flow === true };
	}
	if (isSeq(node)) {
		return { kind: 'list' };
	}
	if (isAlias(node) || typeof node.value !== 'string') {
		return { kind: 'text', text: source };
	}
	return node.type === 'PLAIN' && node.value === '' ? { kind: 'empty' } : { kind: 'text', text: node.value };
}

/** Puts the value in quotes: to the end of its line, because it may have lost its rest to a comment or an error. */
export function quoteFix(text: string, value: TextRange, isInFlow: boolean): ProblemFix {
	const lineEnd = lineFrom(text, value.start, text.length).end;
	const rest = text.slice(value.start, isInFlow ? value.end : lineEnd).trimEnd();
	const range = { start: value.start, end: value.start + rest.length };
	return { title: 'Put the text in quotes', edits: [{ range, newText: quoted(rest) }], isPreferred: true };
}

/** Says so when a `#` swallows what looks like text: `colour: #ff0000` has no value, `alt: Gate #5 opens` is cut off. */
function lostComment(text: string, value: TextRange): Problem | undefined {
	const line = lineFrom(text, value.end, text.length);
	const comment = /^[ \t]+#[^\s#]/.exec(text.slice(value.end, line.end));
	if (!comment) {
		return undefined;
	}
	const hash = value.end + comment[0].indexOf('#');
	const isEmpty = value.start === value.end;
	const fix = quoteFix(text, { start: isEmpty ? hash : value.start, end: line.end }, false);
	const range = { start: hash, end: line.end };
	return isEmpty
		? promptError('syntax', range, '`#` begins a comment, so there is no value here. Put the text in quotes.', [fix])
		: promptWarning('syntax', range, 'From `#` on this is a comment. Put the text in quotes if it belongs to the value.', [fix]);
}

/** The place behind the colon of a key without a value. */
function emptyRange(text: string, keyEnd: number): TextRange {
	const end = keyEnd + (/^[ \t]*:/.exec(text.slice(keyEnd, keyEnd + 100))?.[0].length ?? 0);
	return { start: end, end };
}

/** Where a value begins in the text, with its tag or anchor. */
function valueStart(text: string, keyEnd: number, value: TextRange): number {
	const between = /^\s*:\s*/.exec(text.slice(keyEnd, value.start));
	return Math.min(value.start, keyEnd + (between?.[0].length ?? 0));
}

/** The place of a node in the whole text, without the line breaks behind it. */
function rangeOf(node: ParsedNode, { text, range }: YamlSlice): TextRange {
	const start = range.start + node.range[0];
	const length = text.slice(start, range.start + node.range[1]).trimEnd().length;
	return { start, end: start + length };
}
