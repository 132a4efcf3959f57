import * as vscode from 'vscode';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { failedBefore } from '../generation/unstarted';
import { asUri, isFromPerson, type Command } from './command';
import { promptAt } from './promptAtCursor';

/** `imgprompt.preview(uri?)`: shows the resolved request, its price and what would leave the machine. Sends nothing. */
export function previewCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.preview',
		execute: async (...args) => {
			const origin = await promptAt(asUri(args[0]));
			if (!origin) {
				const message = vscode.l10n.t(
					'There is no prompt here. Open an .imgprompt file, or put the cursor into an imgprompt fence.',
				);
				if (isFromPerson(args)) {
					void vscode.window.showInformationMessage(message);
				}
				return failedBefore({ kind: 'invalid', message });
			}
			const { outcome } = (await panel.preview(origin)).snapshot;
			return outcome?.kind === 'ready'
				? { status: 'ready', ...outcome.plan }
				: { status: 'invalid', problems: outcome?.problems ?? [] };
		},
	};
}
