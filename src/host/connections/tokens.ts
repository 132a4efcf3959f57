import * as vscode from 'vscode';
import type { Connection, Credential } from '../../core/connection/connection';
import { failure, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { TokenSource } from '../../core/run/ports';
import type { MicrosoftAccounts, SignInOptions } from './microsoftAccounts';
import type { TokenApproval } from './tokenApproval';

/** Access tokens for connections that sign in: from VS Code's Microsoft account, or from what the machine has. */
export class Tokens {
	readonly #accounts: MicrosoftAccounts;
	readonly #machine: TokenSource;
	readonly #approval: Pick<TokenApproval, 'refusal'>;
	/** Who is signed in may have changed. */
	readonly onDidChange: vscode.Event<void>;

	constructor(accounts: MicrosoftAccounts, machine: TokenSource, approval: Pick<TokenApproval, 'refusal'>) {
		this.#accounts = accounts;
		this.#machine = machine;
		this.#approval = approval;
		this.onDidChange = accounts.onDidChange;
	}

	/** A token for the scope of `connection`. In a workspace that is not trusted nobody signs in, nor for a host that must not get one. */
	async token(connection: Connection, options: SignInOptions): Promise<Result<Credential, RunFailure>> {
		if (!vscode.workspace.isTrusted) {
			return failure({
				kind: 'notPermitted',
				code: 'untrustedWorkspace',
				message: vscode.l10n.t('This workspace is not trusted, so nobody was signed in. Trust it to generate pictures.'),
			});
		}
		const { scope, authority, tenantId } = connection;
		if (scope === undefined || authority === undefined) {
			throw new Error(`The connection “${connection.name}” signs in without a scope.`);
		}
		const refusal = await this.#approval.refusal(connection, options);
		if (refusal) {
			return failure(refusal);
		}
		if (connection.auth === 'microsoft') {
			return this.#accounts.token(connection, options);
		}
		const request = { scope, authority, signal: options.signal, ...(tenantId === undefined ? {} : { tenantId }) };
		const title = vscode.l10n.t('Signing in to Azure');
		// Programs such as `az` take seconds, in which a person would wonder.
		return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => this.#machine.token(request));
	}

	/** The host did not take `token`, with this code. */
	forget(connection: Connection, token: string, code: string | undefined): void {
		if (connection.auth !== 'microsoft') {
			this.#machine.forget();
		} else if (code !== 'wrongTenant') {
			// A new one of the same directory would be no better, and a person would sign in in vain.
			this.#accounts.forget(connection, token);
		}
	}
}
