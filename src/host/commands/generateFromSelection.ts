import * as vscode from 'vscode';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { failedBefore } from '../generation/unstarted';
import type { PromptOrigin } from '../sessions/promptOrigin';
import { isRecord, type Command } from './command';

/** `imgprompt.generateFromSelection({ prompt?, …keys })`: the selected text is the prompt, or `prompt` is. */
export function generateFromSelectionCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generateFromSelection',
		execute: async (first: unknown) => {
			const values = isRecord(first) && !(first instanceof vscode.Uri) ? first : undefined;
			const origin = originOf(values);
			if (!origin) {
				const message = vscode.l10n.t('Select the text that describes the picture first.');
				if (!values) {
					void vscode.window.showInformationMessage(message);
				}
				return [failedBefore({ kind: 'invalid', message })];
			}
			return [await panel.run(origin, { isInteractive: values === undefined })];
		},
	};
}

function originOf(values: Record<string, unknown> | undefined): PromptOrigin | undefined {
	const editor = vscode.window.activeTextEditor;
	const selected = editor?.document.getText(editor.selection) ?? '';
	const hasSelection = editor !== undefined && selected.trim() !== '';
	if (values && 'prompt' in values) {
		return { kind: 'values', values, source: { kind: 'input' } };
	}
	if (!hasSelection) {
		return undefined;
	}
	const { line, character } = editor.selection.end;
	return {
		kind: 'values',
		values: { ...values, prompt: selected },
		source: { kind: 'selection', uri: editor.document.uri.toString(), position: { line, character } },
	};
}
