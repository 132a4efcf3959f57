import type { Clock } from '../../core/run/ports';
import type { RetentionLimits } from '../../core/run/retention';
import type { Retention } from './retention';

/** How long a window is left in peace after what gave the occasion, in milliseconds. */
const restMs = 3000;

/** What the removal in the background needs. */
export interface BackgroundRetentionPorts {
	readonly clock: Clock;
	/** The user's limits at this moment. */
	limits(): RetentionLimits;
	/** Hears which runs were removed, when some were. */
	report(removed: readonly string[]): void;
	reportError(error: unknown): void;
}

/** Removes old runs a while after `schedule` was called; several calls in that while are one occasion. */
export class BackgroundRetention {
	readonly #retention: Retention;
	readonly #ports: BackgroundRetentionPorts;
	readonly #end = new AbortController();
	#isScheduled = false;
	#turn: Promise<void> = Promise.resolve();

	constructor(retention: Retention, ports: BackgroundRetentionPorts) {
		this.#retention = retention;
		this.#ports = ports;
	}

	/** Cheap: call it whenever a run has ended. Resolves when what was scheduled is done; never rejects. */
	schedule(): Promise<void> {
		if (!this.#isScheduled && !this.#end.signal.aborted) {
			this.#isScheduled = true;
			this.#turn = this.#turn.then(() => this.#prune());
		}
		return this.#turn;
	}

	dispose(): void {
		this.#end.abort();
	}

	async #prune(): Promise<void> {
		try {
			await this.#ports.clock.sleep(restMs, this.#end.signal);
			this.#isScheduled = false;
			const removed = await this.#retention.prune(this.#ports.limits());
			if (removed.length > 0) {
				this.#ports.report(removed);
			}
		} catch (error) {
			this.#isScheduled = false;
			// A window that closes leaves the rest to the next one; a disk that refuses is only reported, for nobody waits.
			if (!this.#end.signal.aborted) {
				this.#ports.reportError(error);
			}
		}
	}
}
