import type { Connection } from '../../core/connection/connection';
import { parseConnections } from '../../core/connection/parseConnections';
import { failure, success, type Result } from '../../core/result';
import type { AccountMemory } from './accountMemory';
import type { ApiKeys } from './apiKeys';
import { entryNamed, isNameTaken, listEntries, patched, type Entry, type EntryPatch, type ListedEntry } from './connectionEntries';
import type { UserSettings } from './settings';
import { storedEntry } from './storedEntry';

/** Why an entry can't be changed. `invalid` says in a sentence what is wrong with it. */
export type EditProblem =
	| { readonly kind: 'gone'; readonly name: string }
	| { readonly kind: 'nameTaken'; readonly name: string }
	| { readonly kind: 'invalid'; readonly message: string };

/** What a change left behind. `key`: whether there was a key, and whether it goes to the changed connection too. */
export interface Edited {
	readonly connection: Connection;
	readonly key: 'none' | 'kept' | 'forgotten';
}

type Settings = Pick<UserSettings, 'raw' | 'write'>;

/** Changes the user's setting `imgprompt.connections` entry by entry, and the keys and the default along with it. */
export class ConnectionEditor {
	readonly #settings: Settings;
	readonly #keys: ApiKeys;
	readonly #accounts: AccountMemory;

	constructor(settings: Settings, keys: ApiKeys, accounts: AccountMemory) {
		this.#settings = settings;
		this.#keys = keys;
		this.#accounts = accounts;
	}

	/** Every element of the setting, the broken ones too. */
	list(): readonly ListedEntry[] {
		return listEntries(this.#present);
	}

	/** The address of a connection as the user wrote it, or as it is used where none is written. */
	addressOf(connection: Connection): string {
		return this.written(connection, 'baseUrl') || connection.baseUrl;
	}

	/** A text of a connection's entry as the user wrote it; empty: there is none, and a default is used. */
	written({ name }: Connection, field: string): string {
		const text = entryNamed(this.#present, name)?.entry[field];
		return typeof text === 'string' ? text.trim() : '';
	}

	/** Whether the entry of `name` could be changed by `patch`, without changing it. */
	check(name: string, patch: EntryPatch): Result<Connection, EditProblem> {
		const found = entryNamed(this.#present, name);
		return found ? this.#checkEntry(patched(found.entry, patch), name) : failure({ kind: 'gone', name });
	}

	/**
	 * Changes the entry of `name` where it stands. A rename takes key, account and default along; a key never goes to another origin,
	 * and is forgotten rather than left where nobody would look for it.
	 */
	async change(name: string, patch: EntryPatch): Promise<Result<Edited, EditProblem>> {
		const checked = this.check(name, patch);
		const former = entryNamed(this.#present, name)?.connection;
		if (!checked.ok || !former) {
			return checked.ok ? failure({ kind: 'gone', name }) : checked;
		}
		const { value: connection } = checked;
		const key = await this.#keys.get(former);
		const written = (entry: Entry): Entry =>
			'baseUrl' in patch ? storedEntry(patched(entry, patch), connection) : patched(entry, patch);
		if (!(await this.#splice(name, entry => [written(entry)]))) {
			return failure({ kind: 'gone', name });
		}
		const isKept = key !== undefined && former.origin === connection.origin;
		if (former.name !== connection.name || former.origin !== connection.origin) {
			await (isKept && this.#keys.set(connection, key));
			await this.#keys.clear(former);
			await this.#moveAccount(former, connection);
		}
		if (former.name !== connection.name && this.#default === former.name) {
			await this.#settings.write('connection', connection.name);
		}
		return success({ connection, key: key === undefined ? 'none' : isKept ? 'kept' : 'forgotten' });
	}

	/** Puts a copy of an entry behind it. Its key is copied only when `withKey` says so. */
	async duplicate(name: string, newName: string, withKey: boolean): Promise<Result<Edited, EditProblem>> {
		const former = entryNamed(this.#present, name);
		if (!former) {
			return failure({ kind: 'gone', name });
		}
		const checked = this.#checkEntry(patched(former.entry, { name: newName }), undefined);
		if (!checked.ok) {
			return checked;
		}
		const key = withKey ? await this.#keys.get(former.connection) : undefined;
		if (!(await this.#splice(name, entry => [entry, patched(entry, { name: newName })]))) {
			return failure({ kind: 'gone', name });
		}
		await (key !== undefined && this.#keys.set(checked.value, key));
		return success({ connection: checked.value, key: key === undefined ? 'none' : 'kept' });
	}

	/** Forgets the entry of a connection, then its key, its account, and that it was the default. */
	async remove(name: string): Promise<Result<void, EditProblem>> {
		const former = entryNamed(this.#present, name);
		if (!former) {
			return failure({ kind: 'gone', name });
		}
		// First what can fail: settings that can't be written must not cost the key of a connection that stays.
		await this.#splice(name, () => []);
		await this.#keys.clear(former.connection);
		await this.#accounts.forget(former.connection);
		if (this.#default === name) {
			await this.#settings.write('connection', undefined);
		}
		return success(undefined);
	}

	get #present(): unknown {
		return this.#settings.raw('connections');
	}

	get #default(): string | undefined {
		const value = this.#settings.raw('connection');
		return typeof value === 'string' ? value.trim() : undefined;
	}

	/** @param ownName the name that the entry has now and may keep. */
	#checkEntry(entry: Entry, ownName: string | undefined): Result<Connection, EditProblem> {
		const { connections, problems } = parseConnections([entry]);
		const connection = connections.find(({ kind }) => kind !== 'sandbox');
		if (!connection) {
			return failure({ kind: 'invalid', message: problems.map(({ message }) => message).join(' ') });
		}
		return connection.name !== ownName && isNameTaken(this.#present, connection.name)
			? failure({ kind: 'nameTaken', name: connection.name })
			: success(connection);
	}

	/** Which account signs in belongs to one origin too. */
	async #moveAccount(former: Connection, connection: Connection): Promise<void> {
		const account = this.#accounts.get(former);
		await (account && former.origin === connection.origin && this.#accounts.set(connection, account));
		await this.#accounts.forget(former);
	}

	/** Puts others in the place of an entry, which is looked up at this moment. `false`: it is gone. */
	async #splice(name: string, others: (entry: Entry) => readonly Entry[]): Promise<boolean> {
		const present = this.#present;
		const found = entryNamed(present, name);
		if (!found || !Array.isArray(present)) {
			return false;
		}
		const list: readonly unknown[] = present;
		await this.#settings.write('connections', list.toSpliced(found.index, 1, ...others(found.entry)));
		return true;
	}
}
