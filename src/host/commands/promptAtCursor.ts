import * as vscode from 'vscode';
import { findPromptFence } from '../../core/prompt/promptFence';
import type { PromptOrigin } from '../sessions/promptOrigin';

/**
 * The prompt that a command without further words means: `uri`, else the active `.imgprompt` file, else the Markdown
 * fence at the cursor.
 */
export async function promptAt(uri: vscode.Uri | undefined): Promise<PromptOrigin | undefined> {
	const editor = vscode.window.activeTextEditor;
	if (!uri) {
		return editor ? originIn(editor.document, editor.selection.active) : undefined;
	}
	const isActive = editor?.document.uri.toString() === uri.toString();
	if (isPromptPath(uri) && !isActive) {
		return { kind: 'file', uri: uri.toString() };
	}
	const document = isActive ? editor.document : await vscode.workspace.openTextDocument(uri);
	return originIn(document, isActive ? editor.selection.active : new vscode.Position(0, 0));
}

function originIn(document: vscode.TextDocument, cursor: vscode.Position): PromptOrigin | undefined {
	if (document.languageId === 'imgprompt' || isPromptPath(document.uri)) {
		return { kind: 'file', uri: document.uri.toString() };
	}
	const fence = findPromptFence(document.getText(), document.offsetAt(cursor));
	if (!fence) {
		return undefined;
	}
	const end = document.positionAt(fence.range.end);
	return {
		kind: 'fence',
		uri: document.uri.toString(),
		text: fence.text,
		position: { line: end.line, character: end.character },
	};
}

function isPromptPath(uri: vscode.Uri): boolean {
	return uri.path.endsWith('.imgprompt');
}
