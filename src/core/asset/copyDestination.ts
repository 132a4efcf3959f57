import { fileNameOf, folderOf, relativePath, splitExtension } from './relativePath';

/** A document, as the variables of `markdown.copyFiles.destination` see it. Paths are absolute, with `/`. */
export interface DestinationContext {
	readonly documentPath: string;
	/** The workspace folder that holds the document, if any. */
	readonly workspaceFolder?: string;
	/** Name of the new file, with extension. */
	readonly fileName: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/**
 * Where `destination` puts the file: a path relative to the document's folder, or `undefined` when that has none (another drive).
 *
 * Understands what VS Code's Markdown extension does (1.139, read 2026-11): empty means beside the document, a leading `/` is the
 * workspace folder, a trailing `/` a folder, `${variable}` and `${variable/pattern/replacement/}`, `\$` a dollar sign.
 */
export function resolveDestination(destination: string, context: DestinationContext): string | undefined {
	const folder = folderOf(context.documentPath);
	let template = destination.trim() || '${fileName}';
	if (template.startsWith('/')) {
		template = `\${documentWorkspaceFolder}${template}`;
	}
	if (template.endsWith('/')) {
		template += '${fileName}';
	}
	const resolved = fillVariables(template, variablesOf(context));
	return /^(?:\/|[a-z]:)/i.test(resolved) ? relativePath(folder, resolved) : resolved;
}

function variablesOf({ documentPath, workspaceFolder, fileName, now }: DestinationContext): Readonly<Record<string, string>> {
	const folder = folderOf(documentPath);
	const [documentBaseName, documentExtName] = splitExtension(fileNameOf(documentPath));
	const root = workspaceFolder ?? folder;
	return {
		documentDirName: folder,
		documentRelativeDirName: workspaceFolder === undefined ? folder : (relativePath(workspaceFolder, folder) ?? folder),
		documentFileName: fileNameOf(documentPath),
		documentBaseName,
		documentExtName,
		documentFilePath: documentPath,
		documentRelativeFilePath:
			workspaceFolder === undefined ? documentPath : (relativePath(workspaceFolder, documentPath) ?? documentPath),
		documentWorkspaceFolder: root,
		fileName,
		fileExtName: splitExtension(fileName)[1],
		unixTime: String(now),
		isoTime: new Date(now).toISOString().replaceAll(':', '-'),
	};
}

const variable = /\\\$|(?<!\\)\$\{(?<name>\w+)(?:\/(?<pattern>(?:\\\/|[^}/])+)\/(?<replacement>(?:\\\/|[^}/])*)\/)?\}/g;

function fillVariables(template: string, values: Readonly<Record<string, string>>): string {
	const maxSteps = maxStepsInAll / template.split('${').length;
	return template.replaceAll(variable, (...match: unknown[]) => {
		const written = String(match[0]);
		const { name, pattern, replacement } = match.at(-1) as Readonly<Record<string, string | undefined>>;
		if (name === undefined) {
			return '$';
		}
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined) {
			return written;
		}
		return pattern === undefined ? value : transformed(value, { pattern, replacement: replacement ?? '', maxSteps });
	});
}

interface Transformation {
	readonly pattern: string;
	readonly replacement: string;
	readonly maxSteps: number;
}

function transformed(value: string, { pattern, replacement, maxSteps }: Transformation): string {
	const source = unescapeSlashes(pattern);
	if (stepsAtWorst(source, value.length) > maxSteps) {
		return value;
	}
	try {
		return value.replace(new RegExp(source), unescapeSlashes(replacement));
	} catch (error) {
		// A pattern that is none: VS Code's own paste leaves the value as it is, too.
		if (error instanceof SyntaxError) {
			return value;
		}
		throw error;
	}
}

/** About a tenth of a second. */
const maxStepsInAll = 1e8;

/**
 * How many steps a pattern may take at worst for a text of `length`; infinite for repeated groups and for references. The
 * setting may come from a workspace, and names of files with it: a pattern must not stop the editor's extensions.
 */
function stepsAtWorst(pattern: string, length: number): number {
	if (/\\[1-9k]/.test(pattern)) {
		return Infinity;
	}
	const bare = pattern.replaceAll(/\\[^]/g, 'e').replaceAll(/\[[^\]]*\]/g, 'c');
	if (/\)[*+]/.test(bare)) {
		return Infinity;
	}
	const repetitions = bare.match(/[*+]/g)?.length ?? 0;
	const choices = bare.match(/[?|]/g)?.length ?? 0;
	return length ** (repetitions + 1) * 2 ** choices;
}

function unescapeSlashes(text: string): string {
	return text.replaceAll('\\/', '/');
}
