import type { TextEdit, TextRange } from '../problem';
import type { Entry } from './entry';
import type { PromptDocument } from './promptDocument';
import { readPromptSource, type PromptSource } from './promptSource';
import type { TextKey } from './promptSchema';
import { lineBreakOf, lineFrom, lineStart } from './textLines';
import { escapeBody } from './variables';
import { yamlText } from './yamlText';

/** What an edit is made for; only the text counts. */
export type Editable = Pick<PromptDocument, 'text'>;

/** The text of a document: byte for byte for one that was parsed, written anew for one that was made from values. */
export function printPrompt(document: PromptDocument): string {
	if (document.text !== '') {
		return document.text;
	}
	const body = document.isTemplate ? document.body : escapeBody(document.body);
	return `${frontMatterOf(document)}${body}${body === '' ? '' : '\n'}`;
}

/** The edit after which `key` has this value. `valueText` is the bare value; quotes are added where YAML needs them. */
export function setKey(document: Editable, key: TextKey, valueText: string): TextEdit {
	const source = readPromptSource(document.text);
	const entry = source.entries.find(each => each.key === key);
	return entry ? setValue(source, entry, valueText) : addEntry(source, key, text => [yamlText(valueText, text === 'flow')]);
}

/** The edit after which the variable `name` has this value. */
export function setVariable(document: Editable, name: string, valueText: string): TextEdit {
	return setVariableIn(readPromptSource(document.text), name, valueText);
}

/** As `setVariable`, for a text that is already taken apart. Without a value the name alone is added, for a person to go on. */
export function setVariableIn(source: PromptSource, name: string, valueText: string | undefined): TextEdit {
	const vars = source.entries.find(entry => entry.key === 'vars');
	const yaml = valueText === undefined ? '' : yamlText(valueText, true);
	const variable = `${name}: ${yaml}`.trimEnd();
	if (!vars) {
		return addEntry(source, 'vars', style => (style === 'flow' ? [`{ ${variable} }`] : ['', variable]));
	}
	if (vars.value.kind !== 'map') {
		return replaceValue(source.text, vars, `{ ${variable} }`);
	}
	const existing = vars.value.entries.find(entry => entry.key === name);
	if (existing) {
		return replaceValue(source.text, existing, yaml);
	}
	const last = vars.value.entries.at(-1);
	if (vars.value.isFlow) {
		return last ? insert(entryEnd(last), `, ${variable}`) : insert(vars.range.start + 1, ` ${variable} `);
	}
	return last ? addLine(source.text, last, variable) : replaceValue(source.text, vars, `{ ${variable} }`);
}

/** The edit that takes `key` out, with its lines. `undefined` when the front matter does not have it. */
export function removeKey(document: Editable, key: string): TextEdit | undefined {
	const source = readPromptSource(document.text);
	const entry = source.entries.find(each => each.key === key);
	return entry && removeEntry(source.text, entry, source.entries, source.flowStart !== undefined);
}

/** The edit that takes a variable out; the last one goes with `vars` itself. */
export function removeVariableIn(source: PromptSource, name: string): TextEdit | undefined {
	const vars = source.entries.find(entry => entry.key === 'vars');
	if (vars?.value.kind !== 'map') {
		return undefined;
	}
	const siblings = vars.value.entries;
	const entry = siblings.find(each => each.key === name);
	if (entry && siblings.length === 1) {
		return removeEntry(source.text, vars, source.entries, source.flowStart !== undefined);
	}
	return entry && removeEntry(source.text, entry, siblings, vars.value.isFlow);
}

/** The text after all edits. Their ranges are those of `text` and don't overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
	const sorted = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
	let result = '';
	let at = 0;
	for (const { range, newText } of sorted) {
		if (range.start < at) {
			throw new Error(`Edits overlap at ${range.start}.`);
		}
		result += text.slice(at, range.start) + newText;
		at = range.end;
	}
	return result + text.slice(at);
}

function insert(offset: number, newText: string): TextEdit {
	return { range: { start: offset, end: offset }, newText };
}

function entryEnd({ keyRange, range }: Entry): number {
	return Math.max(keyRange.end, range.end);
}

function setValue(source: PromptSource, entry: Entry, valueText: string): TextEdit {
	return replaceValue(source.text, entry, yamlText(valueText, source.flowStart !== undefined));
}

/** Replaces a value, or puts one behind a bare key. What stands between key and value becomes `: ` when it is not YAML. */
function replaceValue(text: string, { keyRange, range }: Entry, yaml: string): TextEdit {
	const between = text.slice(keyRange.end, range.start);
	if (/^\s*:\s+$/.test(between)) {
		return { range, newText: yaml };
	}
	if (/^\s*:$/.test(between)) {
		return { range, newText: ` ${yaml}` };
	}
	// Tags, anchors and other separators go with the old value.
	return { range: { start: keyRange.end, end: range.end }, newText: `: ${yaml}` };
}

type MapStyle = 'flow' | 'block';

/** Puts a new key behind the last one; `linesOf` gives the value, and further lines that are indented below it. */
function addEntry(source: PromptSource, key: string, linesOf: (style: MapStyle) => readonly string[]): TextEdit {
	const { text, parts, entries, flowStart } = source;
	const last = entries.at(-1);
	if (flowStart !== undefined) {
		const entry = `${key}: ${linesOf('flow').join('')}`;
		return last ? insert(entryEnd(last), `, ${entry}`) : insert(flowStart, ` ${entry} `);
	}
	const [value = '', ...inner] = linesOf('block');
	const lines = [value === '' ? `${key}:` : `${key}: ${value}`, ...inner.map(line => `  ${line}`)];
	if (last) {
		return addLine(text, last, ...lines);
	}
	const lineBreak = lineBreakOf(text);
	const block = lines.map(line => `${line}${lineBreak}`).join('');
	if (!parts.frontMatter) {
		return insert(parts.body.start, `---${lineBreak}${block}---${lineBreak}`);
	}
	const needsBreak = parts.frontMatter.start > 0 && text[parts.frontMatter.start - 1] !== '\n';
	return insert(parts.frontMatter.start, `${needsBreak ? lineBreak : ''}${block}`);
}

/** Puts lines below `sibling`, indented like it. */
function addLine(text: string, sibling: Entry, ...lines: readonly string[]): TextEdit {
	const lineBreak = lineBreakOf(text);
	const indent = ' '.repeat(sibling.keyRange.start - lineStart(text, sibling.keyRange.start));
	const block = lines.map(line => `${indent}${line}`).join(lineBreak);
	const line = lineFrom(text, entryEnd(sibling), text.length);
	return line.next > line.end ? insert(line.next, `${block}${lineBreak}`) : insert(line.end, `${lineBreak}${block}`);
}

function removeEntry(text: string, entry: Entry, siblings: readonly Entry[], isInFlow: boolean): TextEdit {
	if (!isInFlow) {
		const end = lineFrom(text, entryEnd(entry), text.length).next;
		return { range: { start: lineStart(text, entry.keyRange.start), end }, newText: '' };
	}
	const index = siblings.indexOf(entry);
	const previous = siblings[index - 1];
	const next = siblings[index + 1];
	const range: TextRange = previous
		? { start: entryEnd(previous), end: entryEnd(entry) }
		: { start: entry.keyRange.start, end: next ? next.keyRange.start : entryEnd(entry) };
	return { range, newText: '' };
}

function frontMatterOf({ keys, body }: PromptDocument): string {
	const lines: string[] = [];
	for (const [key, located] of Object.entries(keys)) {
		const value: unknown = located.value;
		if (key === 'vars') {
			const variables = Object.entries(keys.vars?.value ?? {});
			lines.push('vars:', ...variables.map(([name, text]) => `  ${name}: ${yamlText(text, false)}`));
		} else {
			lines.push(`${key}: ${yamlText(valueText(value), false)}`);
		}
	}
	return lines.length > 0 || body.startsWith('---') ? ['---', ...lines, '---', ''].join('\n') : '';
}

function valueText(value: unknown): string {
	if (typeof value === 'object' && value !== null && 'width' in value && 'height' in value) {
		return `${String(value.width)}x${String(value.height)}`;
	}
	return String(value);
}
