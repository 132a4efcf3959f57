/**
 * A time as a clock shows it, in whole seconds that have passed: `48 s`, `1:05 min`, `1:00:09 h`. Negative times are `0 s`.
 * Units are SI symbols, the same in every language.
 */
export function formatElapsed(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const rest = String(seconds % 60).padStart(2, '0');
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes}:${rest} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest} h`;
}

/** A time that is over, rounded: below ten seconds with one decimal in the writing of `locale`, else as `formatElapsed`. */
export function formatDuration(ms: number, locale: string): string {
	const tenths = Math.round(Math.max(0, ms) / 100) / 10;
	return tenths < 10
		? `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(tenths)} s`
		: formatElapsed(Math.round(ms / 1000) * 1000);
}
