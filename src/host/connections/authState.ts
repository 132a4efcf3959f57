import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { assertNever } from '../../core/result';
import type { ApiKeys } from './apiKeys';

/** Who is signed in, as far as that is known without asking anybody. */
export interface KnownAccounts {
	/** Name of the Microsoft account that a connection would use; `undefined`: none is known. Never opens a dialog. */
	accountOf(connection: Connection): PromiseLike<string | undefined>;
}

/** How a connection stands with its host, in a few words for lists. */
export async function authState(connection: Connection, keys: ApiKeys, accounts: KnownAccounts): Promise<string> {
	if (connection.kind === 'sandbox') {
		return vscode.l10n.t('needs no account');
	}
	switch (connection.auth) {
		case 'none':
			return vscode.l10n.t('no credential is sent');
		case 'apiKey':
			return (await keys.has(connection)) ? vscode.l10n.t('key set') : vscode.l10n.t('no key');
		case 'microsoft': {
			const account = await accounts.accountOf(connection);
			return account === undefined ? vscode.l10n.t('not signed in') : vscode.l10n.t('signed in as {0}', account);
		}
		case 'azureDefault':
			return vscode.l10n.t('credentials of this machine');
		default:
			return assertNever(connection.auth);
	}
}
