import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { ConnectionReport } from '../../core/run/ports';
import { apiKeyMessage } from './apiKeyMessage';
import type { ApiKeys } from './apiKeys';
import { askConnection, checkKey } from './askConnection';
import { addedKinds, entryOf, type ConnectionDraft } from './connectionDraft';
import type { Connections } from './connections';
import { describeConnection } from './describeConnection';
import { askChoice, askText } from './quickSteps';
import type { TestDialog } from './testDialog';
import { showInformation } from '../notice/notice';

/**
 * What the connection commands do. Called with all arguments, nobody is asked anything; called without, a person is.
 *
 * These are no runs: what is wrong with the arguments of a caller is thrown as an `Error` whose message can be shown.
 */
export class ConnectionWizard {
	readonly #connections: Connections;
	readonly #keys: ApiKeys;
	readonly #tests: TestDialog;
	readonly #reportError: (error: unknown) => void;

	/** `reportError` hears what goes wrong after a command has ended, when a button of its notification is pressed. */
	constructor(connections: Connections, keys: ApiKeys, tests: TestDialog, reportError: (error: unknown) => void) {
		this.#connections = connections;
		this.#keys = keys;
		this.#tests = tests;
		this.#reportError = reportError;
	}

	/**
	 * Stores an entry of `imgprompt.connections`, or asks for one when `entry` is a kind or absent. The first connection
	 * becomes the default. Returns it as plain JSON; `undefined` when the person went away.
	 */
	async addConnection(entry?: unknown): Promise<Connection | undefined> {
		const kind = addedKinds.find(each => each === entry);
		if (entry === undefined || kind !== undefined) {
			const draft = await askConnection(kind, this.#connections.takenNames);
			return draft && this.#addDraft(draft);
		}
		return this.#add(entry);
	}

	/** Stores `key` for a connection; asks for what is missing. `false` when the person went away. */
	async setApiKey(connectionName?: string, key?: string): Promise<boolean> {
		const connection = await this.#keyed(connectionName, vscode.l10n.t('Which connection is the key for?'));
		const text = connection && (key ?? (await askForKey(connection)));
		if (!connection || text === undefined) {
			return false;
		}
		const stored = await this.#keys.set(connection, text);
		if (!stored.ok) {
			throw new Error(apiKeyMessage(stored.failure));
		}
		if (key === undefined) {
			this.#offerTest(
				connection,
				vscode.l10n.t('The key of “{0}” was stored. It is sent to {1} only.', connection.name, connection.origin),
			);
		}
		return true;
	}

	/** Asks for the key of `connection` and stores it. `false` when the person went away. */
	async replaceKey(connection: Connection): Promise<boolean> {
		const text = await askForKey(connection);
		return text !== undefined && (await this.#keys.set(connection, text)).ok;
	}

	/** Forgets the key of a connection; asks which when no name is given. `false` when the person went away. */
	async clearApiKey(connectionName?: string): Promise<boolean> {
		const connection =
			connectionName === undefined
				? await this.#pickWithStoredKey()
				: await this.#keyed(connectionName, vscode.l10n.t('Whose key is to be forgotten?'));
		if (!connection) {
			return false;
		}
		await this.#keys.clear(connection);
		if (connectionName === undefined) {
			void showInformation(vscode.l10n.t('The key of “{0}” was cleared.', connection.name));
		}
		return true;
	}

	/** Makes a connection the one for prompts that name none; asks which when no name is given. Returns its name. */
	async selectConnection(name?: string): Promise<string | undefined> {
		const chosen = name === undefined ? await this.#pickToSelect() : this.#named(name);
		if (chosen === 'add') {
			return (await this.addConnection())?.name;
		}
		if (chosen) {
			await this.#connections.select(chosen.name);
		}
		return chosen?.name;
	}

	/** Checks a connection without asking for a picture. A person is asked which, and shown the outcome; code gets the report alone. */
	async testConnection(name?: string, signal: AbortSignal = new AbortController().signal): Promise<ConnectionReport | undefined> {
		if (name !== undefined) {
			return this.#tests.check(this.#named(name), signal);
		}
		const connection = await pickConnection(vscode.l10n.t('Which connection is to be tested?'), this.#connections.list());
		return connection && this.#tests.run(connection);
	}

	async #add(entry: unknown): Promise<Connection> {
		const isFirst = !this.#connections.hasOwn;
		const added = await this.#connections.add(entry);
		if (!added.ok) {
			throw new Error(added.failure);
		}
		if (isFirst) {
			await this.#connections.select(added.value.name);
		}
		return added.value;
	}

	async #addDraft(draft: ConnectionDraft): Promise<Connection> {
		const isFirst = !this.#connections.hasOwn;
		const connection = await this.#add(entryOf(draft));
		if (draft.key !== '') {
			await this.#keys.set(connection, draft.key);
		}
		const message = isFirst
			? vscode.l10n.t('“{0}” was added, and is used from now on.', connection.name)
			: vscode.l10n.t('“{0}” was added.', connection.name);
		this.#offerTest(connection, message, isFirst ? undefined : vscode.l10n.t('Use by Default'));
		return connection;
	}

	#offerTest(connection: Connection, message: string, select?: string): void {
		this.#askToTest(connection, message, select).catch(this.#reportError);
	}

	async #askToTest(connection: Connection, message: string, select: string | undefined): Promise<void> {
		const test = vscode.l10n.t('Test Connection');
		const chosen = await showInformation(message, ...(select === undefined ? [test] : [test, select]));
		if (chosen === test) {
			await this.#tests.run(connection);
		} else if (chosen !== undefined) {
			await this.#connections.select(connection.name);
		}
	}

	#named(name: string): Connection {
		const connection = this.#connections.find(name);
		if (!connection) {
			throw new Error(vscode.l10n.t('There is no connection named “{0}”. Add it with “Image Prompt: Add Connection”.', name));
		}
		return connection;
	}

	/** A connection that takes a key: the named one, the only one, or the one that is picked. */
	async #keyed(name: string | undefined, placeholder: string): Promise<Connection | undefined> {
		const takesKey = (connection: Connection): boolean => connection.auth === 'apiKey' && connection.origin !== '';
		if (name === undefined) {
			const candidates = this.#connections.list().filter(takesKey);
			if (candidates.length === 0) {
				return this.addConnection().then(() => undefined);
			}
			return candidates.length === 1 ? candidates[0] : pickConnection(placeholder, candidates);
		}
		const connection = this.#named(name);
		if (!takesKey(connection)) {
			throw new Error(vscode.l10n.t('“{0}” takes no API key.', name));
		}
		return connection;
	}

	async #pickWithStoredKey(): Promise<Connection | undefined> {
		const connections = this.#connections.list();
		const hasKey = await Promise.all(connections.map(connection => this.#keys.has(connection)));
		const candidates = connections.filter((_, index) => hasKey[index]);
		if (candidates.length === 0) {
			void showInformation(vscode.l10n.t('No API key is stored.'));
			return undefined;
		}
		return pickConnection(vscode.l10n.t('Whose key is to be forgotten?'), candidates);
	}

	async #pickToSelect(): Promise<Connection | 'add' | undefined> {
		const choice = this.#connections.choose();
		const connections = this.#connections.list();
		const answer = await askChoice<Connection | 'add'>({
			title: vscode.l10n.t('Select a Connection'),
			placeholder: vscode.l10n.t('Used by every prompt that names no connection'),
			choices: [...connections.map(choiceOf), { label: vscode.l10n.t('$(add) Add a connection…'), value: 'add' }],
			...(choice.kind === 'found' ? { active: choice.connection } : {}),
		});
		return answer.kind === 'answered' ? answer.value : undefined;
	}
}

async function pickConnection(placeholder: string, connections: readonly Connection[]): Promise<Connection | undefined> {
	const answer = await askChoice<Connection>({ title: 'Image Prompt', placeholder, choices: connections.map(choiceOf) });
	return answer.kind === 'answered' ? answer.value : undefined;
}

function choiceOf(connection: Connection) {
	return { label: connection.name, description: describeConnection(connection), value: connection };
}

async function askForKey(connection: Connection): Promise<string | undefined> {
	const answer = await askText({
		title: vscode.l10n.t('API Key of “{0}”', connection.name),
		prompt: vscode.l10n.t('It is kept in the secret storage, and sent to {0} only.', connection.origin),
		isSecret: true,
		check: text => checkKey(text, connection.kind),
	});
	return answer.kind === 'answered' ? answer.value : undefined;
}
