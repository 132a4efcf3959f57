import * as vscode from 'vscode';
import { isFromPerson, type Command } from './command';
import { showError } from '../notice/notice';

/** Runs commands by id. What one of them throws is logged with its stack and shown once; callers in code get it too. */
export class CommandRegistry {
	readonly #commands: ReadonlyMap<string, Command>;
	readonly #log: vscode.LogOutputChannel;

	constructor(commands: readonly Command[], log: vscode.LogOutputChannel) {
		this.#commands = new Map(commands.map(command => [command.id, command]));
		this.#log = log;
	}

	/** The ids, for the test that compares them with the manifest. */
	get ids(): readonly string[] {
		return [...this.#commands.keys()];
	}

	async execute(id: string, args: readonly unknown[]): Promise<unknown> {
		const command = this.#commands.get(id);
		if (!command) {
			throw new Error(`No command ${id} exists.`);
		}
		try {
			return await command.execute(...args);
		} catch (error) {
			if (isFromPerson(args)) {
				reportUnexpected(error, this.#log);
				return undefined;
			}
			this.#log.error(error instanceof Error ? error : String(error));
			throw error;
		}
	}
}

/** Logs what should not have happened, and shows one sentence and a way to the log. */
export function reportUnexpected(error: unknown, log: vscode.LogOutputChannel): void {
	log.error(error instanceof Error ? error : String(error));
	const showLog = vscode.l10n.t('Show Log');
	const reason = error instanceof Error ? error.message : String(error);
	void showError(vscode.l10n.t('Image Prompt: {0}', reason), showLog).then(chosen => {
		if (chosen === showLog) {
			log.show();
		}
	});
}
