/** How long nothing may be heard before the extension is asked, and how long its answer may take, in milliseconds. */
const quietMs = 5_000;
const patienceMs = 5_000;

/**
 * Knows whether the extension is still there. When its process dies, VS Code leaves the page standing: without a look, a run
 * that has ended long ago would go on counting.
 */
export class Liveness {
	readonly #ask: () => Promise<unknown>;
	readonly #onChange: (isLost: boolean) => void;
	#heardAt: number | undefined;
	#askedAt: number | undefined;
	#isLost = false;

	/** `ask` settles when the extension answers, whatever the answer is. */
	constructor(ask: () => Promise<unknown>, onChange: (isLost: boolean) => void) {
		this.#ask = ask;
		this.#onChange = onChange;
	}

	/** To be called now and then while the page waits for something; `now` is in milliseconds of a monotonic clock. */
	look(now: number): void {
		this.#heardAt ??= now;
		if (this.#askedAt !== undefined) {
			this.#set(this.#isLost || now - this.#askedAt >= patienceMs);
		} else if (now - this.#heardAt >= quietMs) {
			this.#askedAt = now;
			const answered = (): void => this.#answered();
			this.#ask().then(answered, answered);
		}
	}

	#answered(): void {
		this.#askedAt = undefined;
		this.#heardAt = undefined;
		this.#set(false);
	}

	#set(isLost: boolean): void {
		if (isLost !== this.#isLost) {
			this.#isLost = isLost;
			this.#onChange(isLost);
		}
	}
}
