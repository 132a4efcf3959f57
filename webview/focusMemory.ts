/**
 * Gives the focus back to the element that had it, when the person comes back from a question or from another editor. VS Code
 * focuses the page alone, and the browser forgets its element as soon as something outside has the focus.
 */
export class FocusMemory {
	readonly #fallback: () => HTMLElement | null;
	#last: HTMLElement | undefined;

	/** `fallback` gets the focus when the element is gone. */
	constructor(fallback: () => HTMLElement | null) {
		this.#fallback = fallback;
	}

	/** Called once. */
	listen(): void {
		document.addEventListener('focusin', event => {
			// The innermost one: a button lies in the shadow of its element.
			const [target] = event.composedPath();
			this.#last = target instanceof HTMLElement ? target : undefined;
		});
		// Who comes by pointer has pointed at what they want.
		document.addEventListener('pointerdown', () => (this.#last = undefined), { capture: true });
		window.addEventListener('focus', () => this.#restore());
	}

	#restore(): void {
		if (this.#last && (document.activeElement === null || document.activeElement === document.body)) {
			const element = this.#last.isConnected ? this.#last : this.#fallback();
			element?.focus({ preventScroll: true });
		}
	}
}
