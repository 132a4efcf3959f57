import * as vscode from 'vscode';
import type { Session } from './session';

/** Stands in for a session of which nothing is kept any more, so that its restored panel says so instead of staying blank. */
export function lostSession(id: string, title: string): Session {
	const message = vscode.l10n.t('Nothing is kept of this picture any more. Close this tab, or generate again from its prompt.');
	return {
		id,
		onDidChange: () => new vscode.Disposable(() => undefined),
		snapshot: {
			title,
			prompt: '',
			outcome: { kind: 'invalid', problems: [{ code: 'missing', severity: 'information', range: { start: 0, end: 0 }, message }] },
			isTrusted: vscode.workspace.isTrusted,
			isFirstRun: false,
			canOpenPrompt: false,
		},
	};
}
