/** What a pusher needs of the panel that it serves. */
export interface StatePusherPorts<S> {
	/** Makes the newest state; `epoch` rises by one per call. */
	build(epoch: number): Promise<S>;
	/** Messages to a hidden page are dropped by VS Code, so none is made for it. */
	isVisible(): boolean;
	post(state: S): PromiseLike<unknown>;
	/** Runs `work` in a later tick, so that several changes become one push. */
	defer(work: () => void): void;
	reportError(error: unknown): void;
}

/** Sends the newest state after every change: once per tick, one at a time, and never an older one after a newer. */
export class StatePusher<S> {
	readonly #ports: StatePusherPorts<S>;
	#epoch = 0;
	#isScheduled = false;
	#isPushing = false;
	#isDisposed = false;

	constructor(ports: StatePusherPorts<S>) {
		this.#ports = ports;
	}

	/** Something changed. Cheap: call it as often as you like. */
	schedule(): void {
		if (this.#isScheduled || this.#isDisposed) {
			return;
		}
		this.#isScheduled = true;
		this.#ports.defer(() => {
			if (!this.#isPushing) {
				void this.#pushAll();
			}
		});
	}

	dispose(): void {
		this.#isDisposed = true;
	}

	async #pushAll(): Promise<void> {
		this.#isPushing = true;
		while (this.#isScheduled && !this.#isDisposed) {
			this.#isScheduled = false;
			try {
				await this.#pushOnce();
			} catch (error) {
				// A state that can't be made must not end the panel: the next change tries again.
				this.#ports.reportError(error);
			}
		}
		this.#isPushing = false;
	}

	async #pushOnce(): Promise<void> {
		if (!this.#ports.isVisible()) {
			return;
		}
		const state = await this.#ports.build(++this.#epoch);
		if (this.#isDisposed) {
			return;
		}
		// Not awaited: VS Code answers only when the page has the message, and a page that is being replaced never has it.
		this.#ports.post(state).then(undefined, (error: unknown) => this.#ports.reportError(error));
	}
}
