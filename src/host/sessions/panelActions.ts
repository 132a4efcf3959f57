import * as vscode from 'vscode';
import type { RunStore } from '../../core/run/records';
import type { FailureAction } from '../../protocol/messages';
import { pagesOf } from '../generation/hostPages';
import type { GenerateInPanel } from '../generation/generateInPanel';
import type { RunningRuns } from '../generation/runningRuns';
import type { RunDecisions } from '../history/runDecisions';
import type { Session, SessionActions } from '../panel/session';
import type { PictureActions } from './pictureActions';
import { runSourceOf } from './promptOrigin';
import type { SessionRegistry } from './sessionRegistry';

/** What the panel's buttons need. */
export interface PanelActionPorts {
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
		help: (session, action) => (action === 'openPrompt' ? openPrompt(sessions.known(session)) : help(session, action, generate)),
		tryAgain: async (session, runId) => {
			const known = sessions.known(session);
			let decided: Promise<void> | undefined;
			// An attempt that comes to nothing decides nothing.
			const listener = known.onDidChange(() => {
				if (known.run && known.run.record.runId !== runId) {
					decided ??= decisions.dismiss(runId);
				}
			});
			await generate(session).finally(() => listener.dispose());
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

async function help(
	session: Session,
	action: Exclude<FailureAction, 'openPrompt'>,
	generate: (session: Session) => Promise<void>,
): Promise<void> {
	const { snapshot } = session;
	const connection = snapshot.outcome?.kind === 'ready' ? snapshot.outcome.plan.connection.name : snapshot.run?.record.connection;
	const pages = pagesOf(snapshot.run?.record.hostKind ?? 'openai');
	switch (action) {
		case 'setKey':
			await vscode.commands.executeCommand('imgprompt.setApiKey', connection);
			return;
		case 'signIn':
			await vscode.commands.executeCommand('imgprompt.signIn', connection);
			return;
		case 'addConnection':
			await vscode.commands.executeCommand('imgprompt.addConnection');
			return;
		case 'selectConnection':
			await vscode.commands.executeCommand('imgprompt.selectConnection');
			return;
		case 'openLog':
			await vscode.commands.executeCommand('imgprompt.showLog');
			return;
		case 'manageTrust':
			await vscode.commands.executeCommand('workbench.trust.manage');
			return;
		case 'openBudget':
			await vscode.commands.executeCommand('workbench.action.openSettings', 'imgprompt.budget');
			return;
		case 'manageConnections':
			await vscode.commands.executeCommand('imgprompt.manageConnections');
			return;
		case 'previewApi':
		case 'v1Api':
		case 'otherScope':
			return ports.mendConnection(connection ?? '', action);
		case 'openPortal':
			return openPage(azurePortalOf(origin));
		case 'tryAgain':
			return generate(session);
		case 'openUsagePage':
			return openPage(pages?.usage);
		case 'openBillingPage':
			return openPage(pages?.billing);
		case 'openVerificationPage':
			return openPage(pages?.verification);
	}
}

async function openPage(address: string | undefined): Promise<void> {
	if (address) {
		await vscode.env.openExternal(vscode.Uri.parse(address));
	}
}
