import * as vscode from 'vscode';

/** Opens the user's settings file at the list of connections. */
export async function openConnectionSettings(): Promise<void> {
	const revealSetting = { key: 'imgprompt.connections', edit: true };
	await vscode.commands.executeCommand('workbench.action.openSettingsJson', { revealSetting });
}
