/** The beginning of a date (RFC 9110, section 5.6.7). `Date.parse` takes nearly everything for one, so that junk would mean «at once». */
const httpDate = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d{1,2}:\d{2}/i;

/** Nobody waits longer, in milliseconds: allowances are counted by the month at most. What asks for more is no answer. */
const maxWaitMs = 31 * 24 * 3_600_000;

/**
 * How long a host asks to wait, in milliseconds: header `retry-after-ms`, then `retry-after` in seconds or as a date, then
 * the words «try again in 12s» (OpenAI's 429 messages, 2026-11-20). `undefined`: it does not say.
 */
export function readRetryAfter(headers: Headers, message: string | undefined, now: number): number | undefined {
	const waitMs = toldWait(headers, message, now);
	return waitMs === undefined || waitMs > maxWaitMs ? undefined : waitMs;
}

function toldWait(headers: Headers, message: string | undefined, now: number): number | undefined {
	const ms = headers.get('retry-after-ms')?.trim();
	if (ms && Number.isFinite(Number(ms))) {
		return Math.max(0, Math.ceil(Number(ms)));
	}
	const after = headers.get('retry-after')?.trim();
	if (after) {
		const waitMs = /^-?\d+(?:\.\d+)?$/.test(after) ? Number(after) * 1000 : httpDate.test(after) ? Date.parse(after) - now : NaN;
		return Number.isFinite(waitMs) ? Math.max(0, Math.ceil(waitMs)) : undefined;
	}
	return message === undefined ? undefined : waitInWords(message);
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function waitInWords(message: string): number | undefined {
	const words =
		/(?:try again|retry)(?: after| in)? ((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hours?)\b\s*|\d+(?:\.\d+)?(?:ms|s|m|h))+)/i.exec(
			message,
		)?.[1];
	if (words === undefined) {
		return undefined;
	}
	let total = 0;
	for (const [, amount = '0', unit = ''] of words.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
		const short = unit.toLowerCase();
		total += Number(amount) * (unitsMs[short.startsWith('ms') || short.startsWith('milli') ? 'ms' : short.charAt(0)] ?? 0);
	}
	return Math.ceil(total);
}
