import * as vscode from 'vscode';
import { showHistory, type HistoryPorts } from '../history/historyPick';
import { showInformation } from '../notice/notice';
import type { Command } from './command';

/** `imgprompt.showHistory`: the list of runs, undecided ones first. Sends nothing, and does not wait for a choice. */
export function showHistoryCommand(history: HistoryPorts): Command {
	return {
		id: 'imgprompt.showHistory',
		execute: () =>
			showHistory(history, () => {
				void showInformation(vscode.l10n.t('Nothing was generated yet, so there is no history.'));
			}),
	};
}
