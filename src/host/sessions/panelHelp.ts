import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { FailureAction } from '../../protocol/messages';
import type { ConnectionMend } from '../connections/connectionMend';
import { azurePortalOf, pagesOf } from '../generation/hostPages';
import { openPage } from '../notice/openPage';
import type { Session } from '../panel/session';

/** What the button of a failure needs besides commands. */
export interface HelpPorts {
	generate(session: Session): Promise<void>;
	/** Changes the user's entry of a connection as a host's answer calls for. */
	mendConnection(connection: Connection, mend: ConnectionMend): Promise<void>;
}

/** Does what the button of a failure says. */
export async function help(session: Session, action: Exclude<FailureAction, 'openPrompt'>, ports: HelpPorts): Promise<void> {
	const { snapshot } = session;
	const connection = snapshot.outcome?.kind === 'ready' ? snapshot.outcome.plan.connection : undefined;
	const name = connection?.name ?? snapshot.run?.record.connection;
	const record = snapshot.run?.record;
	const pages = pagesOf(record?.hostKind ?? connection?.kind ?? '', record?.host ?? connection?.origin);
	switch (action) {
		case 'setKey':
			return run('imgprompt.setApiKey', name);
		case 'signIn':
			return run('imgprompt.signIn', name);
		case 'addConnection':
			return run('imgprompt.addConnection');
		case 'selectConnection':
			return run('imgprompt.selectConnection');
		case 'manageConnections':
			return run('imgprompt.manageConnections');
		case 'openLog':
			return run('imgprompt.showLog');
		case 'manageTrust':
			return run('workbench.trust.manage');
		case 'openBudget':
			return run('workbench.action.openSettings', 'imgprompt.budget');
		case 'previewApi':
		case 'v1Api':
		case 'otherScope':
			return connection && ports.mendConnection(connection, action);
		case 'tryAgain':
			return ports.generate(session);
		case 'openPortal':
			return openPage(azurePortalOf(connection?.origin ?? ''));
		case 'openUsagePage':
			return openPage(pages?.usage);
		case 'openBillingPage':
			return openPage(pages?.billing);
		case 'openVerificationPage':
			return openPage(pages?.verification);
	}
}

async function run(command: string, ...args: readonly unknown[]): Promise<void> {
	await vscode.commands.executeCommand(command, ...args);
}
