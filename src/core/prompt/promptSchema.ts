import * as z from 'zod/mini';
import { sizePresets } from '../image/sizePresets';
import { nearestName } from './nearestName';
import type { PromptKey, PromptKeyValues, Tier } from './promptDocument';
import { hintSize, sizeFromText, sizePattern, type ValueHint } from './sizeText';

/** The form of one key's value. */
export interface KeyForm<T> {
	/** From the text as written to the value. */
	readonly schema: z.ZodMiniType<T, string>;
	/** What may be written, as the end of «Write …» */
	readonly allowed: string;
	/** What a value that the schema refuses was probably meant to be; a suggestion that the schema refuses too is none. */
	hint(text: string): ValueHint;
}

/** The keys whose value is one text; `vars` is a map and is read on its own. */
export type TextKey = Exclude<PromptKey, 'vars'>;

const backgrounds = ['auto', 'opaque', 'transparent'] as const;
const moderations = ['auto', 'low'] as const;
const tiers = ['smimage', 'image', 'xlimage', '16', '24', '36', '48', '64', '96'] as const;
const knownQualities = ['auto', 'low', 'medium', 'high', 'xhigh', 'max'];
const knownFormats = ['png', 'jpeg', 'webp'];

const name = z.string().check(z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}]{0,98}[^\s\p{Cc}])?$/u));
const modelId = z.string().check(z.regex(/^[^\s\p{Cc}]{1,200}$/u));
const word = z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/));
const format = z.string().check(z.regex(/^(?!jpg$)[a-z0-9][a-z0-9_-]{0,39}$/));
const outputPath = z.string().check(z.regex(/^[^\s\\\p{Cc}](?:[^\\\p{Cc}]*[^\s\\/\p{Cc}])?$/u));

/** The form of each key: what can be written, not what a model accepts. That is the plan's question. */
export const keyForms: { readonly [K in TextKey]: KeyForm<PromptKeyValues[K]> } = {
	connection: { schema: name, allowed: 'the name of a connection', hint: trimmedHint },
	model: { schema: modelId, allowed: 'a model id without spaces, such as `gpt-image-2`', hint: trimmedHint },
	size: {
		schema: z.pipe(z.string().check(z.regex(sizePattern)), z.transform(sizeFromText)),
		allowed: `\`auto\`, \`WIDTHxHEIGHT\` in pixels, or one of ${list([...sizePresets.keys()])}`,
		hint: hintSize,
	},
	tier: { schema: z.pipe(z.enum(tiers), z.transform(tierFromText)), allowed: `one of ${list(tiers)}`, hint: hintOf(tiers) },
	quality: {
		schema: word,
		allowed: '`auto`, `low`, `medium`, `high`, or another word that the model knows, in small letters',
		hint: hintOf(knownQualities),
	},
	format: { schema: format, allowed: '`png`, `jpeg`, `webp`, or another word that the model knows, in small letters', hint: hintFormat },
	compression: { schema: wholeNumber(0, 100), allowed: 'a whole number from 0 to 100', hint: hintNumber(0, 100) },
	background: { schema: z.enum(backgrounds), allowed: `one of ${list(backgrounds)}`, hint: hintOf(backgrounds) },
	moderation: { schema: z.enum(moderations), allowed: `one of ${list(moderations)}`, hint: hintOf(moderations) },
	n: { schema: wholeNumber(1, 10), allowed: 'a whole number from 1 to 10', hint: hintNumber(1, 10) },
	output: { schema: outputPath, allowed: 'a file path relative to this file, such as `assets/{{name}}.{{ext}}`', hint: hintOutput },
	alt: { schema: z.string().check(z.maxLength(2000)), allowed: 'a text of at most 2000 characters', hint: () => ({}) },
};

/** Every key that this version carries out. */
export const promptKeys: readonly PromptKey[] = [...(Object.keys(keyForms) as TextKey[]), 'vars'];

/** Whether this version carries out `key`, and its value is one text. */
export function isTextKey(key: string): key is TextKey {
	return Object.hasOwn(keyForms, key);
}

function list(words: readonly string[]): string {
	return words.map(each => `\`${each}\``).join(', ');
}

function tierFromText(text: (typeof tiers)[number]): Tier {
	switch (text) {
		case 'smimage':
		case 'image':
		case 'xlimage':
			return text;
		default:
			return Number(text) as Tier;
	}
}

function wholeNumber(least: number, most: number) {
	return z.pipe(
		z.string().check(z.regex(/^(?:0|[1-9]\d{0,2})$/)),
		z.pipe(z.transform(Number), z.number().check(z.minimum(least), z.maximum(most))),
	);
}

function hintNumber(least: number, most: number): (text: string) => ValueHint {
	return text => {
		const number = /^\s*[+-]?\d{1,9}(?:\.0+)?\s*%?\s*$/.test(text) ? Number.parseInt(text, 10) : NaN;
		return Number.isNaN(number) ? {} : { suggestion: String(Math.min(most, Math.max(least, number))) };
	};
}

function hintOf(words: readonly string[]): (text: string) => ValueHint {
	return text => {
		const suggestion = nearestName(text.trim(), words);
		return suggestion ? { suggestion } : {};
	};
}

function hintFormat(text: string): ValueHint {
	const bare = text
		.trim()
		.replace(/^\.|^image\//, '')
		.toLowerCase();
	return bare === 'jpg' || bare === 'jpe' ? { suggestion: 'jpeg' } : hintOf(knownFormats)(bare);
}

function trimmedHint(text: string): ValueHint {
	return { suggestion: text.trim() };
}

function hintOutput(text: string): ValueHint {
	if (/\/\s*$/.test(text)) {
		return { hint: 'This names a folder.', suggestion: `${text.trim()}{{name}}.{{ext}}` };
	}
	const slashed = text.trim().replaceAll('\\', '/');
	const hint = 'Write `/` between folders, so that the file works on every system.';
	return { suggestion: slashed, ...(text.includes('\\') && { hint }) };
}
