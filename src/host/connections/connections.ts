import * as vscode from 'vscode';
import { chooseConnection } from '../../core/connection/chooseConnection';
import type { Connection, Credential } from '../../core/connection/connection';
import { parseConnections } from '../../core/connection/parseConnections';
import type { ConnectionChoice } from '../../core/plan/plan';
import { failure, success, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { ApiKeys } from './apiKeys';
import type { UserSettings } from './settings';
import { withConnection } from './withConnection';

/** The user's connections, and the credentials that belong to them. */
export class Connections {
	readonly #settings: UserSettings;
	readonly #keys: ApiKeys;
	/** A connection or the choice among them may have changed. */
	readonly onDidChange: vscode.Event<void>;

	constructor(settings: UserSettings, keys: ApiKeys) {
		this.#settings = settings;
		this.#keys = keys;
		this.onDidChange = settings.onDidChange;
	}

	/** All connections, the sandbox included. */
	list(): readonly Connection[] {
		return this.#settings.current.connections;
	}

	/** `false`: only the sandbox exists. */
	get hasOwn(): boolean {
		return this.list().some(({ kind }) => kind !== 'sandbox');
	}

	find(name: string): Connection | undefined {
		return this.list().find(connection => connection.name === name);
	}

	/** The connection that is in force for a prompt that names `named`, or none. */
	choose(named?: string): ConnectionChoice {
		return chooseConnection({ named, setting: this.#settings.current.connection, connections: this.list() });
	}

	/** What authorises a request, or a `notConfigured` failure that says how to set it. */
	async credentialFor(connection: Connection): Promise<Result<Credential, RunFailure>> {
		if (connection.kind === 'sandbox' || connection.auth === 'none') {
			return success({ kind: 'none' });
		}
		const key = connection.auth === 'apiKey' ? await this.#keys.get(connection) : undefined;
		return key === undefined
			? failure({ kind: 'notConfigured', code: 'missingKey', message: missingCredential(connection) })
			: success({ kind: 'apiKey', key });
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
}

function missingCredential({ name, origin, auth }: Connection): string {
	return auth === 'apiKey'
		? vscode.l10n.t('There is no API key for “{0}” at {1}. Set one with “Image Prompt: Set API Key”.', name, origin)
		: vscode.l10n.t('“{0}” uses a way to sign in that this version does not offer. Let it use an API key in your settings.', name);
}
