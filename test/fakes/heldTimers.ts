/** Long timers that stand still until a test lets them end. */
export interface HeldTimers {
	/** Ends the one that would end first, if there is any. */
	elapse(): void;
	/** Gives `setTimeout` back. */
	restore(): void;
}

/** Holds every timer of this process that is set from now on and lasts `minMs` or longer. Shorter ones run as always. */
export function holdLongTimers(minMs: number): HeldTimers {
	const { setTimeout: set, clearTimeout: clear } = globalThis;
	const held = new Map<unknown, { readonly ms: number; readonly ring: () => void }>();
	const replacement = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
		const timer = set(callback, ms, ...args);
		if (ms >= minMs) {
			clear(timer);
			held.set(timer, { ms, ring: () => callback(...args) });
		}
		return timer;
	};
	globalThis.setTimeout = Object.assign(replacement, set);
	globalThis.clearTimeout = timer => {
		held.delete(timer);
		clear(timer);
	};
	return {
		elapse() {
			const [first] = [...held].sort(([, a], [, b]) => a.ms - b.ms);
			if (first) {
				held.delete(first[0]);
				first[1].ring();
			}
		},
		restore() {
			globalThis.setTimeout = set;
			globalThis.clearTimeout = clear;
		},
	};
}
