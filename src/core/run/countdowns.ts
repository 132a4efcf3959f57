import type { RunSnapshot } from './executeRun';
import type { Clock } from './ports';

type Waiting = NonNullable<RunSnapshot['waiting']>;

/** The waits of one run. A person sees the one that ends first, and ends all of them with «Try Now». */
export class Countdowns {
	readonly #clock: Clock;
	readonly #onChange: (earliest: Waiting | undefined, tryNow: (() => void) | undefined) => void;
	readonly #waits = new Map<AbortController, Waiting>();

	constructor(clock: Clock, onChange: (earliest: Waiting | undefined, tryNow: (() => void) | undefined) => void) {
		this.#clock = clock;
		this.#onChange = onChange;
	}

	/** Resolves when the time is over or a person does not want to wait. Rejects with the signal's reason when aborted. */
	async wait(ms: number, message: string, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const impatience = new AbortController();
		const onAbort = () => impatience.abort(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
		this.#waits.set(impatience, { until: this.#clock.now() + ms, message });
		this.#tell();
		try {
			await this.#clock.sleep(ms, impatience.signal);
		} catch (error) {
			signal.throwIfAborted();
			// A sleep that a person ended is a sleep that is over.
			if (!impatience.signal.aborted) {
				throw error;
			}
		} finally {
			signal.removeEventListener('abort', onAbort);
			this.#waits.delete(impatience);
			this.#tell();
		}
	}

	#tell(): void {
		const [earliest] = [...this.#waits.values()].sort((a, b) => a.until - b.until);
		this.#onChange(earliest, earliest && (() => this.#endAll()));
	}

	#endAll(): void {
		for (const impatience of [...this.#waits.keys()]) {
			impatience.abort();
		}
	}
}
