import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { showError, showInformation } from '../notice/notice';
import type { Connections } from './connections';
import { describeConnection } from './describeConnection';
import type { MicrosoftAccounts } from './microsoftAccounts';
import { askChoice } from './quickSteps';
import type { TestDialog } from './testDialog';

/** Signs a person in for a connection, and says in one notification who it is. */
export class SignIn {
	readonly #connections: Connections;
	readonly #accounts: MicrosoftAccounts;
	readonly #tests: Pick<TestDialog, 'run'>;
	readonly #reportError: (error: unknown) => void;

	/** `reportError` hears what goes wrong after the command has ended, when a button of its notification is pressed. */
	constructor(
		connections: Connections,
		accounts: MicrosoftAccounts,
		tests: Pick<TestDialog, 'run'>,
		reportError: (error: unknown) => void,
	) {
		this.#connections = connections;
		this.#accounts = accounts;
		this.#tests = tests;
		this.#reportError = reportError;
	}

	/** The name of the account; `undefined` when nobody signed in. Throws when `name` is no connection that takes an account. */
	async run(name?: string): Promise<string | undefined> {
		if (!vscode.workspace.isTrusted) {
			throw new Error(vscode.l10n.t('This workspace is not trusted, so nobody was signed in. Trust it to sign in.'));
		}
		const connection = name === undefined ? await this.#pick() : this.#named(name);
		if (!connection) {
			return undefined;
		}
		switch (connection.auth) {
			case 'microsoft':
				return this.#signIn(connection);
			case 'azureDefault':
				throw new Error(
					vscode.l10n.t(
						'“{0}” signs in with what this machine has, so there is nothing to sign in to here. Run “az login” in a terminal, then test the connection.',
						connection.name,
					),
				);
			default:
				throw new Error(vscode.l10n.t('“{0}” takes no Microsoft account.', connection.name));
		}
	}

	async #signIn(connection: Connection): Promise<string | undefined> {
		const account = await this.#accounts.choose(connection, new AbortController().signal);
		if (account.ok) {
			this.#offerTest(connection, account.value);
			return account.value;
		}
		if (account.failure.code !== 'signInDeclined') {
			void showError(account.failure.message);
		}
		return undefined;
	}

	/** The command is over when somebody is signed in; the notification stays for as long as it likes. */
	#offerTest(connection: Connection, account: string): void {
		const test = vscode.l10n.t('Test Connection');
		const message = vscode.l10n.t(
			'“{0}” is signed in as {1}. The token is sent to {2} only.',
			connection.name,
			account,
			connection.origin,
		);
		const answered = showInformation(message, test).then(async chosen => {
			if (chosen === test) {
				await this.#tests.run(connection);
			}
		});
		Promise.resolve(answered).catch(this.#reportError);
	}

	#named(name: string): Connection {
		const connection = this.#connections.find(name);
		if (!connection) {
			throw new Error(vscode.l10n.t('There is no connection named “{0}”. Add it with “Image Prompt: Add Connection”.', name));
		}
		return connection;
	}

	async #pick(): Promise<Connection | undefined> {
		const candidates = this.#connections.list().filter(takesSignIn);
		const [first] = candidates;
		if (!first) {
			throw new Error(vscode.l10n.t('No connection signs in with a Microsoft account. Add one with “Image Prompt: Add Connection”.'));
		}
		if (candidates.length === 1) {
			return first;
		}
		const choices = candidates.map(connection => ({
			label: connection.name,
			description: describeConnection(connection),
			value: connection,
		}));
		const answer = await askChoice({
			title: vscode.l10n.t('Sign In'),
			placeholder: vscode.l10n.t('Which connection is the account for?'),
			choices,
		});
		return answer.kind === 'answered' ? answer.value : undefined;
	}
}

/** Keeps the context key that lets the palette show the command where it can work. */
export function showSignInInContext(connections: Connections): vscode.Disposable {
	const show = (): void =>
		void vscode.commands.executeCommand('setContext', 'imgprompt.takesSignIn', connections.list().some(takesSignIn));
	show();
	return connections.onDidChange(show);
}

function takesSignIn({ auth }: Connection): boolean {
	return auth === 'microsoft';
}
