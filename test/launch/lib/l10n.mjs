import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from './processes.mjs';

/** Where VS Code looks for the strings of the code, before it looks for their translations (`l10n` in package.json). */
export const bundlePath = join(root, 'l10n', 'bundle.l10n.json');

/** The parts of the panel that must not import vscode are handed `vscode.l10n.t` under this name. */
const handedOn = /(?<![\w$.])(?:[\w$.]+\.)?(?<!l10n\.)t\((?=\s*['"`])/g;

/** Every string that the code gives to `vscode.l10n.t`, by itself or through a function that it is handed, in alphabetical order. */
export async function exportStrings() {
	const { getL10nJson } = await import('@vscode/l10n-dev');
	const strings = await getL10nJson(sources().map(({ text, extension }) => ({ extension, contents: asVsCodeCalls(text) })));
	return Object.fromEntries(Object.entries(strings).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The text of the bundle for these strings. */
export const printBundle = strings => `${JSON.stringify(strings, undefined, '\t')}\n`;

function sources() {
	const folder = join(root, 'src', 'host');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => name.endsWith('.ts'))
		.map(name => ({ extension: extname(name), text: readFileSync(join(folder, name), 'utf8') }))
		.filter(({ text }) => /\bt\(/.test(text));
}

/** The exporter knows the calls by the import of vscode. */
function asVsCodeCalls(text) {
	const calls = text.replaceAll(handedOn, 'vscode.l10n.t(');
	return /from 'vscode'/.test(calls) ? calls : `import * as vscode from 'vscode';\n${calls}`;
}
