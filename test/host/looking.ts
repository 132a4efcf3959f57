import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEverything, openEditor, pause, withSettings, writeWorkspaceFile } from './harness';

const prompts: readonly (readonly [file: string, text: string])[] = [
	['looking/plain.imgprompt', 'A red tulip\n'],
	['looking/full.imgprompt', '---\nconnection: fake\nsize: 1536x1024\nquality: high\nn: 3\nvars:\n  who: a boat\n---\n{{who}} at sea\n'],
	['looking/broken.imgprompt', '---\nsize: 17x3\nqualty: high\n---\n{{nobody}}\n'],
	['looking/page.md', '# Page\n\n```imgprompt\nA red tulip\n```\n\n![](missing.png)\n'],
];

/**
 * Does everything in the editor that is no press on Generate: opens, hovers, completes, resolves lenses and quick fixes, formats,
 * edits and saves prompts, previews them, opens panels, and changes settings.
 */
export async function lookAround(): Promise<void> {
	for (const [file, text] of prompts) {
		const uri = await writeWorkspaceFile(file, text);
		const editor = await openEditor(uri);
		await askLanguageFeatures(editor.document);
		await editor.edit(edit => edit.insert(editor.document.positionAt(text.length), 'In the evening\n'));
		await vscode.commands.executeCommand('editor.action.formatDocument');
		assert.ok(await editor.document.save());
		await vscode.commands.executeCommand('imgprompt.preview', uri);
		await vscode.commands.executeCommand('imgprompt.openPanel');
	}
	await withSettings({ 'imgprompt.defaults.n': 2, 'imgprompt.budget.perDayUsd': 3 }, () => pause(100));
	await vscode.commands.executeCommand('imgprompt.newFile', { template: 'illustration' });
	await vscode.commands.executeCommand('imgprompt.showLog');
	await closeEverything();
	// Whatever was put off comes now.
	await pause(1_000);
}

async function askLanguageFeatures(document: vscode.TextDocument): Promise<void> {
	const { uri } = document;
	const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
	for (let offset = 0; offset < document.getText().length; offset += 3) {
		await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, document.positionAt(offset));
	}
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
	assert.ok(document.languageId === 'markdown' || lenses.length > 0, `${uri.path} has no lens`);
	await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, all.end, undefined, 100);
	await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, all, undefined, 100);
	await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', uri);
}
