import * as vscode from 'vscode';
import { chooseConnection } from '../../core/connection/chooseConnection';
import type { Connection, Credential } from '../../core/connection/connection';
import { parseConnections } from '../../core/connection/parseConnections';
import type { ConnectionChoice } from '../../core/plan/plan';
import { assertNever, failure, success, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { ApiKeys } from './apiKeys';
import { listEntries } from './connectionEntries';
import type { SignInOptions } from './microsoftAccounts';
import type { UserSettings } from './settings';
import type { Tokens } from './tokens';
import { withConnection } from './withConnection';

/** The user's connections, and the credentials that belong to them. */
export class Connections {
	readonly #settings: UserSettings;
	readonly #keys: ApiKeys;
	readonly #tokens: Tokens;

	constructor(settings: UserSettings, keys: ApiKeys, tokens: Tokens) {
		this.#settings = settings;
		this.#keys = keys;
		this.#tokens = tokens;
	}

	/** A connection, the choice among them or who is signed in may have changed. */
	readonly onDidChange: vscode.Event<void> = (listener, thisArgs, disposables) => {
		const both = vscode.Disposable.from(this.#settings.onDidChange(listener, thisArgs), this.#tokens.onDidChange(listener, thisArgs));
		disposables?.push(both);
		return both;
	};

	/** All connections, the sandbox included. */
	list(): readonly Connection[] {
		return this.#settings.current.connections;
	}

	/** `false`: only the sandbox exists. */
	get hasOwn(): boolean {
		return this.list().some(({ kind }) => kind !== 'sandbox');
	}

	/** Names that a new connection can't have: those of entries that can't be used as well, for they may be mended. */
	get takenNames(): readonly string[] {
		const broken = listEntries(this.#settings.raw('connections')).flatMap(each => (each.kind === 'broken' ? (each.name ?? []) : []));
		return [...this.list().map(({ name }) => name), ...broken];
	}

	find(name: string): Connection | undefined {
		return this.list().find(connection => connection.name === name);
	}

	/** The connection that is in force for a prompt that names `named`, or none. */
	choose(named?: string): ConnectionChoice {
		return chooseConnection({ named, setting: this.#settings.current.connection, connections: this.list() });
	}

	/**
	 * What authorises a request. Otherwise a `notConfigured` failure that says how to set the key, or a `notSignedIn` one that
	 * says how to sign in. For a run, a test or a sign-in only: it may ask the network, and a person if one is there.
	 */
	async credentialFor(connection: Connection, options: SignInOptions): Promise<Result<Credential, RunFailure>> {
		switch (connection.auth) {
			case 'none':
				return success({ kind: 'none' });
			case 'apiKey':
				return this.#keyFor(connection);
			case 'microsoft':
			case 'azureDefault':
				return this.#tokens.token(connection, options);
			default:
				return assertNever(connection.auth);
		}
	}

	/**
	 * Hears how a request with `credential` ended: a token that the host refused is not used a second time. Keys stay; only a
	 * person can tell whether they are wrong.
	 */
	settle(connection: Connection, credential: Credential, failed: RunFailure | undefined): void {
		if (credential.kind === 'token' && failed?.kind === 'notSignedIn') {
			this.#tokens.forget(connection, credential.token, failed.code);
		}
	}

	/** Checks and stores an entry of `imgprompt.connections`. One of the same name is replaced where it points to the same origin. */
	async add(entry: unknown): Promise<Result<Connection, string>> {
		const parsed = parseConnections([entry]);
		const connection = parsed.connections.find(({ kind }) => kind !== 'sandbox');
		if (!connection || parsed.problems.length > 0) {
			return failure(
				parsed.problems.map(({ message }) => message).join(' ') ||
					vscode.l10n.t('This is not a connection. Give it a name and a kind.'),
			);
		}
		const former = this.find(connection.name);
		if (former && (former.origin !== connection.origin || former.kind !== connection.kind)) {
			return failure(
				vscode.l10n.t('There is already a connection named “{0}” at {1}. Choose another name.', former.name, former.baseUrl),
			);
		}
		if (!former && this.takenNames.includes(connection.name)) {
			return failure(
				vscode.l10n.t(
					'There is already a connection named “{0}” in your settings, which can’t be used as it is written. Correct it there, or choose another name.',
					connection.name,
				),
			);
		}
		const list = withConnection(this.#settings.raw('connections'), entry, connection);
		if (!list.ok) {
			return failure(vscode.l10n.t('The setting imgprompt.connections is not a list. Correct it in your settings first.'));
		}
		await this.#settings.write('connections', list.value);
		return success(connection);
	}

	/** Makes `name` the connection of every prompt that names none. */
	async select(name: string): Promise<void> {
		await this.#settings.write('connection', name);
	}

	async #keyFor(connection: Connection): Promise<Result<Credential, RunFailure>> {
		if (connection.kind === 'sandbox') {
			return success({ kind: 'none' });
		}
		const key = await this.#keys.get(connection);
		if (key !== undefined) {
			return success({ kind: 'apiKey', key });
		}
		const { name, origin } = connection;
		const message = vscode.l10n.t('There is no API key for “{0}” at {1}. Set one with “Image Prompt: Set API Key”.', name, origin);
		return failure({ kind: 'notConfigured', code: 'missingKey', message });
	}
}
