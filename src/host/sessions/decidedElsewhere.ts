import { isUndecided } from '../../core/run/isUndecided';
import type { RunStore } from '../../core/run/records';
import type { RunView } from './foreignRuns';

/** Shows anew the runs that `views` still show as undecided although another window has decided about them. */
export async function showDecidedElsewhere(views: readonly RunView[], undecided: readonly string[], runs: RunStore): Promise<void> {
	for (const view of views) {
		const shown = view.run?.record;
		if (shown && isUndecided(shown) && !undecided.includes(shown.runId)) {
			const folder = await runs.open(shown.runId);
			if (folder) {
				view.showRecord(folder.record);
			}
		}
	}
}
