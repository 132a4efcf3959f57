import type { ProblemFix, TextRange } from '../problem';
import { setKey } from '../prompt/editPrompt';
import type { PromptDocument, PromptKey } from '../prompt/promptDocument';

/** Offers to write `key: value` into the file. Empty when the prompt does not come from a text. */
export function setKeyFix(
	document: PromptDocument,
	key: PromptKey,
	value: string,
	options: { readonly title?: string; readonly isPreferred?: boolean } = {},
): readonly ProblemFix[] {
	if (document.text === '') {
		return [];
	}
	return [
		{
			title: options.title ?? `Set \`${key}: ${value}\``,
			edits: [setKey(document, key, value)],
			...(options.isPreferred ? { isPreferred: true } : {}),
		},
	];
}

/** Offers one value after the other; the first one is preferred. */
export function chooseValueFixes(document: PromptDocument, key: PromptKey, values: readonly string[]): readonly ProblemFix[] {
	return values.flatMap((value, index) => setKeyFix(document, key, value, { isPreferred: index === 0 }));
}

/** Offers to delete the line (or lines) of `key`. Empty when the prompt does not come from a text. */
export function removeKeyFix(document: PromptDocument, key: PromptKey): readonly ProblemFix[] {
	const located = document.keys[key];
	if (document.text === '' || located === undefined) {
		return [];
	}
	const range = linesOf(document.text, { start: located.keyRange.start, end: Math.max(located.keyRange.end, located.range.end) });
	return [{ title: `Remove \`${key}\``, edits: [{ range, newText: '' }], isPreferred: true }];
}

/** The whole lines that `range` touches, with the line break at their end. */
function linesOf(text: string, range: TextRange): TextRange {
	const nextBreak = text.indexOf('\n', range.end);
	return { start: text.lastIndexOf('\n', range.start - 1) + 1, end: nextBreak < 0 ? text.length : nextBreak + 1 };
}
