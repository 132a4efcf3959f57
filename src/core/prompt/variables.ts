/** Names that `output` understands without `vars`; the place where the picture is written fills them. */
export const builtInVariables: readonly string[] = ['index', 'ext', 'slug', 'name'];

/** Built-in names that differ from candidate to candidate, so that `vars` must not give them another meaning. */
export const reservedVariables: readonly string[] = ['index', 'ext'];

/** Where variables stand: in a path there is no escape, because `\` may be meant as a separator. */
export type VariableSyntax = 'body' | 'alt' | 'output';

/** `{{…}}` in a text. `isWellFormed` is false when what stands between the braces can't be a name. */
export interface FoundVariable {
	readonly name: string;
	readonly start: number;
	readonly end: number;
	readonly isWellFormed: boolean;
}

const namePattern = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * One token of a template: a variable, or an escape. In the body `\{{`, `\<!--` and a line `\+++` stand for the same
 * without the backslash.
 */
const tokens: Readonly<Record<VariableSyntax, RegExp>> = {
	body: /\\(?=\{\{|<!--)(?:\{\{|<!--)|\\(?<=^ {0,3}\\)(?=\+{3,}[ \t]*\r?$)|\{\{([^{}\r\n]*)\}\}/gm,
	alt: /\\\{\{|\{\{([^{}\r\n]*)\}\}/g,
	output: /\{\{([^{}\r\n]*)\}\}/g,
};

/** Whether `name` can stand between the braces: letters, digits, `_` and `-`, with a letter or `_` first. */
export function isVariableName(name: string): boolean {
	return name.length <= 100 && namePattern.test(name);
}

/** All `{{…}}` that are not escaped, in the order of the text. */
export function findVariables(text: string, syntax: VariableSyntax): readonly FoundVariable[] {
	const found: FoundVariable[] = [];
	for (const match of text.matchAll(tokens[syntax])) {
		if (match[1] !== undefined) {
			const name = match[1].trim();
			found.push({ name, start: match.index, end: match.index + match[0].length, isWellFormed: isVariableName(name) });
		}
	}
	return found;
}

/**
 * How much of values is put into one text, in UTF-16 code units. No host takes a prompt of this length; without a limit a
 * small file with one long value and thousands of variables would need gigabytes.
 */
export const maxFilledLength = 1_000_000;

/**
 * Puts in the values and takes off the escapes, in one pass: values are not read again. Unknown variables stay as they are, and
 * so do those behind the first `maxFilledLength` of values.
 */
export function fillVariables(text: string, values: Readonly<Record<string, string>>, syntax: VariableSyntax): string {
	let filledLength = 0;
	return text.replace(tokens[syntax], (token: string, inner: string | undefined) => {
		if (inner === undefined) {
			return token.slice(1);
		}
		const name = inner.trim();
		const value = Object.hasOwn(values, name) && filledLength < maxFilledLength ? values[name] : undefined;
		filledLength += value?.length ?? 0;
		return value ?? token;
	});
}

/** The opposite of filling: `text` as a template that stands for nothing but itself. */
export function escapeBody(text: string): string {
	return text.replace(/\{\{|<!--|(?<=^ {0,3})\+{3,}[ \t]*\r?$/gm, '\\$&');
}
