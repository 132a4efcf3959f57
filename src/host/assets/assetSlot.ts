import { lstat, readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { freePath } from '../../core/asset/names';
import { fileNameOf } from '../../core/asset/relativePath';
import { describeUnsafePath } from '../../core/asset/safePath';
import { success, type Result } from '../../core/result';
import type { AssetAnchor } from './documentPlace';
import { errorCode } from './errorCode';
import { cancelled, outsideWorkspace } from './insertFailures';
import type { InsertFailure, InsertRequest } from './insertion';
import { isReallyInside, localPath } from './realPath';
import { askModally } from '../notice/notice';

/** The address that an asset gets, after looking at what lies there. */
export interface AssetSlot {
	readonly uri: vscode.Uri;
	/** A file lies there, and the person chose to replace it. */
	readonly isReplacing: boolean;
}

/** Turns a wanted path into an address: checks symbolic links, and settles what happens to a name that is taken. */
export async function findSlot(path: string, anchor: AssetAnchor, request: InsertRequest): Promise<Result<AssetSlot, InsertFailure>> {
	const at = (relative: string) =>
		anchor.root.scheme === 'file'
			? vscode.Uri.file(localPath(anchor.root.fsPath, relative))
			: vscode.Uri.joinPath(anchor.root, relative);
	const wanted = at(path);
	if (wanted.scheme === 'file' && !(await isReallyInside(anchor.root.fsPath, wanted.fsPath))) {
		return outsideWorkspace(describeUnsafePath({ kind: 'outside' }));
	}
	const taken = await namesIn(vscode.Uri.joinPath(wanted, '..'));
	const free = freePath(path, taken);
	if (free === path) {
		return success({ uri: wanted, isReplacing: false });
	}
	const choice = (await canBeReplaced(wanted, taken, request)) ? await onExisting(request, fileNameOf(path), fileNameOf(free)) : 'rename';
	if (choice === undefined) {
		return cancelled();
	}
	return success(choice === 'replace' ? { uri: wanted, isReplacing: true } : { uri: at(free), isReplacing: false });
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
	try {
		return folder.scheme === 'file'
			? await readdir(folder.fsPath)
			: (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
	} catch (error) {
		const code = errorCode(error);
		if (code === 'ENOENT' || code === 'FileNotFound') {
			return [];
		}
		throw error;
	}
}

/** A plain file of exactly this name, and not another candidate of the same run that was inserted before. */
async function canBeReplaced(uri: vscode.Uri, taken: readonly string[], { record, picture }: InsertRequest): Promise<boolean> {
	const asset = uri.scheme === 'file' ? uri.fsPath : uri.toString();
	const isOtherCandidate = record.accepted?.some(entry => entry.asset === asset && entry.index !== picture.candidate) ?? false;
	if (isOtherCandidate || !taken.includes(fileNameOf(uri.path))) {
		return false;
	}
	return uri.scheme === 'file' ? (await lstat(uri.fsPath)).isFile() : (await vscode.workspace.fs.stat(uri)).type === vscode.FileType.File;
}

/** `undefined`: the person closed the question. */
async function onExisting(
	{ settings, isInteractive }: InsertRequest,
	name: string,
	freeName: string,
): Promise<'rename' | 'replace' | undefined> {
	if (settings.onExisting !== 'ask') {
		return settings.onExisting;
	}
	if (!isInteractive) {
		return 'rename';
	}
	const keep = vscode.l10n.t('Keep Both');
	const replace = vscode.l10n.t('Replace');
	const message = vscode.l10n.t('{0} exists already.', name);
	const detail = vscode.l10n.t('Keep Both writes {0}.', freeName);
	const chosen = await askModally(message, detail, keep, replace);
	return chosen === undefined ? undefined : chosen === replace ? 'replace' : 'rename';
}
