import * as vscode from 'vscode';
import { parseSettings, type Settings } from './parseSettings';

/**
 * The user's `imgprompt.*` settings as they are now.
 *
 * Only user values are read, never a workspace's: a repository must not decide where a key is sent or what is spent.
 */
export class UserSettings implements vscode.Disposable {
	readonly #changed = new vscode.EventEmitter<void>();
	/** A user setting changed. */
	readonly onDidChange = this.#changed.event;
	readonly #subscription: vscode.Disposable;
	readonly #report: (problem: string) => void;
	readonly #reported = new Set<string>();
	#current: Settings | undefined;

	/** `report` hears of each bad value once. */
	constructor(report: (problem: string) => void) {
		this.#report = report;
		this.#subscription = vscode.workspace.onDidChangeConfiguration(event => {
			if (event.affectsConfiguration('imgprompt')) {
				this.#current = undefined;
				this.#changed.fire();
			}
		});
	}

	get current(): Settings {
		this.#current ??= this.#read();
		return this.#current;
	}

	/** The user's own value as it stands in the settings file, unchecked. */
	raw(key: string): unknown {
		return inspectUserValue(key).own;
	}

	/** Writes a user setting. Rejects when the settings file can't be written. */
	async write(key: 'connections' | 'connection', value: unknown): Promise<void> {
		await vscode.workspace.getConfiguration('imgprompt').update(key, value, vscode.ConfigurationTarget.Global);
		this.#current = undefined;
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#changed.dispose();
	}

	#read(): Settings {
		const settings = parseSettings(inspectUserValue);
		for (const problem of settings.problems.filter(text => !this.#reported.has(text))) {
			this.#reported.add(problem);
			this.#report(problem);
		}
		return settings;
	}
}

function inspectUserValue(key: string) {
	const inspected = vscode.workspace.getConfiguration('imgprompt').inspect(key);
	return { own: inspected?.globalValue, declared: inspected?.defaultValue };
}
