import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { success, type Result } from '../../core/result';
import { StorageError } from '../../core/run/storageError';
import { applyAssetEdit, type AppliedEdit, type AssetEdit } from './assetEdit';
import { defaultAlt, wantedPath } from './assetPath';
import { findSlot, type AssetSlot } from './assetSlot';
import { anchorInWorkspace, anchorOf, fileOf, type AssetAnchor } from './documentPlace';
import { errorCode } from './errorCode';
import { gone, noPlace, reasonOf, writeFailed } from './insertFailures';
import type { InsertedAsset, InsertFailure, InsertRequest, InsertTarget } from './insertion';
import { linkAt, linkPlaceIn } from './linkPlace';
import { discard, stageCopy, stagePicture, StagingRefused } from './stagedPicture';

/** Makes assets of pictures: writes the file and the link to it, so that one undo takes back both. */
export class AssetInserter {
	#turn: Promise<unknown> = Promise.resolve();

	/**
	 * Writes the picture's bytes, unchanged, under the right name and links them in the target document. Insertions happen one
	 * after another, so that two of them never take the same free name.
	 */
	insert(request: InsertRequest): Promise<Result<InsertedAsset, InsertFailure>> {
		const result = this.#turn.then(() => insertNow(request));
		// The next insertion's turn comes however this one ends; its caller sees its error.
		this.#turn = result.catch(() => undefined);
		return result;
	}
}

async function insertNow(request: InsertRequest): Promise<Result<InsertedAsset, InsertFailure>> {
	if (!(await isWhole(request))) {
		return gone();
	}
	const linking = request.target && (await linkingTo(request.target, request.isInteractive));
	if (linking && !linking.ok) {
		return linking;
	}
	const anchor = await assetAnchor(request, linking?.value.anchor);
	if (!anchor.ok) {
		return anchor;
	}
	const result = await write(request, anchor.value, linking?.value);
	if (result.ok) {
		await note(request, result.value.asset);
	}
	return result;
}

/** A document that gets a link, and the place from which the link is seen. */
interface Linking {
	readonly document: vscode.TextDocument;
	readonly anchor: AssetAnchor;
	readonly target: InsertTarget;
}

async function linkingTo(target: InsertTarget, isInteractive: boolean): Promise<Result<Linking, InsertFailure>> {
	const document = await openDocument(target.uri);
	if (!document) {
		return noPlace(vscode.l10n.t('The document is not there any more. Open another one, or use Save As.'));
	}
	const file = fileOf(document.uri);
	const anchor = file ? success(anchorOf(file)) : await anchorInWorkspace(document.uri.path, isInteractive);
	return anchor.ok ? success({ document, anchor: anchor.value, target }) : anchor;
}

async function isWhole({ picturePath, picture }: InsertRequest): Promise<boolean> {
	try {
		const found = await stat(picturePath);
		return found.isFile() && found.size === picture.bytes;
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		return false;
	}
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
	const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
	if (open) {
		return open;
	}
	try {
		return await vscode.workspace.openTextDocument(uri);
	} catch {
		// Deleted, no text, or a scheme that nobody serves: VS Code tells it by an exception of no particular type.
		return undefined;
	}
}

/** An `output` is relative to the prompt's file; everything else to the document that gets the link. */
async function assetAnchor(
	{ record, isInteractive }: InsertRequest,
	document: AssetAnchor | undefined,
): Promise<Result<AssetAnchor, InsertFailure>> {
	const { source } = record;
	const promptFile = source.kind === 'input' ? undefined : fileOf(vscode.Uri.parse(source.uri));
	if (document && !(record.output && promptFile)) {
		return success(document);
	}
	return promptFile ? success(anchorOf(promptFile)) : anchorInWorkspace('', isInteractive);
}

async function write(
	request: InsertRequest,
	anchor: AssetAnchor,
	linking: Linking | undefined,
): Promise<Result<InsertedAsset, InsertFailure>> {
	const wanted = wantedPath(request, anchor);
	if (!wanted.ok) {
		return wanted;
	}
	try {
		const slot = await findSlot(wanted.value.path, anchor, request);
		if (!slot.ok) {
			return slot;
		}
		const written = await writeTo(slot.value, request, linking);
		return written.ok ? success({ ...written.value, ...(wanted.value.notice ? { notice: wanted.value.notice } : {}) }) : written;
	} catch (error) {
		if (error instanceof StagingRefused) {
			return writeFailed(error.folder, reasonOf(error.cause), request.picturePath);
		}
		// Only what the disk said is a failure; an error without a code is a defect.
		if (errorCode(error) === undefined) {
			throw error;
		}
		return writeFailed(wanted.value.path, reasonOf(error), request.picturePath);
	}
}

/** Typing into the document while the file is written makes VS Code refuse the edit; a later try sees the new text. */
const waitsMs = [0, 50, 100, 200, 400, 800];

async function writeTo(
	slot: AssetSlot,
	request: InsertRequest,
	linking: Linking | undefined,
): Promise<Result<InsertedAsset, InsertFailure>> {
	const asset = slot.uri.scheme === 'file' ? slot.uri.fsPath : slot.uri.toString();
	for (const waitMs of waitsMs) {
		await new Promise(resolve => setTimeout(resolve, waitMs));
		const link = linking && linkTo(slot, request, linking);
		const applied = await applyStaged(slot, request, link?.edit);
		if (applied.kind === 'applied') {
			return success({ asset, uri: slot.uri.toString(), ...(link ? { link: link.written } : {}) });
		}
		if (applied.kind === 'impossible') {
			return writeFailed(asset, applied.why, request.picturePath);
		}
	}
	return writeFailed(asset, vscode.l10n.t('VS Code refused the change'), request.picturePath);
}

function linkTo(slot: AssetSlot, request: InsertRequest, { document, anchor, target }: Linking) {
	const place = linkPlaceIn(document, target, request);
	const { link, text } = linkAt(place, slot.uri, request.alt ?? defaultAlt(request.record), request, anchor);
	return { written: link, edit: { document: document.uri, position: place.position, text } };
}

async function applyStaged(slot: AssetSlot, request: InsertRequest, link: AssetEdit['link']): Promise<AppliedEdit> {
	const { picturePath, picture, elsewhere = [] } = request;
	const staged = await stagePicture(picturePath, elsewhere);
	const stageOld = (path: string): Promise<string> => stageCopy(path, dirname(picturePath), elsewhere);
	try {
		return await applyAssetEdit({ slot, staged, stageOld, bytes: picture.bytes, ...(link ? { link } : {}) });
	} finally {
		// Where the edit was applied, it is in the project now.
		await discard(staged);
	}
}

async function note({ folder, picture }: InsertRequest, asset: string): Promise<void> {
	if (!folder) {
		return;
	}
	const entry = { index: picture.candidate, asset, at: new Date().toISOString() };
	try {
		await folder.update({ accepted: [...(folder.record.accepted ?? []), entry] });
	} catch (error) {
		// The asset lies in the project; that the run's record could not say so must not look like a failed insertion.
		if (!(error instanceof StorageError)) {
			throw error;
		}
	}
}
