import type { Problem, TextRange } from '../problem';
import { checkVariables } from './checkVariables';
import { normalizeBody, readBody } from './promptBody';
import type { PromptDocument } from './promptDocument';
import { promptError } from './promptProblem';
import { readPromptSource } from './promptSource';
import { readKeys } from './readKeys';
import { resolvePrompt } from './resolvePrompt';

/**
 * Reads a prompt file, or the contents of a Markdown fence. Any text gives a document: what could be read, and problems
 * with their places, in the order of the text, for the rest.
 */
export function parsePrompt(text: string): PromptDocument {
	const source = readPromptSource(text);
	const { frontMatter, body: bodyRange } = source.parts;
	const body = readBody(text, bodyRange);
	const { keys, problems } = readKeys(source.entries);
	const variables = checkVariables(source, body, keys);
	const document: PromptDocument = {
		text,
		...(frontMatter && { frontMatterRange: frontMatter }),
		bodyRange,
		body: normalizeBody(body.text),
		keys,
		variables: variables.references,
		isTemplate: true,
		problems: [...source.problems, ...problems, ...body.problems, ...variables.problems],
	};
	return withMissingPrompt(document);
}

/** Adds `missingPrompt` when nothing is left to be sent, and puts the problems in the order of the text. */
export function withMissingPrompt(document: PromptDocument): PromptDocument {
	const problems = [...document.problems, ...missingPrompt(document)];
	return { ...document, problems: problems.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end) };
}

function missingPrompt(document: PromptDocument): readonly Problem[] {
	const isFilledFirst = document.isTemplate && document.body.startsWith('{{');
	if (document.body !== '' && (!isFilledFirst || resolvePrompt(document).prompt !== '')) {
		return [];
	}
	const message =
		document.keys.output || document.frontMatterRange
			? 'There is no prompt. Write it below the front matter.'
			: 'There is no prompt. Describe the picture.';
	return [promptError('missingPrompt', placeOfPrompt(document), message)];
}

/** The last line of the file, where the prompt would begin; an editor can't show an empty range there. */
function placeOfPrompt({ text, bodyRange }: PromptDocument): TextRange {
	const written = text.slice(bodyRange.start, bodyRange.end).trim();
	const start = written === '' ? bodyRange.start : text.indexOf(written, bodyRange.start);
	return { start, end: start + written.length };
}
