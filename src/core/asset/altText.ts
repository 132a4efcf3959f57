/** What people can hear in one breath; screen readers and linters warn above it. */
const maxAltLength = 125;

/**
 * Alternative text as it can stand in any document: one line, single spaces, without control characters and without marks that
 * reverse the direction of the code around it.
 */
export function normalizeAlt(alt: string): string {
	return alt
		.toWellFormed()
		.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
		.replaceAll(/[\s\p{Cc}]+/gu, ' ')
		.trim();
}

/** A first suggestion from the prompt: its first sentence, cut at a word. Empty when there is no prompt. */
export function altFromPrompt(prompt: string): string {
	const text = normalizeAlt(prompt);
	const sentence = /^.+?[.!?。！？](?=\s|$|(?<=[。！？]))/u.exec(text)?.[0] ?? text;
	return cutAtWord(sentence.replace(/[.。]$/u, ''), maxAltLength);
}

/** At most `length` UTF-16 units, ended at a word where there is one in the second half. */
export function cutAtWord(text: string, length: number): string {
	if (text.length <= length) {
		return text;
	}
	const cut = text.slice(0, length + 1);
	const space = cut.lastIndexOf(' ');
	return (space > length / 2 ? cut.slice(0, space) : text.slice(0, length)).toWellFormed().replace(/[\s,;:\uFFFD]+$/u, '');
}
