/** Absolute path of the bundle that is shipped. */
export const bundlePath: string;
export function exportStrings(): Promise<
	Readonly<Record<string, string | { readonly message: string; readonly comment: readonly string[] }>>
>;
export function printBundle(strings: object): string;
