import { assertNever } from '../result';
import type { Price } from './plan';

/** `short` stands in a line above code: cents. `long` stands in the panel: two significant digits, and says that it is an estimate. */
export type PriceForm = 'short' | 'long';

/** `≈ $0.04`, `≈ $0.041 estimated`, `≈ $0.005–0.17`, `free` or `price unknown`. */
export function formatPrice(price: Price, form: PriceForm, locale?: string): string {
	switch (price.kind) {
		case 'free':
			return 'free';
		case 'unknown':
			return 'price unknown';
		case 'estimate':
			return `≈ ${formatUsdRange(price.minUsd, price.maxUsd, form, locale)}${form === 'long' ? ' estimated' : ''}`;
		default:
			return assertNever(price);
	}
}

/** US dollars with at least two significant digits below a dollar (`$0.041`), else with cents (`$1.23`). Default locale: `en-US`. */
export function formatUsd(usd: number, locale?: string): string {
	return numberFormat('long', locale).format(usd);
}

function formatUsdRange(minUsd: number, maxUsd: number, form: PriceForm, locale: string | undefined): string {
	const format = numberFormat(form, locale);
	const low = format.format(minUsd);
	const high = format.format(maxUsd);
	if (low === high) {
		return low;
	}
	// The symbol is said once, on the outer side: $0.005–0.17, 0,005–0,17 $.
	const symbolLeads = format.formatToParts(minUsd)[0]?.type === 'currency';
	return symbolLeads ? `${low}–${withoutSymbol(format, maxUsd)}` : `${withoutSymbol(format, minUsd)}–${high}`;
}

function withoutSymbol(format: Intl.NumberFormat, usd: number): string {
	return format
		.formatToParts(usd)
		.filter(({ type }) => type !== 'currency' && type !== 'literal')
		.map(({ value }) => value)
		.join('');
}

/** Whichever is more precise: cents, or the significant digits of the form. */
function numberFormat(form: PriceForm, locale = 'en-US'): Intl.NumberFormat {
	const digits = form === 'short' ? 1 : 2;
	return new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: 'USD',
		currencyDisplay: 'narrowSymbol',
		minimumFractionDigits: 2,
		maximumFractionDigits: 2,
		minimumSignificantDigits: digits,
		maximumSignificantDigits: digits,
		roundingPriority: 'morePrecision',
	});
}
