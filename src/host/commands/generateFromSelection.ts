import * as vscode from 'vscode';
import { failure, success } from '../../core/result';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { failedBefore } from '../generation/unstarted';
import type { PromptOrigin } from '../sessions/promptOrigin';
import type { Checked } from './callerOptions';
import { isRecord, type Command } from './command';
import { showInformation } from '../notice/notice';

/** `imgprompt.generateFromSelection({ prompt?, …keys })`: the selected text is the prompt, or `prompt` is. */
export function generateFromSelectionCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generateFromSelection',
		execute: async (first: unknown) => {
			// The palette passes nothing, the editor's menu the document.
			const isInteractive = first === undefined || first instanceof vscode.Uri;
			const origin = originOf(isInteractive ? {} : first);
			if (origin.ok) {
				return [await panel.run(origin.value, { isInteractive })];
			}
			if (isInteractive) {
				void showInformation(origin.failure);
			}
			return [failedBefore({ kind: 'invalid', message: origin.failure })];
		},
	};
}

function originOf(values: unknown): Checked<PromptOrigin> {
	if (!isRecord(values)) {
		return failure(vscode.l10n.t('Give the prompt and its keys as an object: { prompt: "…" }.'));
	}
	const editor = vscode.window.activeTextEditor;
	if (values['prompt'] !== undefined) {
		return success({ kind: 'values', values, source: { kind: 'input' } });
	}
	const selected = editor?.document.getText(editor.selection) ?? '';
	if (!editor || selected.trim() === '') {
		return failure(vscode.l10n.t('Select the text that describes the picture first.'));
	}
	const { line, character } = editor.selection.end;
	const source = { kind: 'selection', uri: editor.document.uri.toString(), position: { line, character } } as const;
	return success({ kind: 'values', values: { ...values, prompt: selected }, source });
}
