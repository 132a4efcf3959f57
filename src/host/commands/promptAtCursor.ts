import * as vscode from 'vscode';
import { findPromptFence, findPromptFences, type PromptFence } from '../../core/prompt/promptFence';
import { failure, success } from '../../core/result';
import type { PromptOrigin } from '../sessions/promptOrigin';
import type { Checked } from './callerOptions';

/**
 * The prompt that a command without further words means: `uri`, else the active `.imgprompt` file, else the Markdown
 * fence at the cursor. A page that nobody is in means its only fence.
 */
export async function promptAt(uri: vscode.Uri | undefined): Promise<Checked<PromptOrigin>> {
	const editor = vscode.window.activeTextEditor;
	if (editor && (!uri || editor.document.uri.toString() === uri.toString())) {
		return originIn(editor.document, editor.selection.active);
	}
	if (!uri) {
		return failure(nothingHere());
	}
	if (isPromptPath(uri)) {
		return success({ kind: 'file', uri: uri.toString() });
	}
	const document = await openDocument(uri);
	return document ? originIn(document) : failure(vscode.l10n.t('{0} can’t be read. Check the path.', uri.path));
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
	try {
		return await vscode.workspace.openTextDocument(uri);
	} catch {
		// Missing, no text, or a scheme that nobody serves: VS Code tells it by an exception of no particular type.
		return undefined;
	}
}

/** Without a cursor, a page must hold exactly one prompt. */
function originIn(document: vscode.TextDocument, cursor?: vscode.Position): Checked<PromptOrigin> {
	if (document.languageId === 'imgprompt' || isPromptPath(document.uri)) {
		return success({ kind: 'file', uri: document.uri.toString() });
	}
	const text = document.getText();
	const fences = cursor
		? [findPromptFence(text, document.offsetAt(cursor))].filter(fence => fence !== undefined)
		: findPromptFences(text);
	const [fence] = fences;
	if (!fence) {
		return failure(nothingHere());
	}
	return fences.length === 1
		? success(originOfFence(document, fence))
		: failure(vscode.l10n.t('{0} holds several prompts. Put the cursor into one of them.', document.uri.path));
}

function originOfFence(document: vscode.TextDocument, { text, range }: PromptFence): PromptOrigin {
	const { line, character } = document.positionAt(range.end);
	return { kind: 'fence', uri: document.uri.toString(), text, position: { line, character } };
}

function nothingHere(): string {
	return vscode.l10n.t('There is no prompt here. Open an .imgprompt file, or put the cursor into an imgprompt fence.');
}

function isPromptPath(uri: vscode.Uri): boolean {
	return uri.path.endsWith('.imgprompt');
}
