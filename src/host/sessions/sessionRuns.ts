import type * as vscode from 'vscode';
import type { RunningRuns } from '../generation/runningRuns';
import type { DocumentRuns } from '../language/codeLens';
import type { SessionRegistry } from './sessionRegistry';

/** Tells the editor which prompt files have a run under way. */
export class SessionRuns implements DocumentRuns {
	readonly onDidChange: vscode.Event<void>;
	readonly #sessions: SessionRegistry;
	readonly #running: RunningRuns;

	constructor(sessions: SessionRegistry, running: RunningRuns) {
		this.#sessions = sessions;
		this.#running = running;
		this.onDidChange = running.onDidChange;
	}

	runningRunOf(uri: vscode.Uri): string | undefined {
		return this.#sessions.runsOf(uri.toString()).find(runId => this.#running.has(runId));
	}
}
