/**
 * The way from the folder `from` to the file or folder `to`, both absolute with `/` (a URI's `path`). Drive letters are compared without
 * regard to case. Empty when both are the same; `undefined` when there is no way, because the drives differ.
 */
export function relativePath(from: string, to: string): string | undefined {
	const start = segmentsOf(from);
	const end = segmentsOf(to);
	if (isDrive(start[0]) !== isDrive(end[0]) || (isDrive(start[0]) && start[0] !== end[0])) {
		return undefined;
	}
	let shared = 0;
	while (shared < start.length && shared < end.length && start[shared] === end[shared]) {
		shared++;
	}
	return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/');
}

function segmentsOf(path: string): readonly string[] {
	const segments: string[] = [];
	for (const segment of path.split('/')) {
		if (segment === '..') {
			segments.pop();
		} else if (segment !== '' && segment !== '.') {
			segments.push(segment);
		}
	}
	const [first] = segments;
	return isDrive(first) ? [first.toLowerCase(), ...segments.slice(1)] : segments;
}

function isDrive(segment: string | undefined): segment is string {
	return segment !== undefined && /^[a-z]:$/i.test(segment);
}

/** Everything before the last `/`; empty when there is none. */
export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Everything after the last `/`. */
export function fileNameOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** `hero.final.png` becomes `['hero.final', 'png']`; a leading dot starts no extension. */
export function splitExtension(fileName: string): readonly [stem: string, extension: string] {
	const dot = fileName.lastIndexOf('.');
	return dot <= 0 ? [fileName, ''] : [fileName.slice(0, dot), fileName.slice(dot + 1)];
}

/**
 * Percent-encodes a path for a place where a URL is read. Letters and digits of every script stay readable; everything that
 * Markdown, HTML, CSS or a URL could take for something else is encoded.
 */
export function encodePath(path: string): string {
	return path.toWellFormed().replaceAll(/[^\p{L}\p{M}\p{N}\-._~/+,=@]/gu, encodeCharacter);
}

function encodeCharacter(character: string): string {
	return /[!'()*]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character);
}
