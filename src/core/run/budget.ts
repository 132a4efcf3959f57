import { assertNever } from '../result';
import type { Reservation } from './budgetReservation';
import type { Spent } from './budgetSpent';
import type { RunFailure } from './failure';

/** Most US dollars that may be spent; absent: no ceiling. 0: nothing that costs may be sent. */
export interface Ceilings {
	readonly perRunUsd?: number;
	/** For all runs that begin on one day of the user's calendar, whichever window they are started in. */
	readonly perDayUsd?: number;
}

/** Why a run is over a ceiling. All amounts are US dollars. */
export type BudgetExcess =
	| { readonly kind: 'perRun'; readonly limitUsd: number; readonly reservedUsd: number; readonly spent: Spent }
	| { readonly kind: 'perDay'; readonly limitUsd: number; readonly reservedUsd: number; readonly spent: Spent }
	/** There is a ceiling, and nobody knows whether the run fits under it. */
	| { readonly kind: 'unknownPrice'; readonly spent: Spent };

/** Sums of thousandths are not exact: a run that fits to the hundredth of a cent must not fail by a rounding error. */
const tolerance = 1e-9;

/** What keeps a run from being sent. `undefined`: nothing. What is free is never kept back, and needs no ceiling looked at. */
export function excessOf(ceilings: Ceilings, { usd: reservedUsd }: Reservation, spent: Spent): BudgetExcess | undefined {
	const { perRunUsd, perDayUsd } = ceilings;
	if (reservedUsd === 0 || !hasCeiling(ceilings)) {
		return undefined;
	}
	if (reservedUsd === undefined) {
		return { kind: 'unknownPrice', spent };
	}
	if (perRunUsd !== undefined && reservedUsd > perRunUsd + tolerance) {
		return { kind: 'perRun', limitUsd: perRunUsd, reservedUsd, spent };
	}
	if (perDayUsd !== undefined && spent.usd + reservedUsd > perDayUsd + tolerance) {
		return { kind: 'perDay', limitUsd: perDayUsd, reservedUsd, spent };
	}
	return undefined;
}

/** Whether any ceiling is set. */
export function hasCeiling({ perRunUsd, perDayUsd }: Ceilings): boolean {
	return perRunUsd !== undefined || perDayUsd !== undefined;
}

/**
 * The ceilings of one run that a person allowed when shown `spent`: what is spent elsewhere meanwhile was not allowed. A run of
 * unknown price has none, as nothing could be compared with it.
 */
export function raisedCeilings({ perDayUsd }: Ceilings, { usd }: Reservation, spent: Spent): Ceilings {
	return usd === undefined || perDayUsd === undefined ? {} : { perDayUsd: Math.max(perDayUsd, spent.usd + usd) };
}

/** The failure of a run that was not sent. `code` says which ceiling: `perRun`, `perDay` or `unknownPrice`. */
export function budgetFailure(excess: BudgetExcess): RunFailure {
	return { kind: 'budgetExceeded', code: excess.kind, message: messageOf(excess) };
}

function messageOf(excess: BudgetExcess): string {
	switch (excess.kind) {
		case 'perRun':
			return `This run may cost up to ${formatCost(excess.reservedUsd)}, and your ceiling is ${formatLimit(excess.limitUsd)} per run. Nothing was sent. Ask for less, or raise imgprompt.budget.perRunUsd in the user settings.`;
		case 'perDay':
			return `This run may cost up to ${formatCost(excess.reservedUsd)}, and today’s runs have already come to ${formatSpent(excess.spent)} of your ceiling of ${formatLimit(excess.limitUsd)} per day. Nothing was sent. Wait for tomorrow, or raise imgprompt.budget.perDayUsd in the user settings.`;
		case 'unknownPrice':
			return 'What this run costs is not known, so that it can’t be kept under your ceiling. Nothing was sent. Give the model’s prices in the connection, generate it by hand and confirm it, or remove imgprompt.budget.perRunUsd and imgprompt.budget.perDayUsd from the user settings.';
		default:
			return assertNever(excess);
	}
}

/** `$0.0412`: never less than it is. */
export function formatCost(usd: number, locale = 'en-US'): string {
	return dollars(locale, { maximumFractionDigits: 4, roundingMode: 'ceil' }).format(Math.max(0, usd - tolerance));
}

/** `$5.00`, as precise as a person set it. */
export function formatLimit(usd: number, locale = 'en-US'): string {
	return dollars(locale, { maximumFractionDigits: 10 }).format(usd);
}

/** `$1.20`, or `at least $1.20` where some cost is not known. */
export function formatSpent({ usd, unknownRuns }: Spent): string {
	return `${unknownRuns > 0 ? 'at least ' : ''}${formatCost(usd)}`;
}

function dollars(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	return new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: 'USD',
		currencyDisplay: 'narrowSymbol',
		minimumFractionDigits: 2,
		...options,
	});
}
