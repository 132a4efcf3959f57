import * as vscode from 'vscode';

interface RunningRun {
	readonly abort: AbortController;
	tryNow: (() => void) | undefined;
}

/** The runs of this window that are under way, by id: what Cancel and Try Now reach. */
export class RunningRuns implements vscode.Disposable {
	readonly #runs = new Map<string, RunningRun>();
	readonly #changed = new vscode.EventEmitter<void>();
	/** A run began, can be seen, or ended. */
	readonly onDidChange = this.#changed.event;

	get size(): number {
		return this.#runs.size;
	}

	has(runId: string): boolean {
		return this.#runs.has(runId);
	}

	/** Holds `work` under `runId` as long as it lasts. */
	async hold<T>(
		runId: string,
		work: (signal: AbortSignal, onCountdown: (tryNow: (() => void) | undefined) => void) => Promise<T>,
	): Promise<T> {
		const run: RunningRun = { abort: new AbortController(), tryNow: undefined };
		this.#runs.set(runId, run);
		this.#changed.fire();
		try {
			return await work(run.abort.signal, tryNow => (run.tryNow = tryNow));
		} finally {
			this.#runs.delete(runId);
			this.#changed.fire();
		}
	}

	/** A run that is held is now known to its session. */
	announce(): void {
		this.#changed.fire();
	}

	/** Cancels one run, or all when no id is given. Returns how many were asked to end. */
	cancel(runId?: string): number {
		const runs = [...this.#runs].filter(([id]) => runId === undefined || id === runId);
		for (const [, run] of runs) {
			run.abort.abort();
		}
		return runs.length;
	}

	/** Ends the countdown of a run that waits for a rate limit. */
	tryNow(runId: string): void {
		this.#runs.get(runId)?.tryNow?.();
	}

	/** Cancels what is under way: the window is closing. */
	dispose(): void {
		this.cancel();
		this.#changed.dispose();
	}
}
