import * as vscode from 'vscode';
import type { PanelManager } from '../panel/panelManager';
import type { PictureActions } from '../sessions/pictureActions';
import type { SessionRegistry } from '../sessions/sessionRegistry';
import { asUri, isRecord, type Command } from './command';

/**
 * `imgprompt.insert(runId, index, { uri?, position?, alt? })`: writes a picture as an asset, and links it when a document
 * is given. Returns `{ asset, uri, link? }`; without arguments a person inserts what the panel shows.
 */
export function insertCommand(pictures: PictureActions, panels: PanelManager, sessions: SessionRegistry): Command {
	return {
		id: 'imgprompt.insert',
		execute: async (runId, index, options) => {
			if (typeof runId === 'string') {
				return pictures.insertByCode(runId, typeof index === 'number' ? index : 0, insertOptions(options));
			}
			const shown = panels.activeSession ?? panels.openSessions.findLast(session => session.snapshot.run);
			const run = shown?.snapshot.run?.record;
			const picture = run && (await pickPicture(run.pictures.map(({ candidate }) => candidate)));
			if (!shown || !run || picture === undefined) {
				return undefined;
			}
			return pictures.insertFromPanel(sessions.known(shown), run.runId, picture);
		},
	};
}

function insertOptions(value: unknown) {
	const options = isRecord(value) ? value : {};
	const uri = asUri(options['uri']);
	const position = positionOf(options['position']);
	const alt = options['alt'];
	return { ...(uri ? { uri } : {}), ...(position ? { position } : {}), ...(typeof alt === 'string' ? { alt } : {}) };
}

function positionOf(value: unknown): vscode.Position | undefined {
	if (!isRecord(value) || typeof value['line'] !== 'number' || typeof value['character'] !== 'number') {
		return undefined;
	}
	return new vscode.Position(Math.max(0, Math.trunc(value['line'])), Math.max(0, Math.trunc(value['character'])));
}

async function pickPicture(candidates: readonly number[]): Promise<number | undefined> {
	if (candidates.length <= 1) {
		return candidates[0];
	}
	const items = candidates.map(candidate => ({ label: vscode.l10n.t('Picture {0}', candidate + 1), candidate }));
	return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Insert which picture?') }))?.candidate;
}
