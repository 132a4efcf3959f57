import * as vscode from 'vscode';
import type { SessionPlans } from '../generation/sessionPlans';
import { DisposableStore } from '../lifecycle';
import type { PromptPlans } from '../language/promptPlans';
import type { PromptSession } from './promptSession';
import type { SessionRegistry } from './sessionRegistry';

/** How long typing must rest before a panel follows it. */
const restMs = 200;

/** Keeps what panels say of price and problems true while files, settings and trust change. Sends nothing. */
export class SessionRefresher implements vscode.Disposable {
	readonly #sessions: SessionRegistry;
	readonly #sessionPlans: SessionPlans;
	readonly #reportError: (error: unknown) => void;
	readonly #disposables = new DisposableStore();
	readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

	constructor(sessions: SessionRegistry, sessionPlans: SessionPlans, plans: PromptPlans, reportError: (error: unknown) => void) {
		this.#sessions = sessions;
		this.#sessionPlans = sessionPlans;
		this.#reportError = reportError;
		this.#disposables.add(plans.onDidChange(() => this.refreshAll()));
		this.#disposables.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.refreshAll()));
		this.#disposables.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#follow(document.uri.toString())));
	}

	/** Plans every session anew. */
	refreshAll(): void {
		for (const session of this.#sessions.all) {
			this.#refresh(session);
		}
	}

	dispose(): void {
		for (const timer of this.#timers.values()) {
			clearTimeout(timer);
		}
		this.#disposables.dispose();
	}

	#follow(uri: string): void {
		for (const session of this.#sessions.all) {
			if (session.origin.kind === 'file' && session.origin.uri === uri) {
				clearTimeout(this.#timers.get(session.id));
				this.#timers.set(
					session.id,
					setTimeout(() => this.#refresh(session), restMs),
				);
			}
		}
	}

	#refresh(session: PromptSession): void {
		this.#sessionPlans.plan(session, { isInteractive: false }).catch(this.#reportError);
	}
}
