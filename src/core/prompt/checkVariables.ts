import type { Problem, ProblemFix, TextRange } from '../problem';
import type { BodyText } from './promptBody';
import { removeVariableIn, setVariableIn } from './editPrompt';
import { nearestName } from './nearestName';
import type { Located, PromptKeys, VariableReference } from './promptDocument';
import { promptError, promptWarning, replaceFix, shown } from './promptProblem';
import type { PromptSource } from './promptSource';
import { builtInVariables, findVariables, type VariableSyntax } from './variables';

/** Variables with their places, and the problems of those that can't be filled or are never used. */
export interface VariablesReading {
	readonly references: readonly VariableReference[];
	readonly problems: readonly Problem[];
}

interface Reference {
	readonly name: string;
	readonly isWellFormed: boolean;
	readonly range: TextRange;
	readonly syntax: VariableSyntax;
	/** What escapes the braces where they stand: in double quotes YAML itself takes one of two backslashes. */
	readonly escape: string;
}

/** A file with more slips than this was not written by a hand that slipped, and comparing all names with all takes its time. */
const maxSuggestions = 100;

/** More are not shown: VS Code takes a thousand problems of a file (1.139, read 2026-11). */
const maxUnknown = 1000;

/** Joins `vars` with what body, `output` and `alt` refer to. */
export function checkVariables(source: PromptSource, body: BodyText, keys: PromptKeys): VariablesReading {
	const references = [
		...locateInBody(body),
		...locateInValue(source.text, keys.output, 'output'),
		...locateInValue(source.text, keys.alt, 'alt'),
	];
	const known = variableNames(source, keys);
	const unknown = references.filter(reference => !isKnown(reference, known)).slice(0, maxUnknown);
	const problems = unknown.map((reference, index) => unknownVariable(source, reference, index < maxSuggestions ? known : new Set()));
	const used = new Set(references.map(({ name }) => name));
	return {
		references: references.filter(({ isWellFormed }) => isWellFormed).map(({ name, range }) => ({ name, range })),
		problems: [...problems, ...unusedVariables(source, used)],
	};
}

/** Also the variables whose value has the wrong form: one problem is enough for them. */
function variableNames({ entries }: PromptSource, keys: PromptKeys): ReadonlySet<string> {
	const vars = entries.find(({ key }) => key === 'vars');
	const written = vars?.value.kind === 'map' ? vars.value.entries.map(({ key }) => key) : [];
	return new Set([...Object.keys(keys.vars?.value ?? {}), ...written]);
}

function isKnown({ name, syntax, isWellFormed }: Reference, known: ReadonlySet<string>): boolean {
	return isWellFormed && (known.has(name) || (syntax === 'output' && builtInVariables.includes(name)));
}

function locateInBody(body: BodyText): readonly Reference[] {
	return findVariables(body.text, 'body').map(({ name, isWellFormed, start, end }) => {
		const range = { start: body.sourceOffset(start), end: body.sourceOffset(end - 1) + 1 };
		return { name, isWellFormed, syntax: 'body', escape: '\\', range };
	});
}

/** Finds in the source what was found in a value. Quoted and folded texts differ from their source; then the whole value is meant. */
function locateInValue(text: string, key: Located<string> | undefined, syntax: VariableSyntax): readonly Reference[] {
	if (!key) {
		return [];
	}
	const source = text.slice(0, key.range.end);
	const escape = text[key.range.start] === '"' ? '\\\\' : '\\';
	let at = key.range.start;
	return findVariables(key.value, syntax).map(({ name, isWellFormed, start, end }) => {
		const found = source.indexOf(key.value.slice(start, end), at);
		const range = found < 0 ? key.range : { start: found, end: found + end - start };
		at = found < 0 ? at : range.end;
		return { name, isWellFormed, syntax, escape, range };
	});
}

function unknownVariable(source: PromptSource, reference: Reference, known: ReadonlySet<string>): Problem {
	const { name, range, syntax, isWellFormed } = reference;
	const candidates = syntax === 'output' ? [...known, ...builtInVariables] : [...known];
	const escape =
		syntax === 'output' ? [] : [replaceFix('Send the braces as they are', { start: range.start, end: range.start }, reference.escape)];
	if (!isWellFormed) {
		const advice = syntax === 'output' ? 'Remove the braces.' : 'Write `\\{{` to send the braces as they are.';
		return promptError('unknownVariable', range, `"${shown(name)}" can't be the name of a variable. ${advice}`, escape);
	}
	const suggestion = nearestName(name, candidates);
	const rename = suggestion ? [replaceFix(`Change to \`{{${suggestion}}}\``, range, `{{${suggestion}}}`, true)] : [];
	const isBuiltIn = builtInVariables.includes(name);
	const add: ProblemFix = { title: `Add \`${name}\` to \`vars\``, edits: [setVariableIn(source, name, undefined)] };
	const reason = isBuiltIn ? `\`{{${name}}}\` has a meaning in \`output\` alone.` : `\`vars\` has no \`${name}\`.`;
	const remedy = isBuiltIn ? 'Remove it' : 'Add it there';
	const advice = suggestion
		? `Did you mean \`{{${suggestion}}}\`?`
		: syntax === 'output'
			? `${remedy}.`
			: `${remedy}, or write \`\\{{\` to send the braces as they are.`;
	return promptError('unknownVariable', range, `${reason} ${advice}`, [...rename, ...(isBuiltIn ? [] : [add]), ...escape]);
}

function unusedVariables(source: PromptSource, used: ReadonlySet<string>): readonly Problem[] {
	const vars = source.entries.find(({ key }) => key === 'vars');
	if (vars?.value.kind !== 'map') {
		return [];
	}
	return vars.value.entries
		.filter(({ key }) => !used.has(key))
		.map(({ key, keyRange }) => {
			const edit = removeVariableIn(source, key);
			const fixes = edit ? [{ title: `Remove \`${shown(key)}\``, edits: [edit] }] : [];
			return promptWarning(
				'unusedVariable',
				keyRange,
				`The variable \`${shown(key)}\` is never used. Write \`{{${shown(key)}}}\` where it belongs, or remove it.`,
				fixes,
			);
		});
}
