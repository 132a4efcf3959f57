/** Half-open range of UTF-16 code units in a source text. */
export interface TextRange {
	readonly start: number;
	readonly end: number;
}

/** Replaces `range` by `newText`; an empty range inserts. */
export interface TextEdit {
	readonly range: TextRange;
	readonly newText: string;
}

/** Every code that a diagnostic can carry. They are stable: users filter and document by them. */
export const problemCodes = [
	'syntax',
	'unknownKey',
	'invalidValue',
	'missingPrompt',
	'promptTooLong',
	'unknownVariable',
	'unusedVariable',
	'sizeGrid',
	'sizeEdge',
	'sizeRatio',
	'sizePixels',
	'sizeUnsupported',
	'sizeExperimental',
	'parameterUnsupported',
	'formatUnsupported',
	'compressionIgnored',
	'backgroundNeedsAlpha',
	'imageMissing',
	'imageUnsupported',
	'imageTooLarge',
	'tooManyImages',
	'maskSize',
	'maskNoAlpha',
	'maskWithoutImage',
	'outputOutsideWorkspace',
	'outputCollision',
	'matrixTooLarge',
	'extendsCycle',
	'modelRetired',
	'unknownConnection',
	'unknownModel',
	'stale',
	'missing',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

export type ProblemSeverity = 'error' | 'warning' | 'information';

/** A mend that an editor can offer: a title in the imperative, and what it changes. */
export interface ProblemFix {
	readonly title: string;
	readonly edits: readonly TextEdit[];
	readonly isPreferred?: boolean;
}

/** Something wrong with a prompt, as data. An `error` means that nothing may be sent. */
export interface Problem {
	readonly code: ProblemCode;
	readonly severity: ProblemSeverity;
	/** Where in the source text; `{ start: 0, end: 0 }` when the value does not come from a text. */
	readonly range: TextRange;
	/** What is wrong and what to do, in one or two sentences. */
	readonly message: string;
	readonly fixes?: readonly ProblemFix[];
}

export function hasErrors(problems: readonly Problem[]): boolean {
	return problems.some(problem => problem.severity === 'error');
}
