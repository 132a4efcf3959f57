import * as vscode from 'vscode';

/** Opens a page in the user's browser; nothing happens without an address. */
export async function openPage(address: string | undefined): Promise<void> {
	if (address) {
		await vscode.env.openExternal(vscode.Uri.parse(address));
	}
}
