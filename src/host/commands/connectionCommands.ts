import * as vscode from 'vscode';
import type { ConnectionManager } from '../connections/manageConnections';
import type { ConnectionWizard } from '../connections/wizard';
import type { Command } from './command';

/** The commands about connections and keys. With arguments nobody is asked; what is wrong with them is thrown. */
export function connectionCommands(wizard: ConnectionWizard, manager: ConnectionManager): readonly Command[] {
	return [
		{ id: 'imgprompt.addConnection', execute: connection => wizard.addConnection(connection) },
		{ id: 'imgprompt.manageConnections', execute: () => manager.manage() },
		{ id: 'imgprompt.testConnection', execute: async name => wizard.testConnection(textOf(name)) },
		{ id: 'imgprompt.selectConnection', execute: async name => wizard.selectConnection(textOf(name)) },
		{ id: 'imgprompt.setApiKey', execute: async (name, key) => wizard.setApiKey(textOf(name), textOf(key)) },
		{ id: 'imgprompt.clearApiKey', execute: async name => wizard.clearApiKey(textOf(name)) },
	];
}

/** What is no text is a mistake of the caller; to ask a person instead would hide it. */
function textOf(value: unknown): string | undefined {
	if (value !== undefined && typeof value !== 'string') {
		throw new Error(vscode.l10n.t('Connections and keys are named by texts.'));
	}
	return value;
}
