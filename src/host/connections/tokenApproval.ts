import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { revealsToken } from '../../core/connection/tokenRecipient';
import type { RunFailure } from '../../core/run/failure';
import { untilAborted } from '../abort';
import { askModally } from '../notice/notice';
import type { AccountMemory } from './accountMemory';
import type { SignInOptions } from './microsoftAccounts';

/**
 * Lets a person decide once for each connection whether a host that is not Microsoft's own gets access tokens. An address that only looks like
 * Azure's must not get one by a careless paste, and what comes into the settings by another way is not an answer.
 */
export class TokenApproval {
	readonly #memory: AccountMemory;

	constructor(memory: AccountMemory) {
		this.#memory = memory;
	}

	/** Why no token may be asked for; `undefined`: it may. Asks where nothing is decided and a person is there. */
	async refusal(connection: Connection, { isInteractive, signal }: SignInOptions): Promise<RunFailure | undefined> {
		const { name, baseUrl, scope = '' } = connection;
		if (!revealsToken(baseUrl) || this.#memory.isApproved(connection, scope)) {
			return undefined;
		}
		const { host } = new URL(baseUrl);
		if (!isInteractive) {
			return notApproved(
				vscode.l10n.t(
					'“{0}” would send an access token to {1}, which is no address of Microsoft’s, and nobody has allowed that yet. Test the connection to decide.',
					name,
					host,
				),
			);
		}
		if (!(await untilAborted(signal, askToSend(connection, host)))) {
			return notApproved(
				vscode.l10n.t(
					'No access token was sent to {0}. If the address is a mistake, correct it with “Image Prompt: Manage Connections”.',
					host,
				),
			);
		}
		await this.#memory.approve(connection, scope);
		return undefined;
	}
}

function notApproved(message: string): RunFailure {
	return { kind: 'notPermitted', code: 'tokenNotApproved', message };
}

async function askToSend({ name, auth, scope = '' }: Connection, host: string): Promise<boolean> {
	const send = vscode.l10n.t('Send the Token');
	// Enter is pressed without reading: it must not be what gives the token away.
	const keep = vscode.l10n.t('Don’t Send');
	const who =
		auth === 'microsoft'
			? vscode.l10n.t('“{0}” signs in with your Microsoft account.', name)
			: vscode.l10n.t('“{0}” signs in with what this machine has.', name);
	const stakes = vscode.l10n.t(
		'{0} is not the address of a resource of Azure OpenAI or Microsoft Foundry. Whoever runs it can use the token for about an hour, for everything that the account may do with {1}. Send it only if you know who runs this gateway. You are asked once.',
		host,
		scope,
	);
	return (await askModally(vscode.l10n.t('Send an access token to {0}?', host), `${who} ${stakes}`, keep, send)) === send;
}
