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
		return pattern === undefined ? value : transformed(value, pattern, replacement ?? '');
	});
}

function transformed(value: string, pattern: string, replacement: string): string {
	try {
		return value.replace(new RegExp(unescapeSlashes(pattern)), unescapeSlashes(replacement));
	} catch (error) {
		// A pattern that is none: VS Code's own paste leaves the value as it is, too.
		if (error instanceof SyntaxError) {
			return value;
		}
		throw error;
	}
}

function unescapeSlashes(text: string): string {
	return text.replaceAll('\\/', '/');
}
