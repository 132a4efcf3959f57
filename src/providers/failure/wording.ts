import type { Connection } from '../../core/connection/connection';

const maxQuotedLength = 400;

/** Marks that turn the direction of the words around them. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Marks with which our own words put those of others in quotes. */
const quotationMarks = /[\u201c-\u201f]/g;

/**
 * The beginning of what a host wrote, in one line, without marks that would turn our own words around, and without those that would
 * end our quotation, so that what follows would read as our advice; `undefined` when it wrote nothing. `maxLength` counts UTF-16 code units.
 */
export function beginningOf(text: string, maxLength = maxQuotedLength): string | undefined {
	const line = text
		.replace(directionMarks, '')
		.replace(quotationMarks, '"')
		.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
		.trim();
	if (line === '') {
		return undefined;
	}
	return (line.length <= maxLength ? line : `${line.slice(0, maxLength).trimEnd()}…`).toWellFormed();
}

/** The title of an HTML page; `undefined` when it has none. */
export function titleOf(html: string): string | undefined {
	return /<title[^<>]*>([^<]*)<\/title>/i.exec(html)?.[1];
}

/** What a person needs to know about a request that was sent and brought nothing. */
export const mayBeBilled = "It may have been billed; check the host's usage page before you send it again.";

/** What may help where Azure has cut a request off: it does so after about 120 seconds of silence (llmgateway#2102, read 2026-11-20). */
export const silenceAdvice = 'Ask for partial pictures (setting imgprompt.partialImages), a lower quality or a smaller size next time.';

/** What to do about an address under which there is no Images API: most servers have theirs under `/v1`. */
export function addressAdvice({ kind, baseUrl }: Pick<Connection, 'kind' | 'baseUrl'>): string {
	return kind === 'azure' || hasVersion(baseUrl)
		? 'Check the address of the connection.'
		: `Set the address of the connection to ${baseUrl}/v1 if its API lies there.`;
}

/** Whether an address ends like that of an API: in `/v1` or another version. */
export function hasVersion(baseUrl: string): boolean {
	return /\/v\d+$/.test(baseUrl);
}

/** Shortest piece of a key that is worth hiding where a text was cut off inside the key. */
const minCutLength = 4;

/** Takes the key, and what looks like one, out of a host's words: some hosts repeat what they were sent. */
export function withoutKeys(text: string, key: string | undefined): string {
	const spellings = key === undefined || key === '' ? [] : new Set([key, encodeURIComponent(key)]);
	return withoutLookalikes([...spellings].reduce((rest, spelling) => withoutCutKey(rest.replaceAll(spelling, '[key]'), spelling), text));
}

/** A text that was cut off may end with the beginning of the key. Access tokens are long: what was not cut is not searched. */
function withoutCutKey(text: string, key: string): string {
	if (!text.includes('…')) {
		return text;
	}
	for (let length = key.length - 1; length >= minCutLength; length--) {
		const piece = `${key.slice(0, length)}…`;
		if (text.includes(piece)) {
			return text.replaceAll(piece, '[key]…');
		}
	}
	return text;
}

function withoutLookalikes(text: string): string {
	return text
		.replace(/\b(sk|rk|pk)-[\w*.-]{6,}/g, '[key]')
		.replace(/\b(Bearer)\s+[\w*.~+/=-]{6,}/gi, '$1 [key]')
		.replace(/\beyJ[\w-]{6,}(?:\.[\w-]*)*/g, '[key]');
}
