import type { PromptKey } from '../../core/prompt/promptDocument';

/** What can be completed at a place in a prompt file. `prefix` is what is typed already, up to the cursor. */
export type CompletionPlace =
	/** `hasColon`: the line goes on with a colon, so that only the name is to be replaced. */
	| { readonly kind: 'key'; readonly prefix: string; readonly hasColon: boolean }
	| { readonly kind: 'value'; readonly key: string; readonly prefix: string }
	/** Inside `{{`. `isClosed`: braces follow. */
	| { readonly kind: 'variable'; readonly prefix: string; readonly isClosed: boolean; readonly key?: string }
	/** The first line of a file that has no front matter. */
	| { readonly kind: 'frontMatter'; readonly prefix: string }
	| { readonly kind: 'nothing' };

/**
 * Where the cursor stands, told from the lines alone: while somebody types, the YAML is mostly broken.
 *
 * @param lines The whole text, without line ends.
 */
export function completionPlaceAt(lines: readonly string[], line: number, character: number): CompletionPlace {
	const text = lines[line] ?? '';
	const before = text.slice(0, character);
	const after = text.slice(character);
	const isFrontMatter = isInFrontMatter(lines, line);
	const keyed = isFrontMatter ? /^([A-Za-z]\w*)[ \t]*:[ \t]+(.*)$/.exec(before) : null;
	const open = /\{\{[ \t]*([\p{L}\p{N}_.-]*)$/u.exec(before);
	if (open) {
		return {
			kind: 'variable',
			prefix: open[1] ?? '',
			isClosed: /^[ \t]*[\p{L}\p{N}_.-]*[ \t]*\}\}/u.test(after),
			...(keyed?.[1] ? { key: keyed[1] } : {}),
		};
	}
	if (!isFrontMatter) {
		const isFirst = line === 0 && lines[0] !== '---' && /^-{0,3}$/.test(before) && after.trim() === '';
		return isFirst ? { kind: 'frontMatter', prefix: before } : { kind: 'nothing' };
	}
	if (keyed) {
		return { kind: 'value', key: keyed[1] ?? '', prefix: keyed[2] ?? '' };
	}
	return /^\w*$/.test(before) ? { kind: 'key', prefix: before, hasColon: /^\w*[ \t]*:/.test(after) } : { kind: 'nothing' };
}

/** Between the `---` lines; also when the second one is not typed yet. */
function isInFrontMatter(lines: readonly string[], line: number): boolean {
	if (line === 0 || !isFence(lines[0])) {
		return false;
	}
	const closing = lines.findIndex((text, index) => index > 0 && isFence(text));
	return closing === -1 ? lines.slice(1, line).every(text => text.trim() !== '') : line < closing;
}

function isFence(text: string | undefined): boolean {
	return /^---[ \t]*$/.test(text ?? '');
}

/** Keys whose values can be listed, so that the list opens as soon as such a key is chosen. */
export function hasListedValues(key: PromptKey): boolean {
	return !['compression', 'vars', 'output', 'alt'].includes(key);
}
