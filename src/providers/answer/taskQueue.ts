/** Runs tasks in order, at once as long as none of them has to be waited for. After a failure the rest is not run. */
export class TaskQueue {
	#tail: Promise<void> | undefined;

	add(task: () => void | Promise<void>): void {
		const next = this.#tail ? this.#tail.then(task) : task();
		if (next) {
			next.catch(() => undefined); // told by `settled`
			this.#tail = next;
		}
	}

	/** Resolves when the queue is empty, `undefined` when it already is; rejects with the failure of a task. */
	settled(): Promise<void> | undefined {
		const tail = this.#tail;
		if (!tail) {
			return undefined;
		}
		return tail.then(() => {
			if (this.#tail === tail) {
				this.#tail = undefined;
			}
		});
	}
}
