import * as vscode from 'vscode';
import type { InsertRequest } from './insertion';
import { insertedAsset } from './copyLink';

/**
 * Shows where the picture lies: an inserted one in the Explorer, any other in the system's file manager. Where there is none (a
 * remote or a browser window), it is opened in an editor.
 */
export async function revealPicture(picture: Pick<InsertRequest, 'record' | 'picture' | 'picturePath'>): Promise<void> {
	const asset = await insertedAsset(picture);
	if (asset && vscode.workspace.getWorkspaceFolder(asset)) {
		await vscode.commands.executeCommand('revealInExplorer', asset);
		return;
	}
	const uri = asset ?? vscode.Uri.file(picture.picturePath);
	const isDesktop = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
	await vscode.commands.executeCommand(isDesktop ? 'revealFileInOS' : 'vscode.open', uri);
}
