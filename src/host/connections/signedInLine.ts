import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { KnownAccounts } from './authState';
import type { Connections } from './connections';

/** Who signs in with a connection: a line for the tooltip, known a moment after it was asked for. Nothing comes up. */
export class SignedInLine implements vscode.Disposable {
	readonly #accounts: KnownAccounts;
	readonly #changed = new vscode.EventEmitter<void>();
	/** The line of the connection that was asked for last may be another one. */
	readonly onDidChange = this.#changed.event;
	readonly #subscription: vscode.Disposable;
	/** Absent: to be asked anew. */
	#connection: Connection | undefined;
	#text: string | undefined;

	constructor(connections: Pick<Connections, 'onDidChange'>, accounts: KnownAccounts) {
		this.#accounts = accounts;
		this.#subscription = connections.onDidChange(() => {
			this.#connection = undefined;
			// Whoever shows the line may have heard of the change before us, and has to ask anew.
			this.#changed.fire();
		});
	}

	/** `undefined`: the connection takes no Microsoft account, or it is not known yet who it is. */
	textFor(connection: Connection): string | undefined {
		if (connection.auth !== 'microsoft') {
			return undefined;
		}
		if (connection !== this.#connection) {
			this.#connection = connection;
			this.#text = undefined;
			void this.#ask(connection);
		}
		return this.#text;
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	async #ask(connection: Connection): Promise<void> {
		const account = await this.#accounts.accountOf(connection);
		// Meanwhile another connection may be in force, or somebody may have signed out.
		if (connection === this.#connection) {
			this.#text = account === undefined ? vscode.l10n.t('Nobody is signed in') : vscode.l10n.t('Signed in as {0}', account);
			this.#changed.fire();
		}
	}
}
