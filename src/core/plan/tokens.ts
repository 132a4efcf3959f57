import { formatSize, type ImageSize } from '../image/imageSize';
import type { TokenRule } from '../model/capability';
import { ownValue } from '../ownValue';
import { assertNever } from '../result';

/** Output tokens of one picture. `undefined`: the rule does not know this quality or size. */
export function countOutputTokens(rule: TokenRule, quality: string, size: ImageSize): number | undefined {
	switch (rule.kind) {
		case 'grid': {
			const factor = ownValue(rule.factors, quality);
			return factor === undefined ? undefined : gridTokens(factor, size);
		}
		case 'table':
			return ownValue(rule.tokens, quality)?.[formatSize(size)];
		case 'unknown':
			return undefined;
		default:
			return assertNever(rule);
	}
}

/**
 * gpt-image-2: a grid of `factor` cells along the long edge, weighted by the area. From the calculator of OpenAI's image
 * generation guide; it gives the six published prices and two billed counts (2026-11-20).
 */
function gridTokens(factor: number, { width, height }: ImageSize): number {
	const long = Math.max(width, height);
	const short = Math.min(width, height);
	const shortCells = Math.floor((2 * factor * short + long) / (2 * long));
	return Math.ceil((factor * shortCells * (2_000_000 + width * height)) / 4_000_000);
}
