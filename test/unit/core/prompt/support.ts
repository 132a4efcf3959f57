import type { Problem, TextRange } from '../../../../src/core/problem';
import { applyEdits } from '../../../../src/core/prompt/editPrompt';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import type { PromptDocument } from '../../../../src/core/prompt/promptDocument';

/** A file whose front matter is `yaml`. */
export function fileOf(yaml: string, body = 'A lighthouse.'): string {
	return `---\n${yaml}\n---\n${body}\n`;
}

export function sliceOf(text: string, range: TextRange): string {
	return text.slice(range.start, range.end);
}

/** The bare values of a document's keys. */
export function valuesOf(document: PromptDocument): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(document.keys).map(([key, located]) => [key, located.value]));
}

export function errorsOf(document: PromptDocument): readonly Problem[] {
	return document.problems.filter(({ severity }) => severity === 'error');
}

/** Code and underlined characters of each problem, in order. */
export function problemsOf(text: string): readonly (readonly [code: string, at: string])[] {
	return parsePrompt(text).problems.map(({ code, range }) => [code, sliceOf(text, range)]);
}

/** The text after the fix with this title. */
export function fixedBy(text: string, title: string): string {
	const fixes = parsePrompt(text).problems.flatMap(problem => problem.fixes ?? []);
	const fix = fixes.find(each => each.title === title);
	if (!fix) {
		throw new Error(`No fix «${title}» among: ${fixes.map(each => each.title).join(', ')}`);
	}
	return applyEdits(text, fix.edits);
}

/** The message of the first problem with this code. */
export function messageOf(text: string, code: string): string {
	const problem = parsePrompt(text).problems.find(each => each.code === code);
	if (!problem) {
		throw new Error(`No problem ${code}`);
	}
	return problem.message;
}
