/** The size of a file in decimal units, as VS Code's Explorer and the vendors count: `812\u00a0kB`, `3.1\u00a0MB`. */
export function formatBytes(bytes: number, locale: string): string {
	const format = (value: number, digits: number): string =>
		new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
	return bytes < 1e6 ? `${format(Math.max(1, Math.round(bytes / 1e3)), 0)}\u00a0kB` : `${format(bytes / 1e6, 1)}\u00a0MB`;
}
