import type * as z from 'zod/mini';
import { nearestName } from '../prompt/nearestName';

type Issue = z.core.$ZodIssue;

/**
 * One sentence about what a user's JSON got wrong. The schemas word their own messages, beginning with a verb
 * («must be a list of texts»), so that path and message make the sentence.
 */
export function describeIssue(issue: Issue, knownKeys: readonly string[]): string {
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => describeUnknownKey(pathText([...issue.path, key]), key, knownKeys)).join(' ');
	}
	return issue.path.length === 0 ? `The value ${issue.message}.` : `"${pathText(issue.path)}" ${issue.message}.`;
}

function describeUnknownKey(path: string, key: string, knownKeys: readonly string[]): string {
	const suggestion = nearestName(key, knownKeys);
	return suggestion === undefined
		? `"${path}" is not known here. Remove it.`
		: `"${path}" is not known here. Did you mean "${suggestion}"?`;
}

function pathText(path: readonly PropertyKey[]): string {
	return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');
}
