import * as vscode from 'vscode';
import { linkFor } from '../../core/asset/links';
import { defaultAlt } from './assetPath';
import { anchorOf, fileOf, type AssetAnchor } from './documentPlace';
import type { InsertRequest } from './insertion';
import { languageOf, pathFrom } from './linkPlace';

type PictureOfRun = Pick<InsertRequest, 'record' | 'picture' | 'picturePath'>;

/** The newest asset that this picture became, if it is still there. */
export async function insertedAsset({ record, picture }: PictureOfRun): Promise<vscode.Uri | undefined> {
	const entries = (record.accepted ?? []).filter(({ index }) => index === picture.candidate).reverse();
	for (const { asset } of entries) {
		const uri = asset.includes('://') ? vscode.Uri.parse(asset) : vscode.Uri.file(asset);
		if (await exists(uri)) {
			return uri;
		}
	}
	return undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
	try {
		await vscode.workspace.fs.stat(uri);
		return true;
	} catch {
		// Deleted, or on a disk that nobody serves now: not there for us.
		return false;
	}
}

/**
 * The text that «Copy Link» puts into the clipboard: a link to the inserted asset as `document` would write it, else Markdown. A
 * picture that was not inserted is linked where it lies, in its run's folder.
 */
export async function pictureLink(picture: PictureOfRun, document?: vscode.TextDocument): Promise<string> {
	const asset = await insertedAsset(picture);
	const alt = defaultAlt(picture.record);
	if (!asset) {
		return linkFor({ languageId: 'markdown', path: vscode.Uri.file(picture.picturePath).toString(), alt });
	}
	const anchor = document && documentAnchor(document);
	const file =
		anchor?.file ??
		vscode.Uri.joinPath(vscode.workspace.getWorkspaceFolder(asset)?.uri ?? vscode.Uri.joinPath(asset, '..'), 'Untitled');
	const language = document ? languageOf(document, file) : { languageId: 'markdown' };
	const { width, height } = picture.picture;
	return linkFor({ ...language, path: pathFrom(file, asset), alt, width, height });
}

function documentAnchor(document: vscode.TextDocument): AssetAnchor | undefined {
	const file = fileOf(document.uri);
	return file && anchorOf(file);
}

/** Puts the picture's link into the clipboard, and returns it. */
export async function copyLink(picture: PictureOfRun, document?: vscode.TextDocument): Promise<string> {
	const link = await pictureLink(picture, document);
	await vscode.env.clipboard.writeText(link);
	return link;
}
