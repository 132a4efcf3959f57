/**
 * The window that a test file needs: trusted with one folder, not trusted, trusted with two folders, one whose processes trust the
 * authority of an inspecting proxy, one whose extension has a manifest that lets a workspace change every setting, or one that has many
 * minutes.
 */
export type WindowKind = 'trusted' | 'restricted' | 'multiRoot' | 'proxied' | 'loosened' | 'slow';

/** What the launcher asks of one run. It comes as environment variables, because both launchers can set those. */
export interface RunOptions {
	/** Runs only tests whose full title contains this. */
	readonly grep?: string;
	readonly kind: WindowKind;
	/** Where the counts are written. */
	readonly resultFile?: string;
}

const specialKinds = ['restricted', 'multiRoot', 'proxied', 'loosened', 'slow'] as const;

/** Reads the options from `environment`. */
export function runOptions(environment: Readonly<Record<string, string | undefined>>): RunOptions {
	const { IMGPROMPT_TEST_GREP: grep, IMGPROMPT_TEST_WINDOW: window, IMGPROMPT_TEST_RESULT: resultFile } = environment;
	const kind = specialKinds.find(each => each === window) ?? 'trusted';
	return { kind, ...(grep ? { grep } : {}), ...(resultFile ? { resultFile } : {}) };
}

/** The files for a kind of window: `*.restricted.hostTest.ts` and so on, and all others for the trusted one. */
export function relevantFiles<T extends { readonly file: string }>(files: readonly T[], kind: WindowKind): readonly T[] {
	return files.filter(({ file }) => kindOf(file) === kind);
}

function kindOf(file: string): WindowKind {
	return specialKinds.find(each => file.endsWith(`.${each}.hostTest.ts`)) ?? 'trusted';
}
