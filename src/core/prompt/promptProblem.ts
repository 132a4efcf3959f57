import type { Problem, ProblemCode, ProblemFix, TextRange } from '../problem';

/** A problem that keeps the prompt from being sent. The first fix is the preferred one when it is the only one. */
export function promptError(code: ProblemCode, range: TextRange, message: string, fixes: readonly ProblemFix[] = []): Problem {
	return { code, severity: 'error', range, message, ...(fixes.length > 0 && { fixes }) };
}

/** A problem that is worth a look and stops nothing. */
export function promptWarning(code: ProblemCode, range: TextRange, message: string, fixes: readonly ProblemFix[] = []): Problem {
	return { code, severity: 'warning', range, message, ...(fixes.length > 0 && { fixes }) };
}

/** A mend by one replacement. */
export function replaceFix(title: string, range: TextRange, newText: string, isPreferred = false): ProblemFix {
	return { title, edits: [{ range, newText }], ...(isPreferred && { isPreferred }) };
}

/** A user's text as it stands in a message: on one line and never longer than a glance. */
export function shown(text: string): string {
	const line = text.replaceAll(/\s+/g, ' ').trim();
	return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
