import type { RunRecord } from './records';

/** Whether the user has still to decide about a run: it may have been billed, and nobody here can know. */
export function isUndecided({ state, result, isDismissed }: Pick<RunRecord, 'state' | 'result' | 'isDismissed'>): boolean {
	return state === 'finished' && result?.status === 'uncertain' && isDismissed !== true;
}
