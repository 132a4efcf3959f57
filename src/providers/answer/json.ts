/** `value` as an object with string keys; `undefined` for anything else, lists included. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** `value` as a string that says something. */
export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** `value` as a count. What is too large to be counted exactly is none, and would make costs infinite. */
export function asCount(value: unknown): number | undefined {
	return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
