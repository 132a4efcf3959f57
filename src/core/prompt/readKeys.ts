import type { Problem } from '../problem';
import type { Entry } from './entry';
import { nearestName } from './nearestName';
import type { PromptKey, PromptKeys } from './promptDocument';
import { promptError, replaceFix, shown } from './promptProblem';
import { isTextKey, keyForms, promptKeys, type TextKey } from './promptSchema';
import { isVariableName, reservedVariables } from './variables';

/** Keys of the file format that this version does not carry out. A file that uses one must not be half understood. */
const unsupportedKeys: readonly string[] = ['target', 'images', 'mask', 'regions', 'lock', 'matrix', 'extends', 'expect', 'fit'];

/** Names that other tools and the Images API give to our keys. */
const foreignNames: ReadonlyMap<string, PromptKey> = new Map([
	['count', 'n'],
	['number', 'n'],
	['variables', 'vars'],
	['output_format', 'format'],
	['outputformat', 'format'],
	['output_compression', 'compression'],
	['resolution', 'size'],
	['dimensions', 'size'],
	['deployment', 'model'],
	['provider', 'connection'],
	['path', 'output'],
	['file', 'output'],
	['filename', 'output'],
	['alttext', 'alt'],
]);

/** Keys whose values have the right form, and what is wrong with the others. */
export interface KeysReading {
	readonly keys: PromptKeys;
	readonly problems: readonly Problem[];
}

type MutableKeys = { -readonly [K in keyof PromptKeys]: PromptKeys[K] };

/** Checks each entry's key and the form of its value. */
export function readKeys(entries: readonly Entry[]): KeysReading {
	const keys: MutableKeys = {};
	const problems: Problem[] = [];
	for (const entry of entries) {
		if (isTextKey(entry.key)) {
			problems.push(...readText(entry, entry.key, keys));
		} else if (entry.key === 'vars') {
			problems.push(...readVariables(entry, keys));
		} else {
			problems.push(unknownKey(entry, entries));
		}
	}
	if (keys.tier && keys.quality) {
		problems.push(tierWithQuality(keys.tier, keys.quality));
	}
	return { keys, problems };
}

function readText<K extends TextKey>(entry: Entry, key: K, keys: { -readonly [P in K]?: PromptKeys[P] }): readonly Problem[] {
	const form = keyForms[key];
	const { value, range, keyRange } = entry;
	if (value.kind !== 'text') {
		const what = value.kind === 'empty' ? `\`${key}\` has no value.` : `\`${key}\` takes a single value.`;
		const place = value.kind === 'empty' ? keyRange : range;
		return [
			promptError('invalidValue', place, `${what} Write ${form.allowed}${value.kind === 'empty' ? ', or remove the line' : ''}.`),
		];
	}
	const read = form.schema.safeParse(value.text);
	if (read.success) {
		keys[key] = { value: read.data, range, keyRange } as PromptKeys[K];
		return [];
	}
	return [invalidText(entry, key, value.text)];
}

/** Longer values are no slips of the hand, and are not compared with what is allowed. */
const maxHintLength = 100;

function invalidText({ range, keyRange }: Entry, key: TextKey, text: string): Problem {
	const { hint, suggestion } = text.length > maxHintLength ? {} : keyForms[key].hint(text);
	const isPossible = suggestion !== undefined && keyForms[key].schema.safeParse(suggestion).success;
	const sentences = [
		text.trim() === '' ? `\`${key}\` is empty.` : `\`${key}\` can't be "${shown(text)}".`,
		...(hint ? [hint] : []),
		...(isPossible ? [`Did you mean \`${suggestion}\`?`] : []),
		`Write ${keyForms[key].allowed}.`,
	];
	const fixes = isPossible ? [replaceFix(`Change to \`${suggestion}\``, range, fixText(suggestion), true)] : [];
	return promptError('invalidValue', range.start === range.end ? keyRange : range, sentences.join(' '), fixes);
}

/** A suggested value as YAML: only one that begins with a brace needs quotes. */
function fixText(suggestion: string): string {
	return suggestion.startsWith('{') ? `'${suggestion}'` : suggestion;
}

function readVariables({ key, value, range, keyRange }: Entry, keys: MutableKeys): readonly Problem[] {
	if (value.kind === 'empty') {
		keys.vars = { value: {}, range, keyRange };
		return [];
	}
	if (value.kind !== 'map') {
		return [promptError('invalidValue', range, `\`${key}\` takes a name and a text per line, such as \`mood: cool fluorescent\`.`)];
	}
	const values: [string, string][] = [];
	const problems: Problem[] = [];
	for (const entry of value.entries) {
		const problem = variableProblem(entry);
		if (problem) {
			problems.push(problem);
		} else if (entry.value.kind === 'text') {
			values.push([entry.key, entry.value.text]);
		}
	}
	keys.vars = { value: Object.fromEntries(values), range, keyRange };
	return problems;
}

function variableProblem({ key, value, range, keyRange }: Entry): Problem | undefined {
	if (!isVariableName(key)) {
		const message = `"${shown(key)}" can't be the name of a variable. Use letters, digits, \`_\` and \`-\`, with a letter first.`;
		return promptError('invalidValue', keyRange, message);
	}
	if (reservedVariables.includes(key)) {
		const message = `\`${key}\` can't be the name of a variable, because \`output\` gives it a meaning of its own. Choose another name.`;
		return promptError('invalidValue', keyRange, message);
	}
	switch (value.kind) {
		case 'text':
			return undefined;
		case 'empty':
			return promptError('invalidValue', keyRange, `The variable \`${key}\` has no value. Write one, or \`''\` for an empty text.`);
		case 'map':
		case 'list':
			return promptError(
				'invalidValue',
				range,
				`The variable \`${key}\` must be one text. This version does not support texts per language.`,
			);
	}
}

function unknownKey({ key, keyRange }: Entry, entries: readonly Entry[]): Problem {
	if (key === 'prompt') {
		return promptError('unknownKey', keyRange, 'The prompt is no key: it stands below the second `---`.');
	}
	const suggestion = foreignNames.get(key.toLowerCase()) ?? nearestName(key, [...promptKeys, ...unsupportedKeys]);
	if (suggestion && unsupportedKeys.includes(suggestion)) {
		const message = `This version does not support \`${suggestion}\`, so nothing is sent: the picture would not be the one that the file describes. Remove the key to generate without it.`;
		return promptError('unknownKey', keyRange, message);
	}
	if (!suggestion) {
		return promptError('unknownKey', keyRange, `"${shown(key)}" is no key of a prompt file. The keys are ${promptKeys.join(', ')}.`);
	}
	const isTaken = entries.some(entry => entry.key === suggestion);
	const fixes = isTaken ? [] : [replaceFix(`Rename to \`${suggestion}\``, keyRange, suggestion, true)];
	return promptError('unknownKey', keyRange, `"${shown(key)}" is no key of a prompt file. Did you mean \`${suggestion}\`?`, fixes);
}

type Place = NonNullable<PromptKeys['tier'] | PromptKeys['quality']>;

function tierWithQuality(tier: NonNullable<PromptKeys['tier']>, quality: NonNullable<PromptKeys['quality']>): Problem {
	const later: Place = tier.keyRange.start > quality.keyRange.start ? tier : quality;
	const range = { start: later.keyRange.start, end: later.range.end };
	return promptError('invalidValue', range, "`tier` decides the quality, so it can't stand together with `quality`. Remove one of them.");
}
