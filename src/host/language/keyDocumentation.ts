import * as vscode from 'vscode';
import type { PromptKey } from '../../core/prompt/promptDocument';

/** What a key of the front matter means, as Markdown in the user's language. */
export function documentKey(key: PromptKey): string {
	return texts()[key];
}

/** The keys in the order in which they are offered: the most used first. */
export const orderedKeys = [
	'size',
	'quality',
	'format',
	'output',
	'alt',
	'n',
	'background',
	'connection',
	'model',
	'vars',
	'tier',
	'compression',
	'moderation',
] as const satisfies readonly PromptKey[];

/** In a function, because the user's language is known only once the extension runs. */
function texts(): Readonly<Record<PromptKey, string>> {
	return {
		connection: vscode.l10n.t('The name of the connection that sends this prompt. Without it, the one that you selected.'),
		model: vscode.l10n.t('The model to ask. Without it, the one in your settings, or that of the connection.'),
		size: vscode.l10n.t('The size of the picture: `WIDTHxHEIGHT` in pixels, `auto`, or a preset such as `landscape`.'),
		tier: vscode.l10n.t('A budget in place of `quality`: `smimage`, `image`, `xlimage`, or one of the buckets 16, 24, 36, 48, 64, 96.'),
		quality: vscode.l10n.t('How much work goes into the picture. Higher takes longer and costs more.'),
		format: vscode.l10n.t('The file type of the picture.'),
		compression: vscode.l10n.t('How good a `jpeg` or `webp` is to look, from 0 (smallest file) to 100 (best).'),
		background: vscode.l10n.t('`transparent` needs a model that offers it, and `png` or `webp`.'),
		moderation: vscode.l10n.t('How strictly the host filters: `auto`, or `low` for less.'),
		n: vscode.l10n.t('How many candidates to make, from 1 to 10. Each one costs.'),
		vars: vscode.l10n.t('Values for `{{name}}` in the prompt, in `output` and in `alt`.'),
		output: vscode.l10n.t('Where an accepted picture goes, relative to this file. `{{index}}` is its number, `{{ext}}` its file type.'),
		alt: vscode.l10n.t('The alternative text of links to the picture, for people who can’t see it.'),
	};
}

/** Type guard: `text` names a key of the front matter. */
export function isPromptKey(text: string): text is PromptKey {
	return orderedKeys.some(key => key === text);
}
