import * as vscode from 'vscode';
import { failure, type Result } from '../../core/result';
import { errorCode } from './errorCode';
import type { InsertFailure } from './insertion';

type Failed = Extract<Result<never, InsertFailure>, { ok: false }>;

/** The path leaves the workspace folder or has a name that is never written. `why` is a sentence with advice. */
export function outsideWorkspace(why: string): Failed {
	return failure({ kind: 'outsideWorkspace', message: vscode.l10n.t('The picture was not inserted. {0}', why), canSaveAs: true });
}

/** There is no folder to put the file into. */
export function noPlace(message: string): Failed {
	return failure({ kind: 'noPlace', message, canSaveAs: true });
}

/** A person closed a question. */
export function cancelled(): Failed {
	return failure({ kind: 'cancelled', message: '', canSaveAs: false });
}

/** Nothing is written into a workspace that is not trusted. */
export function notTrusted(): Failed {
	return failure({
		kind: 'notPermitted',
		message: vscode.l10n.t('This workspace is not trusted, so nothing was written into it. Trust it, or use Save As.'),
		canSaveAs: true,
	});
}

/** The picture's file is missing or cut off. */
export function gone(): Failed {
	return failure({
		kind: 'gone',
		message: vscode.l10n.t('The picture is not in its run’s folder any more. Generate it again.'),
		canSaveAs: false,
	});
}

/** The disk or the editor refused; the picture itself is safe at `picturePath`. */
export function writeFailed(path: string, why: string, picturePath: string): Failed {
	return failure({
		kind: 'writeFailed',
		message: vscode.l10n.t(
			'{0} could not be written: {1}. The picture is safe in its run’s folder ({2}); use Save As to put it elsewhere.',
			path,
			why,
			picturePath,
		),
		canSaveAs: true,
	});
}

/** What an error of the file system means, in words for a person. */
export function reasonOf(error: unknown): string {
	switch (errorCode(error)) {
		case 'ENOSPC':
		case 'EDQUOT':
			return vscode.l10n.t('the disk is full');
		case 'EROFS':
			return vscode.l10n.t('the disk is read-only');
		case 'EACCES':
		case 'EPERM':
		case 'NoPermissions':
			return vscode.l10n.t('you have no permission to write there');
		case 'ENAMETOOLONG':
			return vscode.l10n.t('the name is too long');
		case 'ENOENT':
			return vscode.l10n.t('the folder is not there any more');
		case 'ENOTDIR':
		case 'EEXIST':
			return vscode.l10n.t('a file is in the place of a folder');
		case 'EBUSY':
			return vscode.l10n.t('another program is using it');
		default:
			return error instanceof Error ? error.message : String(error);
	}
}
