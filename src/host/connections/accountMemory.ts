import type { Memento } from 'vscode';
import type { Connection } from '../../core/connection/connection';

/** An account of an authentication provider, as far as it may be written down: no secret. */
export interface KnownAccount {
	readonly id: string;
	readonly label: string;
}

const storageKey = 'imgprompt.accounts';

/** Which account each connection signs in with. Bound to name and origin, as keys are: another address is another decision. */
export class AccountMemory {
	readonly #memento: Memento;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	get(connection: Pick<Connection, 'name' | 'origin'>): KnownAccount | undefined {
		const account = this.#all()[nameOf(connection)];
		return isAccount(account) ? { id: account.id, label: account.label } : undefined;
	}

	async set(connection: Pick<Connection, 'name' | 'origin'>, { id, label }: KnownAccount): Promise<void> {
		await this.#memento.update(storageKey, { ...this.#all(), [nameOf(connection)]: { id, label } });
	}

	/** The next sign-in of the connection is a new decision. */
	async forget(connection: Pick<Connection, 'name' | 'origin'>): Promise<void> {
		const { [nameOf(connection)]: forgotten, ...others } = this.#all();
		await (forgotten !== undefined && this.#memento.update(storageKey, others));
	}

	#all(): Readonly<Record<string, unknown>> {
		const stored = this.#memento.get<unknown>(storageKey);
		return typeof stored === 'object' && stored !== null ? { ...stored } : {};
	}
}

function nameOf({ name, origin }: Pick<Connection, 'name' | 'origin'>): string {
	return `${name}@${origin}`;
}

function isAccount(value: unknown): value is KnownAccount {
	return (
		typeof value === 'object' &&
		value !== null &&
		'id' in value &&
		typeof value.id === 'string' &&
		'label' in value &&
		typeof value.label === 'string'
	);
}
