import { failure, success, type Result } from '../result';

/** Why a path may not be written. `segment` is the part that is wrong. */
export type UnsafePath =
	| { readonly kind: 'empty' }
	| { readonly kind: 'absolute' }
	| { readonly kind: 'outside' }
	| { readonly kind: 'tooLong' }
	| { readonly kind: 'segment'; readonly reason: UnsafeSegment; readonly segment: string };

/** What is wrong with one name. */
export type UnsafeSegment =
	| 'protectedFolder'
	| 'dotFile'
	| 'workspaceFile'
	| 'deviceName'
	| 'shortName'
	| 'trailingDotOrSpace'
	| 'forbiddenCharacter'
	| 'invisibleCharacter'
	| 'lookalike'
	| 'tooLong';

/** File systems count bytes (Linux, macOS) or UTF-16 units (Windows); 255 bytes satisfies all of them. */
const maxSegmentBytes = 255;
/** Windows without long paths ends at 260, Linux at 4,096; nobody writes a path like this by hand. */
const maxPathLength = 1000;

const protectedFolders = new Set(['.git', '.vscode']);

/** Whether a folder of this name holds what runs by itself or steers the editor, so that nothing is ever written into it. */
export function isProtectedFolder(name: string): boolean {
	return protectedFolders.has(name.toLowerCase());
}

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file, read 2026-11. Superscript digits count as digits there. */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)$/i;
/** NTFS makes `GIT~1` another name of `.git`. */
const shortName = /^[^.~]{1,8}~[0-9]+(?:\.[^.]{0,3})?$/;
const forbiddenCharacter = /[<>:"|?*]/;
/** Controls, formats (bidi, zero width), lone surrogates, line separators; the emoji selectors are harmless. */
const invisibleCharacter = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\uFE0E\uFE0F]]/v;

/**
 * Resolves `path` (with `/` or `\`) against the folder `base`, which is relative to a root, and gives the result relative to
 * that root. Fails when it would leave the root, or when a name in it is dangerous on any operating system: a repository is
 * shared between all of them. Says nothing of symbolic links; see the real-path check in `host/assets`.
 *
 * Names that `path` brings are put into normal form C; those of `base` exist and stay as they are.
 */
export function resolveInside(base: string, path: string): Result<string, UnsafePath> {
	const unsafe = unsafePath(path);
	if (unsafe) {
		return failure(unsafe);
	}
	const segments = base.split('/').filter(segment => segment !== '' && segment !== '.');
	if (segments.includes('..')) {
		return failure({ kind: 'outside' });
	}
	for (const segment of segmentsOf(path)) {
		if (segment !== '..') {
			segments.push(segment);
		} else if (segments.pop() === undefined) {
			return failure({ kind: 'outside' });
		}
	}
	const inherited = segments.find(segment => protectedFolders.has(segment.toLowerCase()));
	if (inherited !== undefined) {
		return failure({ kind: 'segment', reason: 'protectedFolder', segment: inherited });
	}
	return segments.length === 0 ? failure({ kind: 'empty' }) : success(segments.join('/'));
}

/**
 * What is wrong with a relative path wherever it will be resolved; `undefined` when nothing is. Whether `..` leads out of the
 * workspace is not known here. Templates such as `{{slug}}.{{ext}}` may be open.
 */
export function unsafePath(path: string): UnsafePath | undefined {
	const written = path.replaceAll('\\', '/');
	if (written.trim() === '') {
		return { kind: 'empty' };
	}
	if (/^(?:\/|[a-z]:|[a-z][a-z0-9+.-]+:\/\/|~(?:\/|$))/i.test(written)) {
		return { kind: 'absolute' };
	}
	if (written.length > maxPathLength) {
		return { kind: 'tooLong' };
	}
	const segments = segmentsOf(written);
	for (const segment of segments) {
		const reason = segment === '..' ? undefined : unsafeSegment(segment);
		if (reason) {
			return { kind: 'segment', reason, segment };
		}
	}
	return segments.length === 0 || segments.at(-1) === '..' ? { kind: 'empty' } : undefined;
}

function segmentsOf(path: string): readonly string[] {
	return path
		.split(/[/\\]/)
		.filter(segment => segment !== '' && segment !== '.')
		.map(segment => segment.normalize('NFC'));
}

/** What is wrong with one name of a file or folder; `undefined` when nothing is. */
export function unsafeSegment(segment: string): UnsafeSegment | undefined {
	if (invisibleCharacter.test(segment)) {
		return 'invisibleCharacter';
	}
	if (forbiddenCharacter.test(segment)) {
		return 'forbiddenCharacter';
	}
	if (/[. ]$/.test(segment)) {
		return 'trailingDotOrSpace';
	}
	return reservedName(segment) ?? lookalike(segment) ?? (utf8Length(segment) > maxSegmentBytes ? 'tooLong' : undefined);
}

function reservedName(segment: string): UnsafeSegment | undefined {
	const lower = segment.toLowerCase();
	if (isProtectedFolder(segment)) {
		return 'protectedFolder';
	}
	if (segment.trimStart().startsWith('.')) {
		return 'dotFile';
	}
	if (lower.endsWith('.code-workspace')) {
		return 'workspaceFile';
	}
	if (deviceName.test((lower.split('.')[0] ?? '').trim())) {
		return 'deviceName';
	}
	return shortName.test(segment) ? 'shortName' : undefined;
}

/** Some file systems and tools fold compatibility characters, so that `．．` or `ＣＯＮ` become the real thing. */
function lookalike(segment: string): UnsafeSegment | undefined {
	const folded = segment.normalize('NFKC');
	if (folded === segment) {
		return undefined;
	}
	const isDangerous = /[/\\]/.test(folded) || forbiddenCharacter.test(folded) || reservedName(folded) !== undefined;
	return isDangerous ? 'lookalike' : undefined;
}

/** Length of `text` in UTF-8, which is what file systems limit. */
export function utf8Length(text: string): number {
	let length = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return length;
}

const advice: Readonly<Record<UnsafeSegment, string>> = {
	protectedFolder: 'Nothing is written into .git or .vscode. Choose another folder.',
	dotFile: 'Names that start with a dot are reserved. Choose another name.',
	workspaceFile: 'Workspace files are never written. Choose another name.',
	deviceName: 'Windows reserves this name. Choose another one.',
	shortName: 'On Windows this can be another name of an existing file. Choose another name.',
	trailingDotOrSpace: 'A name can’t end with a dot or a space. Remove it.',
	forbiddenCharacter: 'A name can’t hold any of < > : " | ? *. Remove them.',
	invisibleCharacter: 'The name has invisible characters. Type it anew.',
	lookalike: 'The name has characters that some file systems take for others. Type it with plain ones.',
	tooLong: 'A name can be 255 bytes long. Shorten it.',
};

/** What is wrong and what to do, in one or two sentences. The name is shown without its invisible characters. */
export function describeUnsafePath(unsafe: UnsafePath): string {
	switch (unsafe.kind) {
		case 'empty':
			return 'The path names no file. Write a file name.';
		case 'absolute':
			return 'The path is absolute. Write it relative to the file.';
		case 'outside':
			return 'The path leaves the workspace folder. Choose one inside it.';
		case 'tooLong':
			return `The path is longer than ${maxPathLength} characters. Shorten it.`;
		case 'segment': {
			const visible = unsafe.segment.replaceAll(new RegExp(invisibleCharacter, 'gv'), '');
			return `“${visible.length > 60 ? `${visible.slice(0, 60)}…` : visible}” can’t be used in a path. ${advice[unsafe.reason]}`;
		}
	}
}
