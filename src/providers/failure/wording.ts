const maxQuotedLength = 400;

/** The beginning of what a host wrote, in one line; `undefined` when it wrote nothing. */
export function beginningOf(text: string): string | undefined {
	const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
	if (line === '') {
		return undefined;
	}
	return line.length <= maxQuotedLength ? line : `${line.slice(0, maxQuotedLength).trimEnd()}…`;
}

/** Takes the key, and what looks like one, out of a host's words: some hosts repeat what they were sent. */
export function withoutKeys(text: string, key: string | undefined): string {
	const plain = key === undefined || key === '' ? text : text.split(key).join('[key]');
	return plain.replace(/\b(sk|rk|pk)-[\w*.-]{6,}/g, '[key]').replace(/\b(Bearer)\s+[\w*.~+/=-]{6,}/gi, '$1 [key]');
}
