import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { DisposableStore } from '../lifecycle';
import { lostSession } from './lostSession';
import type { Session, SessionFinder } from './session';
import { SessionPanel, webviewOptions, type PanelSurroundings } from './sessionPanel';

/** View type of the panels, also the name under which VS Code restores them. */
export const panelViewType = 'imgprompt.panel';

/** Where a new panel opens: beside the active editor, or in its group. */
export type PanelLocation = 'beside' | 'active';

/** What the page keeps by VS Code's `setState`. Only the session's id concerns the host. */
const keptState = z.object({ sessionId: z.string().check(z.minLength(1), z.maxLength(100)) });

/** Opens, finds and restores panels: one per session, none of them kept alive while hidden. */
export class PanelManager implements vscode.Disposable {
	readonly #around: PanelSurroundings;
	readonly #finder: SessionFinder;
	readonly #location: () => PanelLocation;
	readonly #disposables = new DisposableStore();
	readonly #changedActive = this.#disposables.add(new vscode.EventEmitter<Session | undefined>());
	readonly #closed = this.#disposables.add(new vscode.EventEmitter<Session>());
	readonly #panels = new Map<string, SessionPanel>();
	#activeSession: Session | undefined;

	/** Fires when another panel, or none, has the focus. */
	readonly onDidChangeActive = this.#changedActive.event;
	/** The panel of a session was closed. */
	readonly onDidClose = this.#closed.event;

	constructor(around: PanelSurroundings, finder: SessionFinder, location: () => PanelLocation) {
		this.#around = around;
		this.#finder = finder;
		this.#location = location;
	}

	/** The session whose panel is the active editor tab. */
	get activeSession(): Session | undefined {
		return this.#activeSession;
	}

	/** Sessions that have a panel now, hidden ones too. */
	get openSessions(): readonly Session[] {
		return [...this.#panels.values()].map(({ session }) => session);
	}

	/** Reveals the panel of `session`, or opens one. */
	show(session: Session, { preserveFocus = false }: { readonly preserveFocus?: boolean } = {}): void {
		const open = this.#panels.get(session.id);
		if (open) {
			open.panel.reveal(undefined, preserveFocus);
			return;
		}
		const viewColumn = this.#location() === 'beside' ? this.#columnBeside() : vscode.ViewColumn.Active;
		const options = { ...webviewOptions(this.#around), retainContextWhenHidden: false };
		this.#adopt(
			session,
			vscode.window.createWebviewPanel(panelViewType, session.snapshot.title, { viewColumn, preserveFocus }, options),
		);
	}

	/**
	 * For VS Code's serializer: gives a panel of an earlier window its session back, and returns it. Sends nothing to any host.
	 * `undefined`: the panel was closed meanwhile, or is one too many.
	 */
	async restore(panel: vscode.WebviewPanel, state: unknown): Promise<Session | undefined> {
		const kept = keptState.safeParse(state);
		const closing = new AbortController();
		const subscription = panel.onDidDispose(() => closing.abort());
		const found = kept.success ? await this.#finder.find(kept.data.sessionId) : undefined;
		subscription.dispose();
		if (closing.signal.aborted) {
			return undefined;
		}
		const session = found ?? lostSession(kept.success ? kept.data.sessionId : 'unknown', panel.title);
		if (this.#panels.has(session.id)) {
			panel.dispose();
			return undefined;
		}
		this.#adopt(session, panel);
		return session;
	}

	dispose(): void {
		for (const panel of [...this.#panels.values()]) {
			panel.dispose();
		}
		this.#disposables.dispose();
	}

	/** The group in which panels already are, unless the prompt itself is there: not every prompt needs a column of its own. */
	#columnBeside(): vscode.ViewColumn {
		const active = vscode.window.activeTextEditor?.viewColumn;
		const columns = [...this.#panels.values()].map(({ panel }) => panel.viewColumn);
		return columns.findLast(column => column !== undefined && column !== active) ?? vscode.ViewColumn.Beside;
	}

	#adopt(session: Session, panel: vscode.WebviewPanel): void {
		const open = new SessionPanel(session, panel, this.#around);
		this.#panels.set(session.id, open);
		panel.onDidChangeViewState(() => this.#updateActive());
		panel.onDidDispose(() => {
			this.#panels.delete(session.id);
			open.dispose();
			this.#updateActive();
			this.#closed.fire(session);
		});
		this.#updateActive();
	}

	#updateActive(): void {
		const active = [...this.#panels.values()].find(({ panel }) => panel.active)?.session;
		if (active !== this.#activeSession) {
			this.#activeSession = active;
			this.#changedActive.fire(active);
		}
	}
}
