import type * as vscode from 'vscode';
import type { Command } from './command';

/** `imgprompt.showLog`: shows the output channel. */
export function showLogCommand(log: vscode.LogOutputChannel): Command {
	return {
		id: 'imgprompt.showLog',
		execute: async () => log.show(),
	};
}
