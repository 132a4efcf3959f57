import * as vscode from 'vscode';
import { fileNameOf, folderOf, relativePath } from '../../core/asset/relativePath';
import { success, type Result } from '../../core/result';
import { cancelled, noPlace } from './insertFailures';
import type { InsertFailure } from './insertion';

/** The file that an asset belongs to, and the folder that the asset must not leave. */
export interface AssetAnchor {
	/** The document, notebook or prompt file; a name in the root for one that was never saved. */
	readonly file: vscode.Uri;
	readonly root: vscode.Uri;
	/** The file's folder relative to the root; empty at the root. */
	readonly base: string;
	/** The workspace folder, when the file lies in one. */
	readonly workspaceFolder?: vscode.WorkspaceFolder;
}

/** The file behind a document: the notebook of a cell, the document itself, or `undefined` when it was never saved. */
export function fileOf(uri: vscode.Uri): vscode.Uri | undefined {
	if (uri.scheme === 'vscode-notebook-cell') {
		const notebook = vscode.workspace.notebookDocuments.find(candidate => candidate.uri.path === uri.path && hasCell(candidate, uri));
		return notebook && !notebook.isUntitled ? notebook.uri : undefined;
	}
	if (uri.scheme !== 'untitled') {
		return uri;
	}
	// «New file» with a path gives an untitled document that knows where it will lie.
	const folder = vscode.workspace.workspaceFolders?.find(({ uri: { path } }) => uri.path.startsWith(`${path}/`));
	return folder ? folder.uri.with({ path: uri.path }) : undefined;
}

function hasCell(notebook: vscode.NotebookDocument, uri: vscode.Uri): boolean {
	return notebook.getCells().some(({ document }) => document.uri.toString() === uri.toString());
}

/** The anchor of a file: its workspace folder, or its own folder outside of every workspace. */
export function anchorOf(file: vscode.Uri): AssetAnchor {
	const workspaceFolder = vscode.workspace.getWorkspaceFolder(file);
	const folder = folderOf(file.path) || '/';
	const root = workspaceFolder?.uri ?? file.with({ path: folder });
	return { file, root, base: relativePath(root.path, folder) ?? '', ...(workspaceFolder ? { workspaceFolder } : {}) };
}

/** The folder of a document, as a plan wants it; `undefined` for one that was never saved, or for none. */
export function folderForPlan(uri: vscode.Uri | undefined): string | undefined {
	const file = uri && fileOf(uri);
	return file && anchorOf(file).base;
}

/** The anchor of something without a file: a name in the only workspace folder, or in the one that a person picks. */
export async function anchorInWorkspace(fileName: string, isInteractive: boolean): Promise<Result<AssetAnchor, InsertFailure>> {
	const folders = vscode.workspace.workspaceFolders ?? [];
	const [first] = folders;
	if (!first) {
		return noPlace(vscode.l10n.t('There is no folder to put the picture into. Save the document first, or use Save As.'));
	}
	const folder =
		folders.length > 1 && isInteractive
			? await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('Put the picture into which folder?') })
			: first;
	if (!folder) {
		return cancelled();
	}
	return success({
		file: vscode.Uri.joinPath(folder.uri, fileNameOf(fileName) || 'Untitled'),
		root: folder.uri,
		base: '',
		workspaceFolder: folder,
	});
}
