import type { PromptDocument } from './promptDocument';

const nowhere = { start: 0, end: 0 };

/**
 * The same prompt with `variables` in place of, or beside, its `vars`. Problems about variables that now have a value
 * are gone; a variable that is given and not used is no problem, because a caller may have one set for many prompts.
 */
export function withVariables(document: PromptDocument, variables: Readonly<Record<string, string>>): PromptDocument {
	const given = new Set(Object.keys(variables));
	const isSolved = (name: string | undefined): boolean => name !== undefined && given.has(name);
	const unknownAt = new Map(document.variables.map(({ name, range }) => [range.start, name]));
	const former = document.keys.vars;
	return {
		...document,
		isTemplate: true,
		keys: {
			...document.keys,
			vars: { range: nowhere, keyRange: nowhere, ...former, value: { ...former?.value, ...variables } },
		},
		problems: document.problems.filter(({ code, range }) => code !== 'unknownVariable' || !isSolved(unknownAt.get(range.start))),
	};
}
