import { failure, success, type Result } from '../result';

/** Folders that belong to tools, which obey what lies in them. */
const toolFolders: readonly string[] = ['.git', '.vscode', '.hg', '.svn', '.devcontainer'];

/** Names that Windows takes for devices, with any extension (Microsoft, «Naming Files, Paths, and Namespaces», 2026-11-20). */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/;

/** Control characters, and the marks that let a path look like another one. */
const deceptiveCharacter = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

/**
 * Whether a path may name an asset: relative, written with `/`, and the same file on every system. `..` is allowed here,
 * because only whoever knows the workspace folder can tell whether it leaves it. `{{index}}` and `{{ext}}` may be open.
 *
 * @returns the path, or a sentence about what is wrong with it.
 */
export function checkOutputPath(path: string): Result<string, string> {
	const reason =
		wrongAsAWhole(path) ?? path.split('/').map(wrongSegment).find(Boolean) ?? wrongFileName(path.slice(path.lastIndexOf('/') + 1));
	return reason === undefined ? success(path) : failure(reason);
}

function wrongAsAWhole(path: string): string | undefined {
	if (path.trim() === '' || path.endsWith('/')) {
		return 'The output has no file name. Write a path such as assets/picture.png.';
	}
	if (deceptiveCharacter.test(path)) {
		return 'The output contains a control character. Remove it.';
	}
	if (path.includes('\\')) {
		return 'The output contains a backslash. Write folders with /.';
	}
	if (path.startsWith('/') || path.startsWith('~')) {
		return 'The output is an absolute path. Write it relative to this file.';
	}
	if (/^[a-z]:/i.test(path)) {
		return 'The output names a drive. Write it relative to this file.';
	}
	const illegal = /[<>:"|?*]/.exec(path)?.[0];
	return illegal === undefined ? undefined : `The output contains ${illegal}, which not every system allows in file names. Remove it.`;
}

function wrongSegment(segment: string): string | undefined {
	if (segment === '.' || segment === '..') {
		return undefined;
	}
	if (/[. ]$/.test(segment)) {
		return `"${segment}" ends with a dot or a space, which Windows drops. Remove it.`;
	}
	const name = comparable(segment);
	if (toolFolders.includes(name) || /^git~\d+$/.test(name)) {
		return `"${segment}" is a folder of a tool. Choose another place for the picture.`;
	}
	if (deviceName.test(name.split('.')[0]?.trimEnd() ?? '')) {
		return `"${segment}" is the name of a device on Windows. Choose another name.`;
	}
	return undefined;
}

function wrongFileName(fileName: string): string | undefined {
	const name = comparable(fileName);
	if (fileName === '.' || fileName === '..') {
		return 'The output has no file name. Write a path such as assets/picture.png.';
	}
	if (name.startsWith('.')) {
		return `"${fileName}" is a hidden file, which tools may obey. Choose a name without the dot.`;
	}
	return name.endsWith('.code-workspace') ? `"${fileName}" is a workspace file. Choose another name.` : undefined;
}

/** The name as the most forgiving file system takes it: without case, and without characters that nobody sees. */
function comparable(segment: string): string {
	return segment
		.replace(/\p{Cf}/gu, '')
		.normalize('NFKC')
		.toLowerCase();
}
