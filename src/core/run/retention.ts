import { isUndecided } from './isUndecided';
import type { RunRecord } from './records';

/** How much is kept of what nobody asked to keep. Absent: as much as there is. */
export interface RetentionLimits {
	readonly maxRuns?: number;
	/** All files of all runs together. */
	readonly maxBytes?: number;
}

/** A run and what it takes on the disk. */
export interface WeighedRun {
	readonly runId: string;
	readonly bytes: number;
}

/** Why a run stays, however old it gets. */
export type KeepReason = 'unfinished' | 'undecided' | 'starred' | 'accepted';

/** So many of the newest runs stay in any case: what was just made does not go because all that is older is to be kept. */
export const newestKept = 10;

/** `undefined`: the run may go when there are too many. */
export function keepReason(record: RunRecord): KeepReason | undefined {
	if (record.state !== 'finished') {
		return 'unfinished';
	}
	if (isUndecided(record)) {
		return 'undecided';
	}
	if (record.isStarred === true) {
		return 'starred';
	}
	return record.accepted?.length ? 'accepted' : undefined;
}

/**
 * Removes runs, the oldest first, until both limits hold or none is left that may go. `runs` come newest first; `tryRemove`
 * is asked only for as many as needed, and says `false` of one that has to stay. Returns the ids of those that went.
 */
export async function pruneRuns(
	runs: readonly WeighedRun[],
	limits: RetentionLimits,
	tryRemove: (runId: string) => Promise<boolean>,
): Promise<readonly string[]> {
	const { maxRuns = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = limits;
	const removed: string[] = [];
	let count = runs.length;
	let bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
	for (const run of runs.slice(Math.min(newestKept, maxRuns)).reverse()) {
		if (count <= maxRuns && bytes <= maxBytes) {
			break;
		}
		if (await tryRemove(run.runId)) {
			removed.push(run.runId);
			count--;
			bytes -= run.bytes;
		}
	}
	return removed;
}
