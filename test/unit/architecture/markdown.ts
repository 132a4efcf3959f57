import { readFileSync } from 'node:fs';

/** The text of a file of the repository. */
export function read(path: string): string {
	return readFileSync(path, 'utf8');
}

/** The rows of the first table at or after `marker`, without its head. Throws when there is none. */
export function tableAfter(text: string, marker: string): readonly string[] {
	const at = text.indexOf(marker);
	if (at < 0) {
		throw new Error(`«${marker}» does not occur.`);
	}
	const lines = text.slice(text.lastIndexOf('\n', at) + 1).split('\n');
	const start = lines.findIndex(line => /^\|[ :-]+\|/.test(line) && !/[A-Za-z]/.test(line)) + 1;
	const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'));
	return start === 0 ? [] : lines.slice(start, end < 0 ? undefined : end);
}

/** The cells of a row, trimmed. A bar inside a code span is written `\|`. */
export function cellsOf(row: string): readonly string[] {
	return row
		.replace(/^\||\|$/g, '')
		.split(/(?<!\\)\|/)
		.map(cell => cell.trim().replaceAll('\\|', '|'));
}

/** What stands in fenced blocks whose info string is `language`. */
export function fencesOf(text: string, language: string): readonly string[] {
	return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, content = '']) => content);
}

/** Links and pictures, in the order of the text. */
export function linksOf(text: string): readonly { readonly target: string; readonly isPicture: boolean }[] {
	const prose = text.replace(/^```.*?^```$/gms, '').replace(/`[^`]*`/g, '');
	return [...prose.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, mark, target = '']) => ({ target, isPicture: mark === '!' }));
}

/** The anchors of all headings, as GitHub makes them. */
export function headingsOf(text: string): readonly string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
}
