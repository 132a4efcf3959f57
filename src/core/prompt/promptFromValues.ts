import type { Problem } from '../problem';
import { checkVariables } from './checkVariables';
import type { Entry, EntryValue } from './entry';
import { withMissingPrompt } from './parsePrompt';
import { normalizeBody, readBody, type BodyText } from './promptBody';
import type { PromptDocument } from './promptDocument';
import { promptError } from './promptProblem';
import type { PromptSource } from './promptSource';
import { readKeys } from './readKeys';

const nowhere = { start: 0, end: 0 } as const;

/**
 * Reads `{ prompt, ...keys }`, as a command gets it from code: the same keys, forms and problems as in a file, without
 * places and fixes. With `vars` the prompt is a template; else it is taken literally and only trimmed.
 */
export function promptFromValues(values: unknown): PromptDocument {
	const given = isRecord(values) ? values : {};
	const { prompt, ...rest } = given;
	const entries = toEntries(rest);
	const isTemplate = entries.some(({ key }) => key === 'vars');
	const text = typeof prompt === 'string' ? prompt : '';
	const source: PromptSource = { text: '', parts: { isClosed: true, body: nowhere }, entries, problems: [] };
	const body = isTemplate ? readBody(text, { start: 0, end: text.length }) : literalBody(text);
	const { keys, problems } = readKeys(entries);
	const variables = checkVariables(source, { ...body, text: isTemplate ? body.text : '' }, isTemplate ? keys : omitAlt(keys));
	return withMissingPrompt({
		text: '',
		bodyRange: nowhere,
		body: isTemplate ? normalizeBody(body.text) : body.text,
		keys,
		variables: variables.references.map(({ name }) => ({ name, range: nowhere })),
		isTemplate,
		problems: [...shapeProblems(values, prompt), ...problems, ...body.problems, ...variables.problems].map(withoutPlace),
	});
}

function literalBody(text: string): BodyText {
	return { text: text.trim(), problems: [], sourceOffset: offset => offset };
}

/** The alternative text of a literal prompt is literal too; `output` is always a template. */
function omitAlt({ alt: _literal, ...keys }: PromptDocument['keys']): PromptDocument['keys'] {
	return keys;
}

function shapeProblems(values: unknown, prompt: unknown): readonly Problem[] {
	if (!isRecord(values)) {
		return [promptError('invalidValue', nowhere, 'The prompt must be given as an object, such as `{ prompt: "A lighthouse" }`.')];
	}
	const isMistaken = prompt !== undefined && typeof prompt !== 'string';
	return isMistaken ? [promptError('invalidValue', nowhere, '`prompt` must be a text.')] : [];
}

function withoutPlace({ code, severity, message }: Problem): Problem {
	return { code, severity, range: nowhere, message };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toEntries(record: Readonly<Record<string, unknown>>): readonly Entry[] {
	return Object.entries(record)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ({ key, keyRange: nowhere, range: nowhere, value: toEntryValue(value) }));
}

function toEntryValue(value: unknown): EntryValue {
	if (value === null || value === undefined) {
		return { kind: 'empty' };
	}
	if (Array.isArray(value)) {
		return { kind: 'list' };
	}
	if (isRecord(value)) {
		return { kind: 'map', entries: toShallowEntries(value), isFlow: false };
	}
	return { kind: 'text', text: typeof value === 'string' ? value : scalarText(value) };
}

/** What is neither text, number nor boolean has no text that anybody meant. */
function scalarText(value: unknown): string {
	return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : `a ${typeof value}`;
}

/** `vars` is one level deep; what is nested deeper, or in a circle, is not looked into. */
function toShallowEntries(record: Readonly<Record<string, unknown>>): readonly Entry[] {
	const shallow = Object.entries(record).map(([key, value]) => [key, isRecord(value) ? [] : value] as const);
	return toEntries(Object.fromEntries(shallow));
}
