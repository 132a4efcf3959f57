import * as vscode from 'vscode';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { failedBefore } from '../generation/unstarted';
import { asUri, isFromPerson, isRecord, type Command } from './command';
import { promptAt } from './promptAtCursor';

/** `imgprompt.generate(uri?, { variables? })`: runs the active prompt file, or the fence at the cursor. */
export function generateCommand(panel: GenerateInPanel): Command {
	return {
		id: 'imgprompt.generate',
		execute: async (...args) => {
			const origin = await promptAt(asUri(args[0]));
			const isInteractive = isFromPerson(args);
			if (!origin) {
				return [await noPrompt(isInteractive)];
			}
			const variables = variablesOf(args[1]);
			return [await panel.run(origin, { isInteractive, ...(variables ? { variables } : {}) })];
		},
	};
}

async function noPrompt(isInteractive: boolean) {
	const message = vscode.l10n.t('There is no prompt here. Open an .imgprompt file, or put the cursor into an imgprompt fence.');
	if (isInteractive) {
		void vscode.window.showInformationMessage(message);
	}
	return failedBefore({ kind: 'invalid', message });
}

function variablesOf(options: unknown): Record<string, string> | undefined {
	if (!isRecord(options) || !isRecord(options['variables'])) {
		return undefined;
	}
	return Object.fromEntries(Object.entries(options['variables']).map(([name, value]) => [name, String(value)]));
}
