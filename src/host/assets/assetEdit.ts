import { access, constants, lstat, readFile, rm, statfs } from 'node:fs/promises';
import * as vscode from 'vscode';
import { errorCode } from './errorCode';
import { reasonOf } from './insertFailures';
import type { AssetSlot } from './assetSlot';
import { existingParent } from './realPath';
import { copyWhole, discard, replaceFile } from './stagedPicture';

/** What one insertion changes. */
export interface AssetEdit {
	readonly slot: AssetSlot;
	/** Absolute path of the staged copy. */
	readonly staged: string;
	/** Keeps a copy of the file that is to be replaced, outside of the project, and returns its path. */
	stageOld(path: string): Promise<string>;
	/** Size of the picture in bytes. */
	readonly bytes: number;
	readonly link?: { readonly document: vscode.Uri; readonly position: vscode.Position; readonly text: string };
}

/** `refused`: VS Code did not take the edit, for instance because the document changed at that moment; another try may work. */
export type AppliedEdit = { readonly kind: 'applied' | 'refused' } | { readonly kind: 'impossible'; readonly why: string };

/** Writes the file and the link as one edit, which one undo takes back. Unless it is applied, everything is as it was before. */
export async function applyAssetEdit(edit: AssetEdit): Promise<AppliedEdit> {
	const { slot, staged, link, bytes } = edit;
	const why = await obstacleAt(slot.uri, bytes);
	if (why !== undefined) {
		return { kind: 'impossible', why };
	}
	if (slot.isReplacing && slot.uri.scheme === 'file' && !link) {
		await replaceFile(staged, slot.uri.fsPath);
		return { kind: 'applied' };
	}
	const backup = slot.isReplacing && slot.uri.scheme === 'file' ? await edit.stageOld(slot.uri.fsPath) : undefined;
	const isApplied = (await vscode.workspace.applyEdit(changeOf(edit))) && (await sizeOf(slot.uri)) === edit.bytes;
	if (!isApplied) {
		await takeBack(edit, backup);
	}
	if (backup) {
		await discard(backup);
	}
	return { kind: isApplied ? 'applied' : 'refused' };
}

/**
 * The order matters: undo goes through runs of file changes and text changes backwards, but through the file changes of one run
 * forwards (1.139, seen 2026-11). So the text stands between the removal of an old file and the arrival of the new one.
 */
function changeOf({ slot, staged, link }: AssetEdit): vscode.WorkspaceEdit {
	const change = new vscode.WorkspaceEdit();
	if (slot.isReplacing && link) {
		change.deleteFile(slot.uri);
		change.insert(link.document, link.position, link.text);
		change.renameFile(vscode.Uri.file(staged), slot.uri, { overwrite: false });
		return change;
	}
	change.renameFile(vscode.Uri.file(staged), slot.uri, { overwrite: slot.isReplacing });
	if (link) {
		change.insert(link.document, link.position, link.text);
	}
	return change;
}

/** Why a file can't be made here, before anything is tried. Disks of other machines tell only when they are written to. */
async function obstacleAt(uri: vscode.Uri, bytes: number): Promise<string | undefined> {
	if (uri.scheme !== 'file') {
		return vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false ? vscode.l10n.t('the disk is read-only') : undefined;
	}
	try {
		const parent = await existingParent(uri.fsPath);
		await access(parent, constants.W_OK);
		// Some network disks tell no size at all.
		const { blocks, bavail, bsize } = await statfs(parent);
		return blocks > 0 && bavail * bsize < bytes ? vscode.l10n.t('the disk is full') : undefined;
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		return reasonOf(error);
	}
}

async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
	try {
		return (await vscode.workspace.fs.stat(uri)).size;
	} catch (error) {
		if (error instanceof vscode.FileSystemError) {
			return undefined;
		}
		throw error;
	}
}

/** A refused edit may have gone half of the way: the file has arrived, but the document changed in between. */
async function takeBack({ slot, staged }: AssetEdit, backup: string | undefined): Promise<void> {
	const hasArrived = !(await isThere(staged));
	// From one disk to another VS Code copies, and leaves what it had copied when the disk is full.
	if (slot.uri.scheme === 'file' && (hasArrived || (await isBeginningOf(staged, slot.uri.fsPath)))) {
		await rm(slot.uri.fsPath, { force: true });
	}
	if (backup && !(await isThere(slot.uri.fsPath))) {
		await copyWhole(backup, slot.uri.fsPath);
	}
	await discard(staged);
}

/** Whether `path` holds less of the same, and is therefore nobody else's file. */
async function isBeginningOf(whole: string, path: string): Promise<boolean> {
	if (!(await isThere(path)) || !(await lstat(path)).isFile()) {
		return false;
	}
	const [bytes, part] = await Promise.all([readFile(whole), readFile(path)]);
	return part.length < bytes.length && bytes.subarray(0, part.length).equals(part);
}

async function isThere(path: string): Promise<boolean> {
	try {
		await lstat(path);
		return true;
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return false;
		}
		throw error;
	}
}
