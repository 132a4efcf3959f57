import * as vscode from 'vscode';
import type { Connection, Credential } from '../../core/connection/connection';
import { failure, success, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import { untilAborted } from '../abort';
import type { AccountMemory } from './accountMemory';
import { authenticationProvider, isMicrosoftProvider, scopesOf } from './authenticationRequest';
import { cancelledSignIn, failedSignIn, signInNeeded } from './microsoftSignIn';

/** Whether a person may be shown dialogs, and what ends the waiting. */
export interface SignInOptions {
	/** A person pressed something and is there. Otherwise nothing may come up. */
	readonly isInteractive: boolean;
	readonly signal: AbortSignal;
}

type Session = vscode.AuthenticationSession;

/**
 * Access tokens of the Microsoft accounts that VS Code is signed in with. VS Code keeps and renews them; what is kept here is
 * which account a connection uses, and in memory which token its host did not take.
 */
export class MicrosoftAccounts implements vscode.Disposable {
	readonly #memory: AccountMemory;
	/** The last token that a connection's host refused. */
	readonly #refused = new Map<string, string>();
	readonly #changed = new vscode.EventEmitter<void>();
	/** Somebody signed in or out, or an account was chosen. */
	readonly onDidChange = this.#changed.event;
	readonly #subscription: vscode.Disposable;

	constructor(memory: AccountMemory) {
		this.#memory = memory;
		this.#subscription = vscode.authentication.onDidChangeSessions(({ provider }) => {
			if (isMicrosoftProvider(provider.id)) {
				this.#changed.fire();
			}
		});
	}

	/** A token for `connection`, or a `notSignedIn` failure. Without a person nothing comes up. */
	async token(connection: Connection, options: SignInOptions): Promise<Result<Credential, RunFailure>> {
		const found = await this.#attempt(connection, options.signal, () => this.#signedIn(connection, options));
		if (!found.ok || !this.#isRefused(connection, found.value)) {
			return this.#credentialOf(connection, found);
		}
		// VS Code would give the refused token again until it ends.
		if (!options.isInteractive) {
			return failure(signInNeeded(connection));
		}
		return this.#credentialOf(connection, await this.#renewed(connection, found.value, options.signal));
	}

	/** Lets a person choose the account of `connection`. The label of the account that is signed in, or why there is none. */
	async choose(connection: Connection, signal: AbortSignal): Promise<Result<string, RunFailure>> {
		const ask = (): Thenable<Session | undefined> => getSession(connection, { createIfNone: true, clearSessionPreference: true });
		const chosen = await this.#attempt(connection, signal, ask);
		const isStale = chosen.ok && this.#isRefused(connection, chosen.value);
		const session = isStale ? await this.#renewed(connection, chosen.value, signal) : chosen;
		if (!session.ok) {
			return session;
		}
		await this.#credentialOf(connection, session);
		this.#changed.fire();
		return success(session.value.account.label);
	}

	/** The account that `connection` signs in with; `undefined`: none yet, or somebody has signed out of it. Nothing comes up. */
	async accountOf(connection: Connection): Promise<string | undefined> {
		const chosen = this.#memory.get(connection);
		return chosen && (await this.#accounts(connection)).find(({ id }) => id === chosen.id)?.label;
	}

	/** The host did not take `token`: the next one has to be another. */
	forget(connection: Connection, token: string): void {
		this.#refused.set(nameOf(connection), token);
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	/** A person signs in anew with the same account. */
	#renewed(connection: Connection, { account }: Session, signal: AbortSignal): Promise<Result<Session, RunFailure>> {
		const detail = vscode.l10n.t('{0} did not accept the last sign-in for “{1}”.', connection.origin, connection.name);
		return this.#attempt(connection, signal, () => getSession(connection, { forceNewSession: { detail }, account }));
	}

	/** The session of the account that was chosen. `undefined`: a person has to sign in first, and none may be asked. */
	async #signedIn(connection: Connection, { isInteractive }: SignInOptions): Promise<Session | undefined> {
		const chosen = this.#memory.get(connection);
		const account = (chosen ? await this.#accounts(connection) : []).find(({ id }) => id === chosen?.id);
		if (!isInteractive && chosen && !account) {
			return undefined; // signed out of it; to take another one is a person's decision
		}
		return getSession(connection, { ...(isInteractive ? { createIfNone: true } : { silent: true }), ...(account ? { account } : {}) });
	}

	async #accounts(connection: Connection): Promise<readonly vscode.AuthenticationSessionAccountInformation[]> {
		try {
			return await vscode.authentication.getAccounts(authenticationProvider(connection));
		} catch {
			return []; // there is no such provider, as asking it for a session will tell
		}
	}

	async #attempt(
		connection: Connection,
		signal: AbortSignal,
		ask: () => Thenable<Session | undefined>,
	): Promise<Result<Session, RunFailure>> {
		try {
			const session = await untilAborted(signal, ask());
			if (signal.aborted) {
				return failure(cancelledSignIn());
			}
			return session ? success(session) : failure(signInNeeded(connection));
		} catch (error) {
			// VS Code throws for a person's No and for a provider's trouble alike.
			return failure(failedSignIn(connection, error));
		}
	}

	async #credentialOf(connection: Connection, session: Result<Session, RunFailure>): Promise<Result<Credential, RunFailure>> {
		if (!session.ok) {
			return session;
		}
		const { account, accessToken } = session.value;
		const known = this.#memory.get(connection);
		if (known?.id !== account.id || known.label !== account.label) {
			await this.#memory.set(connection, account);
			this.#changed.fire();
		}
		return success({ kind: 'token', token: accessToken, source: account.label });
	}

	#isRefused(connection: Connection, { accessToken }: Session): boolean {
		return this.#refused.get(nameOf(connection)) === accessToken;
	}
}

function getSession(connection: Connection, options: vscode.AuthenticationGetSessionOptions): Thenable<Session | undefined> {
	return vscode.authentication.getSession(authenticationProvider(connection), scopesOf(connection), options);
}

function nameOf({ name, origin }: Pick<Connection, 'name' | 'origin'>): string {
	return `${name}@${origin}`;
}
