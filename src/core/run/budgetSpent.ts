import type { Ledger, LedgerEntry } from './records';

/** What runs cost, in US dollars. */
export interface Spent {
	readonly usd: number;
	/** Runs that may have been billed at a price that nobody knows: they come on top. */
	readonly unknownRuns: number;
}

/** A day of the user's calendar, in milliseconds since the epoch; `to` belongs to the next one. */
export interface Day {
	readonly from: number;
	readonly to: number;
}

/** The user's calendar day around a moment. With summer time it may have 23 or 25 hours. */
export function dayAround(now: number): Day {
	const at = new Date(now);
	const midnight = (days: number): number => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
	return { from: midnight(0), to: midnight(1) };
}

/**
 * Where the lines about the runs of a day stand: the months (`YYYY-MM`, UTC) and the time since which they were written. The user's
 * midnight is not that of UTC, so there may be two months.
 */
export function linesAbout({ from, to }: Day): { readonly months: readonly string[]; readonly since: string } {
	const [since, until] = [from, to].map(at => new Date(at).toISOString()) as [string, string];
	return { months: [...new Set([since.slice(0, 7), until.slice(0, 7)])], since };
}

/** What the runs of the day around `now` cost so far. Rejects with `StorageError` when the ledger can't be read. */
export async function spentToday(ledger: Pick<Ledger, 'read'>, now: number): Promise<Spent> {
	const day = dayAround(now);
	const { months, since } = linesAbout(day);
	const entries = await Promise.all(months.map(month => ledger.read(month, since)));
	return spentOn(day, entries.flat());
}

/** What the runs cost that began on `day`, from the lines of its months. A run that is under way counts what it has reserved. */
export function spentOn(day: Day, entries: readonly LedgerEntry[]): Spent {
	const ends = new Map(entries.filter(({ type }) => type === 'settle').map(entry => [entry.runId, entry]));
	const costs = entries
		.filter(entry => entry.type === 'claim' && isWithin(day, entry.at))
		.map(claim => costOf(claim, ends.get(claim.runId)));
	return {
		usd: costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
		unknownRuns: costs.filter(cost => cost === undefined).length,
	};
}

function isWithin({ from, to }: Day, at: string): boolean {
	const time = Date.parse(at);
	return time >= from && time < to;
}

/** `undefined`: not known. */
function costOf(claim: LedgerEntry, end: LedgerEntry | undefined): number | undefined {
	if (end?.cost) {
		const { usd, estimated } = end.cost;
		// An estimate leaves out the prompt and what the host may count beyond. Nothing that was not reserved is added to it.
		return estimated ? Math.max(usd, Math.min(usd + (claim.reservedUnestimatedUsd ?? 0), claim.reservedUsd ?? usd)) : usd;
	}
	// Whatever may have been billed has a cost, unless its price is not known.
	const isFree = end?.status === 'failed' || end?.status === 'cancelled';
	return isFree ? 0 : claim.reservedUsd;
}
