import { asRecord, asText } from '../answer/json';
import { beginningOf, titleOf } from './wording';

/** What a host says went wrong, read from whatever shape it has. */
export interface HostError {
	/** In the host's words; markup is dropped. */
	readonly message?: string;
	/** All codes that it tells, the outermost first. */
	readonly codes: readonly string[];
	readonly type?: string;
	readonly parameter?: string;
	readonly moderation?: { readonly stage: 'input' | 'output' | 'unknown'; readonly categories: readonly string[] };
	/** It came as JSON, so it is the host that speaks, and not a gateway before it. */
	readonly isStructured: boolean;
}

const maxDepth = 8;
const maxWordLength = 100;
const maxCategories = 20;
const silent: HostError = { codes: [], isStructured: true };

/** Reads the body of an error answer: JSON whatever its declared type, HTML, or text. */
export function readHostError(text: string): HostError {
	try {
		return readHostErrorValue(JSON.parse(text));
	} catch {
		return { codes: [], isStructured: false, ...optional('message', beginningOf(withoutMarkup(text))) };
	}
}

/**
 * Reads an error out of parsed JSON. Shapes seen: OpenAI's and Azure's `{error: {…}}`, `{error: "text"}`
 * (stable-diffusion.cpp), `{detail: "text"}` and `{detail: [{loc, msg}]}` (FastAPI), `{message}`, a list of them, and the
 * `error` event of a stream (image-generation servers and their issue threads, 2026-11-20).
 */
export function readHostErrorValue(value: unknown, depth = 0): HostError {
	if (typeof value === 'string') {
		return { codes: [], isStructured: true, ...optional('message', beginningOf(value)) };
	}
	if (Array.isArray(value)) {
		return depth < maxDepth ? readHostErrorValue(value[0], depth + 1) : silent;
	}
	const outer = asRecord(value);
	if (!outer) {
		return silent;
	}
	const nested = [outer.error, outer.errors, outer.detail].find(each => asText(each) ?? asRecord(each) ?? Array.isArray(each));
	if (nested === undefined || typeof nested === 'string') {
		return readFields(outer, nested);
	}
	return depth < maxDepth ? readHostErrorValue(nested, depth + 1) : silent;
}

/** `name`: what stands in place of an error's fields. Beside a message it is no more than the status in words. */
function readFields(fields: Readonly<Record<string, unknown>>, name?: string): HostError {
	const message = asText(fields.message) ?? asText(fields.msg) ?? name ?? asText(fields.title);
	const moderation = readModeration(fields, message ?? '');
	return {
		codes: codesOf(fields),
		isStructured: true,
		...optional('message', beginningOf(message ?? '')),
		...optional('type', asWord(fields.type)),
		...optional('parameter', parameterOf(fields)),
		...optional('moderation', moderation),
	};
}

function codesOf(fields: Readonly<Record<string, unknown>>): readonly string[] {
	return [fields.code, innerOf(fields)?.code].flatMap(code => asWord(typeof code === 'number' ? String(code) : code) ?? []);
}

/** Azure spells it in both ways (litellm#19372, read 2026-11-20). */
function innerOf(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
	return asRecord(fields.inner_error) ?? asRecord(fields.innererror);
}

function parameterOf({ param, loc }: Readonly<Record<string, unknown>>): string | undefined {
	const last: unknown = Array.isArray(loc) ? loc.at(-1) : undefined;
	return asName(param) ?? asName(last);
}

/** Stands in our sentences without quotation marks, so that it must not be a sentence itself. */
function asName(value: unknown): string | undefined {
	const word = asWord(value);
	return word !== undefined && /^[\p{L}\p{N}_.[\]/-]{1,60}(?: [\p{L}\p{N}_/-]{1,20}){0,2}$/u.test(word) ? word : undefined;
}

/** A name as hosts give it. Whatever is longer is no name, and must not fill the ledger. */
function asWord(value: unknown): string | undefined {
	const text = asText(value)?.trim();
	return text !== undefined && text.length <= maxWordLength ? beginningOf(text) : undefined;
}

function readModeration(fields: Readonly<Record<string, unknown>>, message: string): HostError['moderation'] {
	const details = asRecord(fields.moderation_details);
	const told: readonly unknown[] = Array.isArray(details?.categories) ? details.categories : [];
	const named = /safety_violations=\[([^[\]]*)\]/.exec(message)?.[1]?.split(',') ?? [];
	const all = [...told, ...filteredCategories(fields), ...named];
	const categories = [...new Set(all.flatMap(category => asName(category) ?? []))].slice(0, maxCategories);
	const stage = details?.moderation_stage;
	const known = stage === 'input' || stage === 'output' ? stage : stageInWords(message);
	return details || categories.length > 0 || known !== 'unknown' ? { stage: known, categories } : undefined;
}

/** Azure's verdicts: `filtered` in each category that was the reason; the prompt's and the answer's stand under the same name. */
function filteredCategories(fields: Readonly<Record<string, unknown>>): readonly string[] {
	const results = [innerOf(fields), fields].map(
		each => asRecord(each?.content_filter_results) ?? asRecord(each?.content_filter_result) ?? {},
	);
	return results.flatMap(result =>
		Object.entries(result).flatMap(([category, verdict]) => (asRecord(verdict)?.filtered === true ? [category] : [])),
	);
}

function stageInWords(message: string): 'input' | 'output' | 'unknown' {
	if (/generated image was filtered/i.test(message)) {
		return 'output';
	}
	return /due to the prompt triggering|\bprompt was (?:flagged|filtered|blocked|rejected)/i.test(message) ? 'input' : 'unknown';
}

/** The title of an HTML page, else its words. No pattern passes over a `<` in vain, so that a page full of them takes no longer. */
function withoutMarkup(text: string): string {
	return titleOf(text) ?? text.replace(/<(script|style)\b[^]*?(?:<\/\1>|$)/gi, ' ').replace(/<[^<>]*>/g, ' ');
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
	return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
