import type { ImageSize } from '../image/imageSize';
import type { Capability, TokenPrices } from '../model/capability';
import type { Cost, Usage } from '../run/runResult';
import type { Price, RequestedParameters } from './plan';
import { countOutputTokens } from './tokens';

/**
 * What a run will cost, in US dollars: its output tokens at the model's price. The prompt's own tokens are left out
 * (a thousand characters are about a tenth of a cent). What is left to the model makes a range over what it may choose.
 *
 * @param partials partial pictures per candidate; they are billed even though they are thrown away.
 */
export function estimatePrice(
	capability: Capability,
	requested: Pick<RequestedParameters, 'size' | 'quality'>,
	n: number,
	partials: number,
): Price {
	const { prices, tokens: rule } = capability;
	if (prices && prices.textIn === 0 && prices.imageIn === 0 && prices.imageOut === 0) {
		return { kind: 'free' };
	}
	if (!prices) {
		return { kind: 'unknown', reason: 'The prices of this model are not known.' };
	}
	const perPicture = possibleSizes(capability, requested).flatMap(size =>
		possibleQualities(capability, requested).map(quality => countOutputTokens(rule, quality, size)),
	);
	const known = perPicture.filter(count => count !== undefined);
	if (known.length === 0 || known.length < perPicture.length) {
		return { kind: 'unknown', reason: 'How many tokens this model counts for a picture is not published.' };
	}
	const total = (count: number) => n * (count + partials * capability.partialImageTokens);
	const outputTokens = [total(Math.min(...known)), total(Math.max(...known))] as const;
	return {
		kind: 'estimate',
		minUsd: (outputTokens[0] * prices.imageOut) / 1_000_000,
		maxUsd: (outputTokens[1] * prices.imageOut) / 1_000_000,
		outputTokens,
	};
}

function possibleSizes({ size: rule, autoSizes }: Capability, { size }: Pick<RequestedParameters, 'size'>): readonly ImageSize[] {
	if (size !== undefined && size !== 'auto') {
		return [size];
	}
	return autoSizes ?? (rule.kind === 'fixed' ? rule.sizes : []);
}

function possibleQualities({ qualities }: Capability, { quality }: Pick<RequestedParameters, 'quality'>): readonly string[] {
	return quality !== undefined && quality !== 'auto' ? [quality] : qualities.filter(name => name !== 'auto');
}

/**
 * What was paid, from the host's own count. `undefined`: the prices are not known. Input tokens of unknown kind are taken
 * for text, which makes the cost an estimate.
 */
export function actualCost(usage: Usage, { prices }: { readonly prices?: TokenPrices }): Cost | undefined {
	if (!prices) {
		return undefined;
	}
	const { inputTokens, inputTextTokens, inputImageTokens } = usage;
	const image = inputImageTokens ?? Math.max(0, inputTokens - (inputTextTokens ?? inputTokens));
	const text = inputTextTokens ?? Math.max(0, inputTokens - image);
	const isSplitKnown = inputTextTokens !== undefined || inputImageTokens !== undefined;
	return {
		usd: (text * prices.textIn + image * prices.imageIn + usage.outputTokens * prices.imageOut) / 1_000_000,
		estimated: inputTokens > 0 && !isSplitKnown,
	};
}
