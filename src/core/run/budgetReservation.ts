import { azureCountMargin } from '../model/azureRows';
import type { Plan } from '../plan/plan';
import { highestPrice } from './newRecord';

/** What a run may cost at most, in US dollars. */
export interface Reservation {
	/** `undefined`: the price is not known. */
	readonly usd?: number;
	/** The part of it that the estimates which a person sees leave out: the prompt's own tokens, and what a host may count beyond. */
	readonly unestimatedUsd: number;
}

/** What a host may add to a prompt to mark where it begins and ends: some ten tokens in the usage that OpenAI reports (2026-11-20). */
const wrappingTokens = 64;

/**
 * The most that a plan can cost: the highest of its estimate, as far as its host counts beyond the formula, and the prompt at
 * one token per byte of UTF-8 for each candidate. No tokenizer that works on bytes makes more of them.
 */
export function reservationFor(
	plan: Pick<Plan, 'price' | 'prices' | 'prompt' | 'requested'> & { readonly connection: Pick<Plan['connection'], 'kind'> },
): Reservation {
	const { price, prices, prompt, requested, connection } = plan;
	const highest = highestPrice(price);
	if (highest === undefined || price.kind === 'free') {
		return { unestimatedUsd: 0, ...(highest === undefined ? {} : { usd: highest }) };
	}
	const tokens = requested.n * (bytesInUtf8(prompt) + wrappingTokens);
	const margin = connection.kind === 'azure' ? azureCountMargin(requested.quality) : 1;
	const unestimatedUsd = highest * (margin - 1) + (tokens * (prices?.textIn ?? 0)) / 1_000_000;
	return { usd: highest + unestimatedUsd, unestimatedUsd };
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
