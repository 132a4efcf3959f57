import { formatCost, formatLimit, type BudgetExcess, type Ceilings } from '../../core/run/budget';
import type { Spent } from '../../core/run/budgetSpent';
import type { PanelTexts } from '../panel/panelTexts';

/** A question about a run that is over a ceiling: what it may cost, the ceilings, and what today has cost. */
export function budgetQuestion(
	excess: BudgetExcess,
	ceilings: Ceilings,
	texts: PanelTexts,
): { readonly message: string; readonly detail: string } {
	const { t, locale } = texts;
	const perRun = ceilings.perRunUsd === undefined ? [] : [t('Your ceiling per run is {0}.', formatLimit(ceilings.perRunUsd, locale))];
	return {
		message:
			excess.kind === 'unknownPrice'
				? t('What this run costs is not known. Send it anyway?')
				: t('This run may cost up to {0}. Send it anyway?', formatCost(excess.reservedUsd, locale)),
		detail: [
			...perRun,
			todaysRuns(excess.spent, ceilings, texts),
			t('Nothing was sent yet, and the ceiling stays as it is for the next run.'),
		].join('\n'),
	};
}

/** What today's runs have cost, and of how much. */
export function todaysRuns({ usd, unknownRuns }: Spent, { perDayUsd }: Ceilings, { t, locale }: PanelTexts): string {
	const cost = unknownRuns > 0 ? t('at least {0}', formatCost(usd, locale)) : formatCost(usd, locale);
	return perDayUsd === undefined ? t('Today: {0}', cost) : t('Today: {0} of {1}', cost, formatLimit(perDayUsd, locale));
}
