/** The outcome of something that is expected to fail at times. Defects are thrown instead. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
	return { ok: true, value };
}

export function failure<F>(reason: F): { readonly ok: false; readonly failure: F } {
	return { ok: false, failure: reason };
}

/** Ends a `switch` over a closed union: a forgotten case becomes a compile error, and a defect at run time. */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
