import { describeUnsafePath, resolveInside, unsafePath, type UnsafePath } from '../asset/safePath';
import type { Problem } from '../problem';
import { problemAbout, type PlanContext } from './planContext';

/** @param prompt as it would be sent */
export function checkPromptText({ document, capability, subject }: PlanContext, prompt: string): readonly Problem[] {
	const origin = { kind: 'file', range: document.bodyRange } as const;
	if (prompt.trim() === '') {
		// Reading found most of them already; a variable may have been filled with nothing since.
		const isKnown = document.problems.some(({ code }) => code === 'missingPrompt');
		return isKnown ? [] : [problemAbout(origin, { code: 'missingPrompt', message: 'There is no prompt. Describe the picture.' })];
	}
	const excess = prompt.length - capability.maxPromptLength;
	if (excess <= 0) {
		return [];
	}
	const count = (characters: number) => characters.toLocaleString('en-US');
	return [
		problemAbout(origin, {
			code: 'promptTooLong',
			message: `The prompt has ${count(prompt.length)} characters; ${subject} takes ${count(capability.maxPromptLength)}. Shorten it by ${count(excess)}.`,
		}),
	];
}

/**
 * @param output the path template with variables filled
 * @param folder of the file, relative to the folder that pictures must not leave; absent: whether it is left is known to whoever
 *   writes the picture
 */
export function checkOutput({ document }: PlanContext, output: string | undefined, folder?: string): readonly Problem[] {
	const located = document.keys.output;
	if (output === undefined || !located) {
		return [];
	}
	const unsafe = output.endsWith('/') ? ({ kind: 'empty' } as const) : whyUnsafe(output, folder);
	return unsafe
		? [problemAbout({ kind: 'file', range: located.range }, { code: 'outputOutsideWorkspace', message: describeUnsafePath(unsafe) })]
		: [];
}

function whyUnsafe(output: string, folder: string | undefined): UnsafePath | undefined {
	if (folder === undefined) {
		return unsafePath(output);
	}
	const inside = resolveInside(folder, output);
	return inside.ok ? undefined : inside.failure;
}
