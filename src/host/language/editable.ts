import * as vscode from 'vscode';

/** Whether a document is one that a person works on: not a former version, an output channel or another thing to look at. */
export function isEditable(uri: vscode.Uri): boolean {
	return ['untitled', 'vscode-notebook-cell'].includes(uri.scheme) || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}
