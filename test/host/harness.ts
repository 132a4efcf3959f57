import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Publisher and name of the extension under test. */
export const extensionId = 'imgprompt.imgprompt';

/** The extension under test, activated. */
export async function activatedExtension(): Promise<vscode.Extension<unknown>> {
	const extension = vscode.extensions.getExtension(extensionId);
	assert.ok(extension, `${extensionId} is not installed in this window.`);
	await extension.activate();
	return extension;
}

/** The run's own copy of the sample workspace. */
export function workspaceRoot(): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert.ok(folder, 'The window has no workspace folder.');
	return folder.uri;
}

/** A file of the workspace by its path relative to the root, such as `docs/guide.md`. */
export function workspaceFile(path: string): vscode.Uri {
	return vscode.Uri.joinPath(workspaceRoot(), path);
}

/** Writes a file of the workspace without opening it. */
export async function writeWorkspaceFile(path: string, content: string | Uint8Array): Promise<vscode.Uri> {
	const uri = workspaceFile(path);
	await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
	return uri;
}

/** The bytes of a file of the workspace, or `undefined` when it does not exist. */
export async function readWorkspaceFile(path: string): Promise<Uint8Array | undefined> {
	try {
		return await vscode.workspace.fs.readFile(workspaceFile(path));
	} catch (error) {
		if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
			return undefined;
		}
		throw error;
	}
}

/** Opens a file of the workspace in an editor, with `selected` (its first occurrence) selected, or the cursor at its end. */
export async function openEditor(uri: vscode.Uri, selected?: string): Promise<vscode.TextEditor> {
	const document = await vscode.workspace.openTextDocument(uri);
	const editor = await vscode.window.showTextDocument(document, { preview: false });
	const text = document.getText();
	const start = selected === undefined ? text.length : text.indexOf(selected);
	assert.ok(start >= 0, `«${selected ?? ''}» does not occur in ${uri.path}.`);
	editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + (selected?.length ?? 0)));
	return editor;
}

/** Closes every editor and panel. Changes that were not saved are lost. */
export async function closeEverything(): Promise<void> {
	for (const editor of vscode.window.visibleTextEditors.filter(({ document }) => document.isDirty)) {
		await vscode.window.showTextDocument(editor.document);
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	}
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Asks again and again until `find` gives something, and returns it.
 *
 * @param what completes the sentence «Waited for …», should it never come
 */
export async function eventually<T>(what: string, find: () => T | Promise<T>, timeoutMs = 15_000): Promise<NonNullable<T>> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const found = await find();
		if (found !== undefined && found !== null && found !== false) {
			return found;
		}
		if (Date.now() > end) {
			throw new Error(`Waited for ${what} for ${timeoutMs / 1000} s.`);
		}
		await pause(25);
	}
}

/** Resolves after `ms` milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Runs `work` with user settings (`imgprompt.…` and others, by full name), and puts the former ones back. */
export async function withSettings<T>(settings: Readonly<Record<string, unknown>>, work: () => Promise<T>): Promise<T> {
	const before = new Map<string, unknown>();
	for (const [name, value] of Object.entries(settings)) {
		before.set(name, vscode.workspace.getConfiguration().inspect(name)?.globalValue);
		await setUserSetting(name, value);
	}
	try {
		return await work();
	} finally {
		for (const [name, value] of before) {
			await setUserSetting(name, value);
		}
	}
}

/** Sets one user setting; `undefined` removes it. */
export async function setUserSetting(name: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}
