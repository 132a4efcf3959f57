import * as vscode from 'vscode';
import type { RunRecord, RunStore } from '../../core/run/records';
import type { GenerateInPanel } from '../generation/generateInPanel';
import type { PromptOrigin } from '../sessions/promptOrigin';
import type { Command } from './command';
import { promptAt } from './promptAtCursor';

/** `imgprompt.openPanel`: the panel of the prompt at hand, else of the newest run. Sends nothing. */
export function openPanelCommand(panel: GenerateInPanel, runs: RunStore): Command {
	return {
		id: 'imgprompt.openPanel',
		execute: async () => {
			const origin = await promptAt(undefined);
			if (origin) {
				await panel.reveal(origin);
				return;
			}
			const [newest] = await runs.list(1);
			if (newest) {
				await panel.reveal(originOf(newest), newest);
				return;
			}
			void vscode.window.showInformationMessage(
				vscode.l10n.t(
					'There is no picture yet. Select text and run “Image Prompt: Generate Image from Selection”, or open an .imgprompt file.',
				),
			);
		},
	};
}

/** The prompt of a run that is on disk. What the user keeps no copy of can't be run again from here. */
function originOf(record: RunRecord): PromptOrigin {
	return record.source.kind === 'file'
		? { kind: 'file', uri: record.source.uri }
		: { kind: 'values', values: record.prompt === undefined ? {} : { prompt: record.prompt }, source: record.source };
}
