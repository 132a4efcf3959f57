/** The one API key of the host tests. */
export const canaryKey: string;
/** What every access token of the tests holds. */
export const canaryToken: string;
/** Both: what may lie nowhere after the tests. */
export const canaries: readonly string[];

export interface Search {
	/** How many files were read. */
	readonly files: number;
	/** How many of them are logs of an extension host. */
	readonly logs: number;
	/** Absolute paths of those that hold the secret. */
	readonly found: readonly string[];
}

export function searchFor(secrets: string | readonly string[], paths: readonly string[]): Search;
/** Whether `content` holds `secret` or a half of it, however encoded. */
export function holdsPartOf(secret: string, content: Uint8Array): boolean;
export function checkSearch(
	search: Search,
	options?: { readonly needsLogs?: boolean },
): { readonly name: string; readonly detail: string; readonly isMet: boolean };
