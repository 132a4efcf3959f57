import type { ProviderAnswer } from './ports';

/** How often one request is sent at most when the host asks to come back later. */
export const maxAttempts = 5;

/** Milliseconds before the first and the second repetition to a host that could not be reached. */
const unreachableWaitsMs = [500, 2000];

/** Why and for how long a repetition waits. */
export interface Repetition {
	readonly waitMs: number;
	readonly message: string;
}

/**
 * Whether the answer to the `attempt`th sending (from 1) allows another one. `undefined`: never, because the host may have
 * processed it, or because it was tried often enough.
 */
export function repetitionAfter(answer: ProviderAnswer, attempt: number): Repetition | undefined {
	const { failure, retryAfterMs } = answer;
	if (failure === undefined || retryAfterMs === undefined || !Number.isFinite(retryAfterMs) || answer.isCancelled) {
		return undefined;
	}
	if (failure.kind === 'unreachable') {
		const waitMs = unreachableWaitsMs[attempt - 1];
		return waitMs === undefined
			? undefined
			: { waitMs: Math.max(waitMs, retryAfterMs), message: 'The host could not be reached. It will be tried again.' };
	}
	return attempt >= maxAttempts
		? undefined
		: {
				waitMs: Math.max(0, retryAfterMs),
				message: `The host asks to wait (attempt ${attempt} of ${maxAttempts}). Nothing was processed.`,
			};
}
