import type { Credential } from '../connection/connection';
import type { Plan } from '../plan/plan';
import type { Clock, ImageProvider } from './ports';
import type { Ledger, RunRecord, RunSource, RunStore } from './records';
import type { RunResult } from './runResult';

/** What to run, and on whose account. */
export interface RunRequest {
	readonly plan: Plan;
	readonly credential: Credential;
	readonly source: RunSource;
	/** Deadline of each request. */
	readonly timeoutMs: number;
	/** `false`: neither record nor ledger keeps the prompt's text. */
	readonly keepPrompt: boolean;
}

/** Limits how many requests one connection has under way. */
export interface RequestSlots {
	/** Resolves when a slot is free; the returned function gives it back. Rejects when aborted. */
	acquire(connection: string, limit: number, signal: AbortSignal): Promise<() => void>;
}

export interface RunPorts {
	readonly provider: ImageProvider;
	readonly store: RunStore;
	readonly ledger: Ledger;
	readonly clock: Clock;
	readonly slots: RequestSlots;
	newRunId(): string;
	sha256(text: string): string;
}

/** What a person sees of a run that is under way. */
export interface RunSnapshot {
	readonly record: RunRecord;
	/** Set while the host's rate limit is waited for. `until` is in milliseconds since the epoch. */
	readonly waiting?: { readonly until: number; readonly message: string };
}

/** The strings by which a person holds a run. */
export interface RunControl {
	readonly signal: AbortSignal;
	/** Called with a function that ends a countdown early, and with `undefined` when there is none (any more). */
	onCountdown(tryNow: (() => void) | undefined): void;
	onChange(snapshot: RunSnapshot): void;
}

/**
 * The use case: claim, send once, keep, report. Expected failures are results; only defects are thrown.
 *
 * A request is repeated only if the host provably did not process it.
 */
export declare function executeRun(request: RunRequest, ports: RunPorts, control: RunControl): Promise<RunResult>;
