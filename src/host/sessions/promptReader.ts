import * as vscode from 'vscode';
import { parsePrompt } from '../../core/prompt/parsePrompt';
import type { PromptDocument } from '../../core/prompt/promptDocument';
import { promptFromValues } from '../../core/prompt/promptFromValues';
import type { PromptOrigin } from './promptOrigin';

/** Reads the prompt behind a session as it is now. `undefined`: the file is gone. */
export async function readPrompt(origin: PromptOrigin): Promise<PromptDocument | undefined> {
	switch (origin.kind) {
		case 'values':
			return promptFromValues(origin.values);
		case 'fence':
			return parsePrompt(origin.text);
		case 'file': {
			const text = await fileText(vscode.Uri.parse(origin.uri));
			return text === undefined ? undefined : parsePrompt(text);
		}
	}
}

/** The editor's text where the file is open (it may be unsaved), else the disk's. */
async function fileText(uri: vscode.Uri): Promise<string | undefined> {
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	if (open) {
		return open.getText();
	}
	try {
		return (await vscode.workspace.openTextDocument(uri)).getText();
	} catch {
		// Deleted, or a scheme that nobody serves: the caller says so.
		return undefined;
	}
}
