import type { Clock } from '../core/run/ports';

/** Longest single timer: a timer above 2^31 ms fires at once, and timers stand still while the machine sleeps. */
const longestTimerMs = 15_000;

/** The machine's time. A sleep ends by the wall clock, so that a closed lid does not lengthen it. */
export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const until = Date.now() + ms;
		signal.throwIfAborted();
		for (let rest = ms; rest > 0; rest = until - Date.now()) {
			await timer(Math.min(rest, longestTimerMs), signal);
		}
	},
};

function timer(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const onAbort = () => {
			clearTimeout(handle);
			reject(signal.reason as Error);
		};
		const handle = setTimeout(() => {
			signal.removeEventListener('abort', onAbort);
			resolve();
		}, ms);
		signal.addEventListener('abort', onAbort, { once: true });
	});
}
