import * as vscode from 'vscode';

/** Lets the palette offer Insert, and the walkthrough go on, once a panel has shown a picture. */
export async function announcePictures(pictures: readonly unknown[] | undefined): Promise<void> {
	if (pictures && pictures.length > 0) {
		await vscode.commands.executeCommand('setContext', 'imgprompt.hasPicture', true);
	}
}
