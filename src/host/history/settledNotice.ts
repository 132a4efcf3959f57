import * as vscode from 'vscode';
import { isUndecided } from '../../core/run/isUndecided';
import type { RunRecord } from '../../core/run/records';
import { showWarning } from '../notice/notice';

/** Tells of runs that were cut short with their window: each in the log, and those that may have been billed in one message. */
export function tellSettled(settled: readonly RunRecord[], log: Pick<vscode.LogOutputChannel, 'warn'>): void {
	for (const { runId, result } of settled) {
		log.warn(`The run ${runId} was interrupted when its window ended: ${result?.status ?? 'unknown'}.`);
	}
	const count = settled.filter(isUndecided).length;
	if (count === 0) {
		return;
	}
	const show = vscode.l10n.t('Show');
	const message =
		count === 1
			? vscode.l10n.t('Image Prompt: a run was under way when its window ended. It may have been billed; what had arrived is kept.')
			: vscode.l10n.t(
					'Image Prompt: {0} runs were under way when their window ended. They may have been billed; what had arrived is kept.',
					count,
				);
	void showWarning(message, show).then(chosen => {
		if (chosen === show) {
			void vscode.commands.executeCommand('imgprompt.showHistory');
		}
	});
}
