import type { Price } from '../plan/plan';
import type { RunFailure } from './failure';
import type { PictureSpool, StoredPicture } from './ports';
import type { Cost, ParameterValues, RunResult, Usage } from './runResult';

/** Where the prompt came from, so that «Open Prompt» and «Insert» find the way back. */
export type RunSource =
	| { readonly kind: 'file'; readonly uri: string }
	/** The selection's document; `offset` is the end of the selection, where a link goes. */
	| { readonly kind: 'selection'; readonly uri: string; readonly position: { readonly line: number; readonly character: number } }
	| { readonly kind: 'input' };

/**
 * `claimed`: nothing left yet. `left`: the request may be at the host. `finished`: `result` says how it ended. A record
 * found `claimed` or `left` with a dead owner is settled on the next start: as failed or as uncertain.
 */
export type RunState = 'claimed' | 'left' | 'finished';

/** The contents of `run.json`. `prompt` is absent when the user keeps no prompts. */
export interface RunRecord {
	readonly version: 1;
	readonly runId: string;
	readonly state: RunState;
	/** Which process works on it: a record of a living process is not touched by others. */
	readonly owner: string;
	readonly startedAt: string;
	readonly connection: string;
	readonly hostKind: string;
	/** Origin of the host; empty for the sandbox. */
	readonly host: string;
	readonly model: string;
	readonly operation: 'generate' | 'edit';
	readonly requested: ParameterValues;
	readonly price: Price;
	readonly prompt?: string;
	readonly promptSha256: string;
	readonly source: RunSource;
	readonly output?: string;
	readonly alt?: string;
	readonly notices: readonly string[];
	readonly partials: readonly StoredPicture[];
	readonly pictures: readonly StoredPicture[];
	readonly requestIds: readonly string[];
	readonly result?: Omit<RunResult, 'images'>;
	/** Where pictures were inserted: candidate index and workspace path. */
	readonly accepted?: readonly { readonly index: number; readonly asset: string; readonly at: string }[];
	/** Set with the end: a request was at the host, or may have been. */
	readonly hadLeft?: boolean;
	/** An uncertain run that the user has dealt with. */
	readonly isDismissed?: boolean;
	/** The user wants to keep it, however old it gets. */
	readonly isStarred?: boolean;
}

/** The folder of one run. All changes are on disk when the promise resolves. */
export interface RunFolder {
	readonly runId: string;
	/** Absolute path. */
	readonly path: string;
	readonly spool: PictureSpool;
	/** As it is on disk. */
	readonly record: RunRecord;
	/** Rejects with `StorageError` when the disk refuses; the record on disk is then the one before. */
	update(change: RunRecordChange): Promise<void>;
	/** Absolute path and `file:` URI of a picture of this run. Throws for a name that is no plain file name. */
	locate(fileName: string): { readonly path: string; readonly uri: string };
}

/** What of a record can change after it was made. */
export type RunRecordChange = Partial<Omit<RunRecord, 'version' | 'runId'>>;

/** All runs on disk. */
export interface RunStore {
	/** Makes the folder exclusively and writes `run.json` before it resolves. Rejects with `StorageError` when the disk refuses. */
	create(record: Omit<RunRecord, 'version' | 'owner'>): Promise<RunFolder>;
	/** `undefined` when there is no such run (any more). */
	open(runId: string): Promise<RunFolder | undefined>;
	/** Newest first; `limit` bounds what is read. A damaged record is listed as far as its folder tells. */
	list(limit?: number): Promise<readonly RunRecord[]>;
	/** Settles runs whose process died: `claimed` becomes failed, `left` becomes uncertain. Nothing that arrived is dropped. */
	recover(): Promise<readonly RunRecord[]>;
	/** Runs that may have been billed and wait for the user's decision, newest first. Looks at each decided run only once. */
	undecided(): Promise<readonly RunRecord[]>;
}

/**
 * One line of the monthly ledger. `claim` is written before a request leaves, `settle` when its outcome is known, `accept` when a
 * picture is inserted.
 */
export interface LedgerEntry {
	readonly type: 'claim' | 'settle' | 'accept';
	readonly at: string;
	readonly runId: string;
	readonly connection: string;
	readonly model: string;
	readonly operation?: 'generate' | 'edit';
	readonly size?: string;
	readonly quality?: string;
	readonly n?: number;
	readonly promptSha256?: string;
	readonly prompt?: string;
	/** `claim`: the most that the run may cost. Absent: not known. */
	readonly reservedUsd?: number;
	/** `claim`: the part of it that no estimate holds. */
	readonly reservedUnestimatedUsd?: number;
	readonly status?: string;
	/** Kind of the failure. */
	readonly failure?: string;
	readonly moderation?: RunFailure['moderation'];
	readonly requestIds?: readonly string[];
	readonly usage?: Usage;
	readonly cost?: Cost;
	readonly durationMs?: number;
	readonly attempts?: number;
	/** `accept`: which candidate was put where. */
	readonly index?: number;
	readonly asset?: string;
}

/** Append-only account of what was asked and paid. A torn last line is skipped when read. */
export interface Ledger {
	/** Resolves when the line is on disk. Rejects with `StorageError` when the disk refuses. */
	append(entry: LedgerEntry): Promise<void>;
	/**
	 * The lines of a month (`YYYY-MM`, UTC), oldest first. `since` (ISO time) leaves older lines unread. Rejects with
	 * `StorageError` when the disk refuses.
	 */
	read(month: string, since?: string): Promise<readonly LedgerEntry[]>;
	/**
	 * Appends `entry` unless `objection` to it is found in the lines that were written since `since` (ISO time) in `months`.
	 * That is one step for all windows: no line comes in between. Returns the objection. Rejects with `StorageError` when the
	 * disk refuses, or another window keeps the ledger for itself.
	 */
	appendUnless<T>(
		entry: LedgerEntry,
		lines: { readonly months: readonly string[]; readonly since: string },
		objection: (entries: readonly LedgerEntry[]) => T | undefined,
	): Promise<T | undefined>;
}
