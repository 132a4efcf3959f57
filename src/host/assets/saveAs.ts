import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { fillName } from '../../core/asset/names';
import { fileExtension } from '../../core/image/imageFormat';
import { formatSize } from '../../core/image/imageSize';
import { failure, success, type Result } from '../../core/result';
import { defaultAlt } from './assetPath';
import { errorCode } from './errorCode';
import { cancelled, gone, reasonOf } from './insertFailures';
import type { InsertFailure, InsertRequest } from './insertion';
import { replaceFile } from './stagedPicture';

type SaveRequest = Pick<InsertRequest, 'record' | 'picture' | 'picturePath'>;

/** Asks where to, and writes the picture's bytes there, unchanged. An existing file is replaced after VS Code's own question. */
export async function savePictureAs(request: SaveRequest): Promise<Result<vscode.Uri, InsertFailure>> {
	const { format } = request.picture;
	const uri = await vscode.window.showSaveDialog({
		title: vscode.l10n.t('Save Picture As'),
		defaultUri: vscode.Uri.joinPath(firstFolder(), suggestedName(request)),
		filters: { [format.toUpperCase()]: format === 'jpeg' ? ['jpg', 'jpeg'] : [fileExtension(format)] },
	});
	return uri ? writePictureTo(uri, request.picturePath) : cancelled();
}

/** Writes the picture's bytes to `uri`; on this machine's disks the file is whole at every moment. */
export async function writePictureTo(uri: vscode.Uri, picturePath: string): Promise<Result<vscode.Uri, InsertFailure>> {
	try {
		if (uri.scheme === 'file') {
			await replaceFile(picturePath, uri.fsPath);
		} else {
			await vscode.workspace.fs.writeFile(uri, await readFile(picturePath));
		}
		return success(uri);
	} catch (error) {
		if (errorCode(error) === undefined) {
			throw error;
		}
		if (errorCode(error) === 'ENOENT' && !existsSync(picturePath)) {
			return gone();
		}
		const message = vscode.l10n.t(
			'{0} could not be written: {1}. Choose another place.',
			uri.scheme === 'file' ? uri.fsPath : uri.path,
			reasonOf(error),
		);
		return failure({ kind: 'writeFailed', message, canSaveAs: true });
	}
}

function suggestedName({ record, picture }: SaveRequest): string {
	return fillName('{{slug}}.{{ext}}', {
		slug: defaultAlt(record),
		format: picture.format,
		candidate: picture.candidate,
		date: record.startedAt.slice(0, 10),
		documentName: '',
		model: record.model,
		size: formatSize(picture),
		runId: record.runId,
	});
}

function firstFolder(): vscode.Uri {
	return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}
