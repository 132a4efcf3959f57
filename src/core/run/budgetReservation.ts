import type { Plan } from '../plan/plan';
import { highestPrice } from './newRecord';

/** What a run may cost at most, in US dollars. */
export interface Reservation {
	/** `undefined`: the price is not known. */
	readonly usd?: number;
	/** The part of it that the prompt's own tokens may cost, which the estimates that a person sees leave out. */
	readonly inputUsd: number;
}

/** What a host may add to a prompt to mark where it begins and ends: some ten tokens in the usage that OpenAI reports (2026-11-20). */
const wrappingTokens = 64;

/**
 * The most that a plan can cost: the highest of its estimate, and the prompt at one token per byte of UTF-8 for each candidate.
 * No tokenizer that works on bytes makes more of them.
 */
export function reservationFor(plan: Pick<Plan, 'price' | 'prices' | 'prompt' | 'requested'>): Reservation {
	const highest = highestPrice(plan.price);
	if (highest === undefined || plan.price.kind === 'free') {
		return { inputUsd: 0, ...(highest === undefined ? {} : { usd: highest }) };
	}
	const tokens = plan.requested.n * (bytesInUtf8(plan.prompt) + wrappingTokens);
	const inputUsd = (tokens * (plan.prices?.textIn ?? 0)) / 1_000_000;
	return { usd: highest + inputUsd, inputUsd };
}

/** A lone surrogate is sent as U+FFFD, which takes three bytes as well. */
function bytesInUtf8(text: string): number {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
	}
	return bytes;
}
