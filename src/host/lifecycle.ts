import type { Disposable } from 'vscode';

/** Owns other disposables and ends them in reverse order of their creation. */
export class DisposableStore implements Disposable {
	#items: { dispose(): unknown }[] | undefined = [];

	/** Registers `item` at the moment it is made. Once the store is disposed, so is every late arrival. */
	add<T extends { dispose(): unknown }>(item: T): T {
		if (this.#items) {
			this.#items.push(item);
		} else {
			item.dispose();
		}
		return item;
	}

	dispose(): void {
		const items = this.#items ?? [];
		this.#items = undefined;
		const errors: unknown[] = [];
		for (const item of items.reverse()) {
			try {
				item.dispose();
			} catch (error) {
				// The others must still be ended; all errors are reported together below.
				errors.push(error);
			}
		}
		if (errors.length > 0) {
			throw new AggregateError(errors, 'Some disposables could not be disposed.');
		}
	}
}
