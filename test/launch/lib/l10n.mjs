import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

/** Where VS Code looks for the strings of the code, before it looks for their translations (`l10n` in package.json). */
export const bundlePath = join(root, 'l10n', 'bundle.l10n.json');

/** The parts of the panel that must not import vscode are handed `vscode.l10n.t` under this name. */
const handedOn = /(?<![\w$.])(?:[\w$.]+\.)?(?<!l10n\.)t\((?=\s*['"`])/g;

/** By which the exporter knows the calls. */
const vsCode = "import * as vscode from 'vscode';";

/** Every string that the code gives to `vscode.l10n.t`, by itself or through a function that it is handed, in alphabetical order. */
export async function exportStrings() {
	const { getL10nJson } = await import('@vscode/l10n-dev');
	const strings = await getL10nJson([{ extension: '.ts', contents: `${vsCode}\n${sources().map(asVsCodeCalls).join('\n')}` }]);
	return Object.fromEntries(Object.entries(strings).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The text of the bundle for these strings. */
export const printBundle = strings => `${JSON.stringify(strings, undefined, '\t')}\n`;

function sources() {
	const folder = join(root, 'src', 'host');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter(name => name.endsWith('.ts'))
		.map(name => readFileSync(join(folder, name), 'utf8'))
		.filter(text => /\bt\(/.test(text));
}

/** Without its own import: all are exported as one file, because the exporter takes longer to make itself ready for each than to read it. */
function asVsCodeCalls(text) {
	return text.replace(vsCode, '').replaceAll(handedOn, 'vscode.l10n.t(');
}
