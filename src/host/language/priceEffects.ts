import { sizePresets } from '../../core/image/sizePresets';
import { formatSize, type ImageSize } from '../../core/image/imageSize';
import type { Price } from '../../core/plan/plan';
import type { PromptDocument, PromptKey, PromptKeyValues } from '../../core/prompt/promptDocument';
import type { PlannedPrompt } from './promptPlans';

/** What a prompt would cost with another value of one key. */
export interface PriceEffect {
	readonly value: string;
	readonly price: Price;
}

/** Prices of the prompt at every quality that the model offers. Values that can't be sent are left out. */
export function pricesByQuality(planned: PlannedPrompt, plan: (document: PromptDocument) => PlannedPrompt): readonly PriceEffect[] {
	const { tier: _tier, ...keys } = planned.document.keys;
	const document = { ...planned.document, keys };
	return planned.capability.qualities.flatMap(quality => effect(quality, plan(withValue(document, 'quality', quality))));
}

/** Prices of the prompt at every named size. Sizes that can't be sent are left out. */
export function pricesBySize(planned: PlannedPrompt, plan: (document: PromptDocument) => PlannedPrompt): readonly PriceEffect[] {
	return [...sizePresets].flatMap(([name, size]: [string, ImageSize]) =>
		effect(`${name} (${formatSize(size)})`, plan(withValue(planned.document, 'size', size))),
	);
}

function effect(value: string, { outcome }: PlannedPrompt): readonly PriceEffect[] {
	return outcome.kind === 'ready' && outcome.plan.price.kind === 'estimate' ? [{ value, price: outcome.plan.price }] : [];
}

/** The prompt as if `key` had this value; problems of its form no longer say anything. */
function withValue<K extends PromptKey>(document: PromptDocument, key: K, value: PromptKeyValues[K]): PromptDocument {
	const nowhere = { start: 0, end: 0 };
	return { ...document, problems: [], keys: { ...document.keys, [key]: { value, range: nowhere, keyRange: nowhere } } };
}
