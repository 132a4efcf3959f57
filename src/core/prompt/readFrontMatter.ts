import { isMap, isScalar } from 'yaml';
import type { Problem, TextRange } from '../problem';
import type { Entry, EntryValue } from './entry';
import { promptError, replaceFix, shown } from './promptProblem';
import { linesBetween } from './textLines';
import { parseYaml, quoteFix, readMap, repeatedKey, type SliceEntries, type YamlSlice } from './yamlEntries';

/** What the YAML parser says of a mistake; places are relative to the slice. */
interface YamlMistake {
	readonly code: string;
	readonly message: string;
	readonly pos: readonly [number, number];
}

/** UTF-16 code units. The YAML parser's time grows faster than its text, and a file may come from anybody. */
export const maxFrontMatterLength = 32_768;

/** Reads `range` of `text` as `key: value` lines. Broken lines become problems; the others are read all the same. */
export function readFrontMatter(text: string, range: TextRange): SliceEntries {
	if (range.end - range.start > maxFrontMatterLength) {
		const message = `The front matter is longer than ${maxFrontMatterLength} characters. Move long texts into the prompt below it.`;
		return { entries: [], problems: [promptError('syntax', range, message)] };
	}
	return readSlice({ text, range, depth: 0 });
}

function readSlice(slice: YamlSlice): SliceEntries {
	const document = parseYaml(slice);
	const root = document?.contents;
	const isEmpty = !root || (isScalar(root) && root.value === '');
	if (document && document.errors.length === 0 && (isEmpty || isMap(root))) {
		return isMap(root) ? readMap(root, slice) : { entries: [], problems: [] };
	}
	return readBlocks(slice);
}

/** Reads key by key, so that one broken line costs only its own key. */
function readBlocks(slice: YamlSlice): SliceEntries {
	const problems: Problem[] = [];
	const entries = new Map<string, Entry>();
	for (const block of blocksOf(slice)) {
		const read = readBlock(block);
		problems.push(...read.problems);
		for (const entry of read.entries) {
			if (entries.has(entry.key)) {
				problems.push(repeatedKey(entry));
			} else {
				entries.set(entry.key, entry);
			}
		}
	}
	return { entries: [...entries.values()], problems };
}

/** Cuts a slice before each line that is indented no deeper than the first one. */
function blocksOf(slice: YamlSlice): readonly YamlSlice[] {
	const { text, range } = slice;
	const starts: number[] = [];
	let baseIndent: number | undefined;
	for (const line of linesBetween(text, range.start, range.end)) {
		const content = text.slice(line.start, line.end);
		const indent = content.length - content.trimStart().length;
		if (!/^\s*(?:$|#)/.test(content) && (baseIndent === undefined || (indent <= baseIndent && !/^\s*(?:-\s|[\]}])/.test(content)))) {
			starts.push(line.start);
			baseIndent ??= indent;
		}
	}
	return starts.map((start, index) => ({ ...slice, range: { start, end: starts[index + 1] ?? range.end } }));
}

function readBlock(block: YamlSlice): SliceEntries {
	const document = parseYaml(block);
	if (document?.errors.length === 0 && isMap(document.contents)) {
		return readMap(document.contents, block);
	}
	const lines = [...linesBetween(block.text, block.range.start, block.range.end)].filter(
		line => !/^\s*(?:$|#)/.test(block.text.slice(line.start, line.end)),
	);
	const [first, second] = lines;
	const header = first && matchKey(block.text, first);
	if (!first || !header) {
		const range = first ? contentRange(block.text, first) : block.range;
		return { entries: [], problems: [promptError('syntax', range, 'This is no `key: value` line. Mend or remove it.')] };
	}
	if (header.rest === '' && second && block.depth === 0) {
		return readNested(header, { ...block, depth: 1, range: { start: second.start, end: block.range.end } });
	}
	const error = document?.errors[0];
	return error?.code === 'TAB_AS_INDENT' ? readTabbedLine(block, header, first) : readBrokenLine(block, header, error);
}

function readTabbedLine({ text }: YamlSlice, { key, keyRange, rest, restRange }: KeyLine, line: TextRange): SliceEntries {
	const indent = { start: line.start, end: keyRange.start };
	const spaces = text.slice(indent.start, indent.end).replaceAll('\t', '  ');
	const problem = promptError('syntax', indent, 'Tabs cannot indent here. Use spaces.', [replaceFix('Use spaces', indent, spaces, true)]);
	return { entries: [{ key, keyRange, range: restRange, value: textOrEmpty(rest) }], problems: [problem] };
}

/** A line `key: rest`, where anything but the key may be broken. */
interface KeyLine {
	readonly key: string;
	readonly keyRange: TextRange;
	/** `:` or `=` with the white space around it. */
	readonly separator: string;
	readonly rest: string;
	readonly restRange: TextRange;
}

function matchKey(text: string, line: TextRange): KeyLine | undefined {
	const content = text.slice(line.start, line.end);
	const match = /^(\s*)([A-Za-z_][\w-]*)([ \t]*[:=][ \t]*)/.exec(content);
	if (!match) {
		return undefined;
	}
	const [all, indent = '', key = '', separator = ''] = match;
	const rest = content.slice(all.length).trimEnd();
	const start = line.start + indent.length;
	const keyRange = { start, end: start + key.length };
	const restStart = keyRange.end + separator.length;
	return { key, keyRange, separator, rest, restRange: { start: restStart, end: restStart + rest.length } };
}

/** A range without the white space around it. */
function contentRange(text: string, line: TextRange): TextRange {
	const content = text.slice(line.start, line.end);
	const start = line.start + content.length - content.trimStart().length;
	return { start, end: Math.max(start, line.start + content.trimEnd().length) };
}

/** `vars:` whose own lines are fine and one of whose inner lines is broken. */
function readNested({ key, keyRange }: KeyLine, inner: YamlSlice): SliceEntries {
	const { entries, problems } = readSlice(inner);
	const range = contentRange(inner.text, inner.range);
	return { entries: [{ key, keyRange, range, value: { kind: 'map', entries, isFlow: false } }], problems };
}

/** Takes what stands behind the key for its text, and says what keeps YAML from doing the same. */
function readBrokenLine(block: YamlSlice, line: KeyLine, error: YamlMistake | undefined): SliceEntries {
	const { key, keyRange, separator, rest, restRange } = line;
	const entry: Entry = { key, keyRange, range: restRange, value: textOrEmpty(rest) };
	const between = { start: keyRange.end, end: restRange.start };
	if (separator !== ': ' && (separator.includes('=') || !/[ \t]$/.test(separator))) {
		const message = `Write \`${shown(key)}: \`, with a colon and a space behind it.`;
		return {
			entries: [entry],
			problems: [promptError('syntax', between, message, [replaceFix(message.slice(0, -1), between, ': ', true)])],
		};
	}
	return { entries: [entry], problems: [brokenValue(block, line, error)] };
}

function brokenValue(block: YamlSlice, { rest, restRange }: KeyLine, error: YamlMistake | undefined): Problem {
	const quote = /^["']/.exec(rest)?.[0];
	if (quote && !rest.includes(quote, 1)) {
		const lineEnd = { start: restRange.end, end: restRange.end };
		return promptError('syntax', restRange, `The text has no closing ${quote}. Add it.`, [
			replaceFix(`Add the closing ${quote}`, lineEnd, quote, true),
		]);
	}
	if (quote && !rest.endsWith(quote)) {
		const message = `Nothing may stand behind the closing ${quote}. Put the whole text in quotes.`;
		return promptError('syntax', restRange, message, [quoteFix(block.text, restRange, false)]);
	}
	if (!quote && rest !== '' && !/^[|>]/.test(rest)) {
		const message = 'YAML reads this value as something other than text. Put it in quotes.';
		return promptError('syntax', restRange, message, [quoteFix(block.text, restRange, false)]);
	}
	return promptError('syntax', errorRange(block, error), `This is not valid YAML. ${shownReason(error)}`);
}

function errorRange({ text, range }: YamlSlice, error: YamlMistake | undefined): TextRange {
	const last = range.start + text.slice(range.start, range.end).trimEnd().length;
	const start = Math.min(range.start + (error?.pos[0] ?? 0), last);
	return { start, end: Math.max(start, Math.min(range.start + (error?.pos[1] ?? Infinity), last)) };
}

function shownReason(error: YamlMistake | undefined): string {
	return error ? `${shown(error.message)}.` : 'It is nested too deeply.';
}

/** What a broken value was probably meant to be, without its opening quotation mark. */
function textOrEmpty(rest: string): EntryValue {
	return rest === '' ? { kind: 'empty' } : { kind: 'text', text: rest.replace(/^["']/, '') };
}
