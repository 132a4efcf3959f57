import * as vscode from 'vscode';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { cancelledBefore, failedBefore } from '../generation/unstarted';
import { isFromPerson, isRecord, type Command } from './command';

/** `imgprompt.generateFromInput({ prompt, …keys })`: asks a person for a prompt; code gives it. */
export function generateFromInputCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generateFromInput',
		execute: async (...args) => {
			const [first] = args;
			if (first !== undefined && (!isRecord(first) || first['prompt'] === undefined)) {
				const message = vscode.l10n.t('Nobody is asked when there are arguments. Give the prompt too: { prompt: "…" }.');
				return [failedBefore({ kind: 'invalid', message })];
			}
			const values = first ?? { prompt: await askPrompt() };
			if (values['prompt'] === undefined) {
				return [cancelledBefore()];
			}
			return [await panel.run({ kind: 'values', values, source: { kind: 'input' } }, { isInteractive: isFromPerson(args) })];
		},
	};
}

function askPrompt(): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title: vscode.l10n.t('Image Prompt: Generate'),
		prompt: vscode.l10n.t('Describe the picture: what it is for, the scene, the subject, the style.'),
		placeHolder: vscode.l10n.t('Flat illustration of a lighthouse at dusk for a documentation page'),
		ignoreFocusOut: true,
		validateInput: text => (text.trim() === '' ? vscode.l10n.t('Enter a prompt.') : undefined),
	});
}
