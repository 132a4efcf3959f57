import * as vscode from 'vscode';
import type { RunRecord, RunStore } from '../../core/run/records';
import type { GenerateInPanel } from '../generation/generateInPanel';
import { originOfRun, sessionKeyOf, type PromptOrigin } from '../sessions/promptOrigin';
import type { Command } from './command';
import { promptAt } from './promptAtCursor';
import { showInformation } from '../notice/notice';

/** `imgprompt.openPanel`: the panel of the prompt at hand, else of the newest run. Sends nothing. */
export function openPanelCommand(panel: GenerateInPanel, runs: RunStore): Command {
	return {
		id: 'imgprompt.openPanel',
		execute: async () => {
			const origin = await promptAt(undefined);
			if (origin.ok) {
				await panel.reveal(origin.value, await newestOf(origin.value, runs));
				return;
			}
			const [newest] = await runs.list(1);
			if (newest) {
				await panel.reveal(originOfRun(newest), newest);
				return;
			}
			void showInformation(
				vscode.l10n.t(
					'There is no picture yet. Select text and run “Image Prompt: Generate Image from Selection”, or open an .imgprompt file.',
				),
			);
		},
	};
}

/** How far back a prompt's newest run is looked for. */
const recentRuns = 200;

/** What was made of this prompt last; its panel may have been closed, or its window. */
async function newestOf(origin: PromptOrigin, runs: RunStore): Promise<RunRecord | undefined> {
	const key = sessionKeyOf(origin);
	return (await runs.list(recentRuns)).find(record => sessionKeyOf(originOfRun(record)) === key);
}
