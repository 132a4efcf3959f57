import type { RunningRuns } from '../generation/runningRuns';
import type { Command } from './command';

/** `imgprompt.cancel(runId?)`: cancels one run, or all of this window when nothing is named. Returns how many. */
export function cancelCommand(running: RunningRuns): Command {
	return {
		id: 'imgprompt.cancel',
		execute: async (runId: unknown) => (runId === undefined || typeof runId === 'string' ? running.cancel(runId) : 0),
	};
}
