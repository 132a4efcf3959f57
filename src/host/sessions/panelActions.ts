import * as vscode from 'vscode';
import type { RunStore } from '../../core/run/records';
import type { GenerateInPanel } from '../generation/generateInPanel';
import type { RunningRuns } from '../generation/runningRuns';
import type { RunDecisions } from '../history/runDecisions';
import type { Session, SessionActions } from '../panel/session';
import type { PictureActions } from './pictureActions';
import { help, type HelpPorts } from './panelHelp';
import { runSourceOf } from './promptOrigin';
import type { SessionRegistry } from './sessionRegistry';

/** What the panel's buttons need. */
export interface PanelActionPorts extends Pick<HelpPorts, 'mendConnection'> {
	readonly sessions: SessionRegistry;
	readonly runs: RunStore;
	readonly running: RunningRuns;
	readonly pictures: PictureActions;
	readonly decisions: RunDecisions;
	/** Late, because panels and runs need each other. */
	generating(): GenerateInPanel;
}

/** Connects the buttons of panels with what they do. Each is a press by a person. */
export function createPanelActions(ports: PanelActionPorts): SessionActions {
	const { sessions, running, pictures, decisions } = ports;
	const generate = async (session: Session): Promise<void> => {
		await ports.generating().runSession(sessions.known(session), { isInteractive: true });
	};
	return {
		generate,
		cancel: runId => cancel(ports, runId),
		tryNow: async runId => running.tryNow(runId),
		insert: (session, runId, index) => pictures.insertFromPanel(sessions.known(session), runId, index),
		saveAs: (runId, index) => pictures.saveAs(runId, index),
		copyLink: (_session, runId, index) => pictures.copyLink(runId, index),
		reveal: (runId, index) => pictures.reveal(runId, index),
		openPrompt: session => openPrompt(sessions.known(session)),
		help: (session, action) =>
			action === 'openPrompt'
				? openPrompt(sessions.known(session))
				: help(session, action, { generate, mendConnection: (connection, mend) => ports.mendConnection(connection, mend) }),
		tryAgain: async (session, runId) => {
			const known = sessions.known(session);
			let decided: Promise<void> | undefined;
			// An attempt that comes to nothing decides nothing.
			const listener = known.onDidChange(() => {
				if (known.run && known.run.record.runId !== runId) {
					decided ??= decisions.dismiss(runId);
					// Whoever waits for it below hears why it failed.
					decided.catch(() => undefined);
				}
			});
			await generate(session).finally(() => void listener.dispose());
			await decided;
		},
		dismiss: runId => decisions.dismiss(runId),
		star: (runId, isStarred) => decisions.star(runId, isStarred),
		addConnection: async kind => {
			await vscode.commands.executeCommand('imgprompt.addConnection', kind);
		},
	};
}

/** A run of this window ends. One that another process still works on can't be reached from here. */
async function cancel({ running, runs }: PanelActionPorts, runId: string): Promise<void> {
	if (running.cancel(runId) > 0) {
		return;
	}
	const record = (await runs.open(runId))?.record;
	if (record && record.state !== 'finished') {
		throw new Error(vscode.l10n.t('This run was started by another window and can only be cancelled there.'));
	}
}

async function openPrompt(session: { readonly origin: Parameters<typeof runSourceOf>[0] }): Promise<void> {
	const source = runSourceOf(session.origin);
	if (source.kind === 'input') {
		return;
	}
	const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(source.uri));
	const open = vscode.window.visibleTextEditors.find(editor => editor.document === document);
	await vscode.window.showTextDocument(document, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.One, preserveFocus: false });
}
