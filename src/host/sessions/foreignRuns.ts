import type { Clock } from '../../core/run/ports';
import type { RunRecord, RunStore } from '../../core/run/records';

/** First and longest time between two looks, in milliseconds. */
const firstLookMs = 500;
const longestWaitMs = 30_000;

/** What shows a run. */
export interface RunView {
	readonly run: { readonly record: RunRecord } | undefined;
	/** Does nothing when another run is shown meanwhile. */
	showRecord(record: RunRecord): void;
}

/**
 * Follows runs that were under way in another process when this one found them: the window's former extension host may
 * take a while to end, and what it still writes must not look like a run that never ends.
 */
export class ForeignRuns {
	readonly #runs: RunStore;
	readonly #recover: () => Promise<unknown>;
	readonly #clock: Clock;
	readonly #end = new AbortController();

	/** `recover` settles the runs of processes that are dead by now. */
	constructor(runs: RunStore, recover: () => Promise<unknown>, clock: Clock) {
		this.#runs = runs;
		this.#recover = recover;
		this.#clock = clock;
	}

	/** Resolves when the shown run is finished, gone or no longer shown, or when this is disposed. */
	async follow(view: RunView): Promise<void> {
		const shown = view.run?.record;
		for (let waitMs = firstLookMs; shown && isOpen(view, shown.runId); waitMs = Math.min(waitMs * 2, longestWaitMs)) {
			if (!(await this.#pause(waitMs))) {
				return;
			}
			await this.#recover();
			const folder = await this.#runs.open(shown.runId);
			if (!folder) {
				return;
			}
			view.showRecord(folder.record);
		}
	}

	dispose(): void {
		this.#end.abort();
	}

	async #pause(ms: number): Promise<boolean> {
		try {
			await this.#clock.sleep(ms, this.#end.signal);
			return true;
		} catch (error) {
			if (this.#end.signal.aborted) {
				return false;
			}
			throw error;
		}
	}
}

function isOpen({ run }: RunView, runId: string): boolean {
	return run?.record.runId === runId && run.record.state !== 'finished';
}
