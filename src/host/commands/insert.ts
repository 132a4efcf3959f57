import * as vscode from 'vscode';
import { failure, success } from '../../core/result';
import type { PanelManager } from '../panel/panelManager';
import type { CodeInsertOptions, PictureActions } from '../sessions/pictureActions';
import type { SessionRegistry } from '../sessions/sessionRegistry';
import { readOptions, readPosition, readUri, type Checked } from './callerOptions';
import type { Command } from './command';
import { showInformation } from '../notice/notice';

/**
 * `imgprompt.insert(runId, index, { uri?, position?, alt? })`: writes a picture as an asset, and links it when a document
 * is given. Returns `{ asset, uri, link? }` or `{ failure }`; without arguments a person inserts what the panel shows.
 */
export function insertCommand(pictures: PictureActions, panels: PanelManager, sessions: SessionRegistry): Command {
	return {
		id: 'imgprompt.insert',
		execute: async (runId, index, options) => {
			if (runId === undefined) {
				return insertShown(pictures, panels, sessions);
			}
			const call = readCall(runId, index, options);
			return call.ok
				? pictures.insertByCode(call.value, sessions.ofRun(call.value.runId))
				: { failure: { kind: 'invalid', message: call.failure } };
		},
	};
}

async function insertShown(pictures: PictureActions, panels: PanelManager, sessions: SessionRegistry): Promise<void> {
	const open = panels.openSessions.filter(({ snapshot }) => snapshot.run && snapshot.run.record.pictures.length > 0);
	const shown = open.find(session => session === panels.activeSession) ?? open.at(-1);
	const run = shown?.snapshot.run?.record;
	if (!shown || !run) {
		void showInformation(vscode.l10n.t('No open panel shows a picture. Generate one, or open the panel first.'));
		return;
	}
	const picture = await pickPicture(run.pictures.map(({ candidate }) => candidate));
	if (picture !== undefined) {
		await pictures.insertFromPanel(sessions.known(shown), run.runId, picture);
	}
}

function readCall(runId: unknown, index: unknown, value: unknown): Checked<CodeInsertOptions> {
	if (typeof runId !== 'string' || !Number.isSafeInteger(index) || Number(index) < 0) {
		return failure(vscode.l10n.t('Give the id of a run and the zero-based index of its picture.'));
	}
	const options = readOptions(value, ['uri', 'position', 'alt']);
	return options.ok ? readTarget({ runId, index: Number(index) }, options.value) : options;
}

function readTarget(call: CodeInsertOptions, options: Readonly<Record<string, unknown>>): Checked<CodeInsertOptions> {
	const { alt } = options;
	const uri = readUri(options['uri']);
	const position = readPosition(options['position']);
	if (!uri.ok) {
		return uri;
	}
	if (!position.ok) {
		return position;
	}
	if (position.value && !uri.value) {
		return failure(vscode.l10n.t('A position needs the document that it is in. Give its “uri” too.'));
	}
	if (alt !== undefined && typeof alt !== 'string') {
		return failure(vscode.l10n.t('“alt” must be a text.'));
	}
	return success({
		...call,
		...(uri.value ? { uri: uri.value } : {}),
		...(position.value ? { position: position.value } : {}),
		...(alt === undefined ? {} : { alt }),
	});
}

async function pickPicture(candidates: readonly number[]): Promise<number | undefined> {
	if (candidates.length <= 1) {
		return candidates[0];
	}
	const items = candidates.map(candidate => ({ label: vscode.l10n.t('Picture {0}', candidate + 1), candidate }));
	return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Insert which picture?') }))?.candidate;
}
