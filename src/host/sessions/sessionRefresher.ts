import * as vscode from 'vscode';
import type { SessionPlans } from '../generation/sessionPlans';
import { DisposableStore } from '../lifecycle';
import type { PromptPlans } from '../language/promptPlans';
import type { PromptSession } from './promptSession';

/** How long typing must rest before a panel follows it. */
const restMs = 200;

/** Keeps what panels say of price and problems true while files, settings and trust change. Sends nothing. */
export class SessionRefresher implements vscode.Disposable {
	readonly #shown: () => readonly PromptSession[];
	readonly #sessionPlans: SessionPlans;
	readonly #reportError: (error: unknown) => void;
	readonly #disposables = new DisposableStore();
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

	/** `shown`: the sessions that have a panel; the others are planned anew when they get one. */
	constructor(
		shown: () => readonly PromptSession[],
		sessionPlans: SessionPlans,
		plans: PromptPlans,
		reportError: (error: unknown) => void,
	) {
		this.#shown = shown;
		this.#sessionPlans = sessionPlans;
		this.#reportError = reportError;
		this.#disposables.add(plans.onDidChange(() => this.#refreshAll()));
		this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refreshAll()));
		this.#disposables.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#follow(document.uri.toString())));
	}

	/** Plans one session anew. */
	refresh(session: PromptSession): void {
		this.#sessionPlans.plan(session, { isInteractive: false }).catch(this.#reportError);
	}

	dispose(): void {
		for (const timer of this.#timers.values()) {
			clearTimeout(timer);
		}
		this.#disposables.dispose();
	}

	#refreshAll(): void {
		for (const session of this.#shown()) {
			this.refresh(session);
		}
	}

	#follow(uri: string): void {
		for (const session of this.#shown().filter(({ origin }) => origin.kind === 'file' && origin.uri === uri)) {
			clearTimeout(this.#timers.get(session.id));
			const refresh = (): void => {
				this.#timers.delete(session.id);
				this.refresh(session);
			};
			this.#timers.set(session.id, setTimeout(refresh, restMs));
		}
	}
}
