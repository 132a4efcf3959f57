import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { RunRecord, RunStore } from '../../core/run/records';
import type { Session, SessionFinder } from '../panel/session';
import { errorCode } from '../records/recordFiles';
import { originOfRun, sessionKeyOf, type PromptOrigin } from './promptOrigin';
import { PromptSession } from './promptSession';
import type { SessionStore } from './sessionStore';

/** How many sessions without a panel stay in memory, for panels that are opened again. */
const rememberedSessions = 20;

/** What a registry needs besides the disk. */
export interface SessionRegistryPorts {
	/** The user's setting: prompts may be written down. */
	keepsPrompts(): boolean;
	/** Called with each session whose run another process may still work on. */
	followRun(session: PromptSession): void;
	/** Hears why a session could not be written down. */
	reportError(error: unknown): void;
	/** Resolves when the runs of dead windows have their true state. */
	readonly recovered: Promise<void>;
}

/** All sessions of this window, and the ones of panels that VS Code restores. */
export class SessionRegistry implements SessionFinder, vscode.Disposable {
	readonly #sessions = new Map<string, PromptSession>();
	/** Ids of sessions whose panel was closed, oldest first. */
	readonly #closed = new Set<string>();
	readonly #store: SessionStore;
	readonly #runs: RunStore;
	readonly #ports: SessionRegistryPorts;

	constructor(store: SessionStore, runs: RunStore, ports: SessionRegistryPorts) {
		this.#store = store;
		this.#runs = runs;
		this.#ports = ports;
	}

	/**
	 * The session for a prompt: the one that already shows its file or document, or a new one. A session that is at work on
	 * another text of the same document, or another input, is not taken away from it.
	 */
	async open(origin: PromptOrigin): Promise<PromptSession> {
		const candidates = this.all.filter(session => sessionKeyOf(session.origin) === sessionKeyOf(origin));
		const existing = candidates.find(session => isSamePrompt(session.origin, origin)) ?? candidates.find(({ underWay }) => !underWay);
		const session = existing ?? new PromptSession(randomUUID(), origin);
		existing?.setOrigin(origin);
		this.#sessions.set(session.id, session);
		this.#closed.delete(session.id);
		await this.keep(session);
		return session;
	}

	/**
	 * The session that shows a run from the disk: the one that does already, else an idle one of the same prompt, else a new one.
	 * What is under way stays on its panel.
	 */
	async openRun(record: RunRecord): Promise<PromptSession> {
		const origin = originOfRun(record);
		const idle = this.all.filter(({ underWay, run }) => !underWay && run?.record.state !== 'left' && run?.record.state !== 'claimed');
		const session =
			this.ofRun(record.runId) ??
			idle.find(each => sessionKeyOf(each.origin) === sessionKeyOf(origin)) ??
			new PromptSession(randomUUID(), origin);
		this.#sessions.set(session.id, session);
		this.#closed.delete(session.id);
		if (session.run?.record.runId !== record.runId) {
			session.setOrigin(origin);
			session.setRun({ record });
			this.#ports.followRun(session);
		}
		await this.keep(session);
		return session;
	}

	/** The panel of a session was closed. Of those, only the last few are kept in memory; all are on disk. */
	closed({ id }: Pick<Session, 'id'>): void {
		this.#closed.delete(id);
		this.#closed.add(id);
		const idle = [...this.#closed].filter(each => !this.#sessions.get(each)?.underWay);
		for (const old of idle.slice(0, Math.max(0, idle.length - rememberedSessions))) {
			this.#closed.delete(old);
			this.#sessions.get(old)?.dispose();
			this.#sessions.delete(old);
		}
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
		await this.#ports.recovered;
		const session = new PromptSession(sessionId, stored.origin);
		const folder = stored.runId === undefined ? undefined : await this.#runs.open(stored.runId);
		if (folder) {
			session.setRun({ record: folder.record });
			this.#ports.followRun(session);
		}
		this.#sessions.set(sessionId, session);
		await this.keep(session);
		return session;
	}

	/**
	 * Writes down what a restored panel needs: the way to the prompt, and the newest run. A disk that refuses is only
	 * reported: the run, which may be paid for, goes on.
	 */
	async keep(session: PromptSession): Promise<void> {
		const runId = session.run?.record.runId;
		try {
			await this.#store.write(session.id, {
				version: 1,
				origin: this.#ports.keepsPrompts() ? session.origin : withoutPrompt(session.origin),
				...(runId === undefined ? {} : { runId }),
			});
		} catch (error) {
			if (errorCode(error) === undefined) {
				throw error;
			}
			this.#ports.reportError(error);
		}
	}

	dispose(): void {
		for (const session of this.#sessions.values()) {
			session.dispose();
		}
		this.#sessions.clear();
	}
}

function isSamePrompt(one: PromptOrigin, other: PromptOrigin): boolean {
	return one.kind === 'file' || JSON.stringify(one) === JSON.stringify(other);
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
