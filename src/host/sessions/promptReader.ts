import * as vscode from 'vscode';
import { parsePrompt } from '../../core/prompt/parsePrompt';
import type { PromptDocument } from '../../core/prompt/promptDocument';
import { promptFromValues } from '../../core/prompt/promptFromValues';
import type { PromptOrigin } from './promptOrigin';

/** Reads the prompt behind a session as it is now. `undefined`: the file is gone, or too large. */
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

/** No editor shows a larger file to extensions. In bytes. */
const maxFileBytes = 50 * 1024 * 1024;

/**
 * The editor's text while it is not saved, else the disk's: another program may have written the file a moment ago, and a
 * prompt that is paid for must not be the one before.
 */
async function fileText(uri: vscode.Uri): Promise<string | undefined> {
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	if (open?.isDirty || uri.scheme === 'untitled') {
		return open?.getText();
	}
	try {
		if (!(await isReadable(uri))) {
			return undefined;
		}
		return await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
	} catch {
		// Deleted, or a scheme that nobody serves: what an editor still shows is there, anything else the caller says.
		return open?.getText();
	}
}

/** A repository can bring a file of nothing that is small in its archive and fills the memory here. */
async function isReadable(uri: vscode.Uri): Promise<boolean> {
	const { size } = await vscode.workspace.fs.stat(uri);
	return size <= maxFileBytes;
}
