/** What the launcher asks of one run. It comes as environment variables, because both launchers can set those. */
export interface RunOptions {
	/** Runs only tests whose full title contains this. */
	readonly grep?: string;
	/** The workspace is not trusted: only `*.restricted.hostTest.ts` run. Otherwise all others do. */
	readonly isRestricted: boolean;
	/** Where the counts are written. */
	readonly resultFile?: string;
}

/** Reads the options from `environment`. */
export function runOptions(environment: Readonly<Record<string, string | undefined>>): RunOptions {
	const { IMGPROMPT_TEST_GREP: grep, IMGPROMPT_TEST_TRUST: trust, IMGPROMPT_TEST_RESULT: resultFile } = environment;
	return { isRestricted: trust === 'restricted', ...(grep ? { grep } : {}), ...(resultFile ? { resultFile } : {}) };
}

/** The files that belong into a trusted or into a restricted window. */
export function relevantFiles<T extends { readonly file: string }>(files: readonly T[], isRestricted: boolean): readonly T[] {
	return files.filter(({ file }) => file.endsWith('.restricted.hostTest.ts') === isRestricted);
}
