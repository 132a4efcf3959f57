/**
 * The web address in a text; blanks around it do not matter. `undefined`: it is none.
 *
 * `URL.canParse` is not asked: once compiled, that of Node 20 refuses host names with Latin-1 letters (found 2026-11-20).
 */
export function parseUrl(text: string): URL | undefined {
	const trimmed = text.trim();
	if (!/^https?:/i.test(trimmed)) {
		return undefined;
	}
	try {
		return new URL(trimmed);
	} catch {
		// Whatever is wrong with it, it is no address.
		return undefined;
	}
}
