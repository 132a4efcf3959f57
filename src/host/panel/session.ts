import type * as vscode from 'vscode';
import type { PlanOutcome } from '../../core/plan/plan';
import type { RunSnapshot } from '../../core/run/executeRun';
import type { RunFailure } from '../../core/run/failure';
import type { FailureAction } from '../../protocol/messages';

/** What one panel shows: a prompt with its plan, and the newest run of it. */
export interface SessionSnapshot {
	/** Tab title, such as `hero.imgprompt — Image Prompt`. */
	readonly title: string;
	/** The prompt as written, for display. */
	readonly prompt: string;
	/** `undefined` after a reload when the source is gone. */
	readonly outcome?: PlanOutcome;
	readonly run?: RunSnapshot;
	/** Why the newest attempt did not even start (no key, no connection, …); it is shown as failed, in place of `run`. */
	readonly failure?: RunFailure;
	readonly isTrusted: boolean;
	/** No connection of the user's own exists. */
	readonly isFirstRun: boolean;
	readonly canOpenPrompt: boolean;
}

/** The model behind one panel. It outlives the panel's page: hiding, reload and a second run do not end it. */
export interface Session {
	/** Opaque; the page keeps it to find its session after a reload. */
	readonly id: string;
	readonly onDidChange: vscode.Event<void>;
	readonly snapshot: SessionSnapshot;
}

/** What the buttons of a panel do. Every method may reject; the panel shows the message. */
export interface SessionActions {
	generate(session: Session): Promise<void>;
	cancel(runId: string): Promise<void>;
	tryNow(runId: string): Promise<void>;
	/** Asks for alternative text, then writes the asset and the link. */
	insert(session: Session, runId: string, index: number): Promise<void>;
	saveAs(runId: string, index: number): Promise<void>;
	copyLink(session: Session, runId: string, index: number): Promise<void>;
	reveal(runId: string, index: number): Promise<void>;
	openPrompt(session: Session): Promise<void>;
	help(session: Session, action: FailureAction): Promise<void>;
	tryAgain(session: Session, runId: string): Promise<void>;
	dismiss(runId: string): Promise<void>;
	star(runId: string, isStarred: boolean): Promise<void>;
	addConnection(kind: 'openai' | 'azure' | 'compatible' | undefined): Promise<void>;
}

/** Finds the session of a panel that VS Code restores. `undefined`: nothing is known of it any more. */
export interface SessionFinder {
	find(sessionId: string): Promise<Session | undefined>;
}
