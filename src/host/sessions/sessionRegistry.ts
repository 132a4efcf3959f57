import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { RunStore } from '../../core/run/records';
import type { Session, SessionFinder } from '../panel/session';
import { sessionKeyOf, type PromptOrigin } from './promptOrigin';
import { PromptSession } from './promptSession';
import type { SessionStore } from './sessionStore';

/** All sessions of this window, and the ones of panels that VS Code restores. */
export class SessionRegistry implements SessionFinder, vscode.Disposable {
	readonly #sessions = new Map<string, PromptSession>();
	readonly #store: SessionStore;
	readonly #runs: RunStore;
	readonly #keepsPrompts: () => boolean;

	/** Resolves when the runs of dead windows have their true state. */
	readonly #recovered: Promise<void>;

	constructor(store: SessionStore, runs: RunStore, keepsPrompts: () => boolean, recovered: Promise<void>) {
		this.#recovered = recovered;
		this.#store = store;
		this.#runs = runs;
		this.#keepsPrompts = keepsPrompts;
	}

	/** The session for a prompt: the one that already shows its file or document, or a new one. */
	async open(origin: PromptOrigin): Promise<PromptSession> {
		const key = sessionKeyOf(origin);
		const existing = [...this.#sessions.values()].find(session => sessionKeyOf(session.origin) === key);
		if (existing) {
			existing.setOrigin(origin);
			await this.keep(existing);
			return existing;
		}
		const session = new PromptSession(randomUUID(), origin);
		this.#sessions.set(session.id, session);
		await this.keep(session);
		return session;
	}

	get all(): readonly PromptSession[] {
		return [...this.#sessions.values()];
	}

	/** The session behind a panel. Throws for the stand-in of a panel whose session is lost. */
	known({ id }: Pick<Session, 'id'>): PromptSession {
		const session = this.#sessions.get(id);
		if (!session) {
			throw new Error(vscode.l10n.t('Nothing is known of this panel any more. Close it, and start from the prompt.'));
		}
		return session;
	}

	/** The session whose newest run is `runId`. */
	ofRun(runId: string): PromptSession | undefined {
		return [...this.#sessions.values()].find(session => session.run?.record.runId === runId);
	}

	/** Newest runs of the sessions that show the prompt file `uri`. */
	runsOf(uri: string): readonly string[] {
		return [...this.#sessions.values()].flatMap(({ origin, run }) =>
			origin.kind === 'file' && origin.uri === uri && run ? [run.record.runId] : [],
		);
	}

	async find(sessionId: string): Promise<PromptSession | undefined> {
		const known = this.#sessions.get(sessionId);
		if (known) {
			return known;
		}
		const stored = await this.#store.read(sessionId);
		if (!stored) {
			return undefined;
		}
		const session = new PromptSession(sessionId, stored.origin);
		await this.#recovered;
		const folder = stored.runId === undefined ? undefined : await this.#runs.open(stored.runId);
		if (folder) {
			session.setRun({ record: folder.record });
		}
		this.#sessions.set(sessionId, session);
		await this.keep(session);
		return session;
	}

	/** Writes down what a restored panel needs: the way to the prompt, and the newest run. */
	async keep(session: PromptSession): Promise<void> {
		const runId = session.run?.record.runId;
		await this.#store.write(session.id, {
			version: 1,
			origin: this.#keepsPrompts() ? session.origin : withoutPrompt(session.origin),
			...(runId === undefined ? {} : { runId }),
		});
	}

	dispose(): void {
		for (const session of this.#sessions.values()) {
			session.dispose();
		}
		this.#sessions.clear();
	}
}

/** For users who keep no prompts: what remains still leads to the document. */
function withoutPrompt(origin: PromptOrigin): PromptOrigin {
	switch (origin.kind) {
		case 'file':
			return origin;
		case 'fence':
			return { ...origin, text: '' };
		case 'values':
			return { ...origin, values: {} };
	}
}
