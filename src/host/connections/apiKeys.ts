import type { SecretStorage } from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { Result } from '../../core/result';
import { parseApiKey, type ApiKeyProblem } from './apiKey';

type Holder = Pick<Connection, 'name' | 'origin'>;

/**
 * API keys in the secret storage, each bound to the connection and origin that it was given for: a connection whose
 * address changes finds nothing.
 */
export class ApiKeys {
	readonly #secrets: SecretStorage;

	constructor(secrets: SecretStorage) {
		this.#secrets = secrets;
	}

	async get(connection: Holder): Promise<string | undefined> {
		const key = connection.origin === '' ? undefined : await this.#secrets.get(storageKey(connection));
		return key === '' ? undefined : key;
	}

	async has(connection: Holder): Promise<boolean> {
		return (await this.get(connection)) !== undefined;
	}

	/** Stores `text` trimmed, or says why it can't be a key. */
	async set(connection: Holder, text: string): Promise<Result<string, ApiKeyProblem>> {
		const key = parseApiKey(text);
		if (key.ok) {
			await this.#secrets.store(storageKey(connection), key.value);
		}
		return key;
	}

	async clear(connection: Holder): Promise<void> {
		await this.#secrets.delete(storageKey(connection));
	}
}

/** An origin holds no `@`, so that no name can be chosen to point at another origin's key. */
function storageKey({ name, origin }: Holder): string {
	return `imgprompt.key:${name}@${origin}`;
}
