/** Milliseconds of work after which others get their turn. */
const sliceMs = 6;

/** Thrown where a signal ends work in its middle. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}

/** Splits long work of ours into pieces between which the event loop runs and a person can cancel. */
export class Turns {
	readonly #signal: AbortSignal;
	#since = performance.now();

	constructor(signal: AbortSignal) {
		this.#signal = signal;
	}

	/** To be awaited when it is not `undefined`. Throws a `StoppedError` when the work is not wanted any more. */
	next(): Promise<void> | undefined {
		this.#check();
		return performance.now() - this.#since < sliceMs ? undefined : this.#giveWay();
	}

	async #giveWay(): Promise<void> {
		await new Promise<void>(resolve => setImmediate(resolve));
		this.#since = performance.now();
		this.#check();
	}

	#check(): void {
		if (this.#signal.aborted) {
			throw new StoppedError();
		}
	}
}
