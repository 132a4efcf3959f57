import type { RequestSlots } from './executeRun';

interface Lane {
	taken: number;
	readonly queue: (() => void)[];
}

/** Slots per connection name, given out in the order of asking. A changed limit holds for those who ask from then on. */
export function createRequestSlots(): RequestSlots {
	const lanes = new Map<string, Lane>();
	return {
		async acquire(connection, limit, signal) {
			signal.throwIfAborted();
			const lane = lanes.get(connection) ?? { taken: 0, queue: [] };
			lanes.set(connection, lane);
			if (lane.taken < Math.max(1, limit)) {
				lane.taken++;
			} else if (!(await isTurn(lane, signal))) {
				signal.throwIfAborted();
			}
			return giveBack(lane);
		},
	};
}

/**
 * Waits in the queue; `false` when aborted. Whoever gives a slot back hands it to the first in the queue, so that nobody can
 * push in between.
 */
function isTurn(lane: Lane, signal: AbortSignal): Promise<boolean> {
	return new Promise(resolve => {
		const onAbort = () => {
			lane.queue.splice(lane.queue.indexOf(onTurn), 1);
			resolve(false);
		};
		const onTurn = () => {
			signal.removeEventListener('abort', onAbort);
			resolve(true);
		};
		lane.queue.push(onTurn);
		signal.addEventListener('abort', onAbort, { once: true });
	});
}

function giveBack(lane: Lane): () => void {
	let isHeld = true;
	return () => {
		if (!isHeld) {
			return;
		}
		isHeld = false;
		const next = lane.queue.shift();
		if (next) {
			next();
		} else {
			lane.taken--;
		}
	};
}
