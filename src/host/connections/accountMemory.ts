import type { Memento } from 'vscode';
import type { Connection } from '../../core/connection/connection';

/** An account of an authentication provider, as far as it may be written down: no secret. */
export interface KnownAccount {
	readonly id: string;
	readonly label: string;
}

const storageKey = 'imgprompt.accounts';
const approvalsKey = 'imgprompt.tokenRecipients';

/**
 * Which account each connection signs in with, and for which scope a person has allowed it to send tokens to a host that is not Microsoft's.
 * Bound to name and origin, as keys are: another address is another decision.
 */
export class AccountMemory {
	readonly #memento: Memento;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	get(connection: Pick<Connection, 'name' | 'origin'>): KnownAccount | undefined {
		const account = this.#all(storageKey)[nameOf(connection)];
		return isAccount(account) ? { id: account.id, label: account.label } : undefined;
	}

	async set(connection: Pick<Connection, 'name' | 'origin'>, { id, label }: KnownAccount): Promise<void> {
		await this.#memento.update(storageKey, { ...this.#all(storageKey), [nameOf(connection)]: { id, label } });
	}

	/** Whether a person has allowed the host of the connection to get tokens for `scope`. */
	isApproved(connection: Pick<Connection, 'name' | 'origin'>, scope: string): boolean {
		return this.#all(approvalsKey)[nameOf(connection)] === scope;
	}

	/** A person has allowed it; for another scope, they are asked again. */
	async approve(connection: Pick<Connection, 'name' | 'origin'>, scope: string): Promise<void> {
		await this.#memento.update(approvalsKey, { ...this.#all(approvalsKey), [nameOf(connection)]: scope });
	}

	/** The next sign-in of the connection is a new decision, and so is where its tokens go. */
	async forget(connection: Pick<Connection, 'name' | 'origin'>): Promise<void> {
		for (const key of [storageKey, approvalsKey]) {
			const { [nameOf(connection)]: forgotten, ...others } = this.#all(key);
			await (forgotten !== undefined && this.#memento.update(key, others));
		}
	}

	#all(key: string): Readonly<Record<string, unknown>> {
		const stored = this.#memento.get<unknown>(key);
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
