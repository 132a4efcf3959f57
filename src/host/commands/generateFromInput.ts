import * as vscode from 'vscode';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { cancelledBefore } from '../generation/unstarted';
import { isRecord, type Command } from './command';

/** `imgprompt.generateFromInput({ prompt?, …keys })`: asks for a prompt, unless it is given. */
export function generateFromInputCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generateFromInput',
		execute: async (first: unknown) => {
			const values = isRecord(first) ? first : {};
			const prompt = 'prompt' in values ? values['prompt'] : await askPrompt();
			if (prompt === undefined) {
				return [cancelledBefore()];
			}
			return [
				await panel.run(
					{ kind: 'values', values: { ...values, prompt }, source: { kind: 'input' } },
					{ isInteractive: !('prompt' in values) },
				),
			];
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
