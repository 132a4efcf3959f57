import type { ProblemFix } from '../problem';
import { removeKey, setKey } from '../prompt/editPrompt';
import type { PromptDocument } from '../prompt/promptDocument';
import type { TextKey } from '../prompt/promptSchema';

/** Offers to write `key: value` into the file. Empty when the prompt does not come from a text. */
export function setKeyFix(
	document: PromptDocument,
	key: TextKey,
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
export function chooseValueFixes(document: PromptDocument, key: TextKey, values: readonly string[]): readonly ProblemFix[] {
	return values.flatMap((value, index) => setKeyFix(document, key, value, { isPreferred: index === 0 }));
}

/** Offers to delete `key` with its line. Empty when the prompt does not come from a text. */
export function removeKeyFix(document: PromptDocument, key: TextKey): readonly ProblemFix[] {
	const edit = document.text === '' ? undefined : removeKey(document, key);
	return edit ? [{ title: `Remove \`${key}\``, edits: [edit], isPreferred: true }] : [];
}
