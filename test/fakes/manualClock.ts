import type { Clock } from '../../src/core/run/ports';

interface Sleeper {
	readonly until: number;
	readonly wake: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
	#now: number;
	readonly #sleepers = new Set<Sleeper>();

	constructor(start = Date.UTC(2026, 10, 20, 9, 30, 11)) {
		this.#now = start;
	}

	/** How many sleep now. */
	get sleepers(): number {
		return this.#sleepers.size;
	}

	now(): number {
		return this.#now;
	}

	sleep(ms: number, signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const sleeper: Sleeper = {
				until: this.#now + ms,
				wake: () => {
					this.#sleepers.delete(sleeper);
					resolve();
				},
			};
			this.#sleepers.add(sleeper);
			signal.addEventListener('abort', () => {
				this.#sleepers.delete(sleeper);
				reject(signal.reason as Error);
			});
		});
	}

	/** Moves time, wakes whoever is due, and lets them run on. */
	async advance(ms: number): Promise<void> {
		this.#now += ms;
		[...this.#sleepers].filter(({ until }) => until <= this.#now).forEach(({ wake }) => wake());
		await settled();
	}
}

/** Lets everything run on that waits for nothing but its turn. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) {
		await new Promise(resolve => setImmediate(resolve));
	}
}
