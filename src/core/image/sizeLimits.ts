import type { SizeLimits } from '../model/capability';
import { failure, success, type Result } from '../result';
import type { ImageSize } from './imageSize';

/** The first rule that a size breaks. The kinds are the problem codes of the same names. */
export type SizeFailure =
	| { readonly kind: 'sizeGrid'; readonly step: number; readonly edges: readonly ('width' | 'height')[] }
	| { readonly kind: 'sizeEdge'; readonly maxEdge: number }
	| { readonly kind: 'sizeRatio'; readonly maxRatio: number }
	| { readonly kind: 'sizePixels'; readonly pixels: number; readonly minPixels: number; readonly maxPixels: number };

/** Checks in the order in which a person would mend the size: the grid first, the area last. An edge of 0 is `sizeEdge`. */
export function checkImageSize(size: ImageSize, limits: SizeLimits): Result<ImageSize, SizeFailure> {
	const edges = (['width', 'height'] as const).filter(edge => size[edge] % limits.step !== 0);
	if (edges.length > 0) {
		return failure({ kind: 'sizeGrid', step: limits.step, edges });
	}
	const long = Math.max(size.width, size.height);
	const short = Math.min(size.width, size.height);
	const pixels = long * short;
	if (long > limits.maxEdge || short <= 0) {
		return failure({ kind: 'sizeEdge', maxEdge: limits.maxEdge });
	}
	if (long > short * limits.maxRatio) {
		return failure({ kind: 'sizeRatio', maxRatio: limits.maxRatio });
	}
	if (pixels < limits.minPixels || pixels > limits.maxPixels) {
		return failure({ kind: 'sizePixels', pixels, minPixels: limits.minPixels, maxPixels: limits.maxPixels });
	}
	return success(size);
}

/** The two multiples of `step` around `value`, moved into the interval; empty when it holds none. */
function multiplesAround(value: number, step: number, low: number, high: number): readonly number[] {
	const first = Math.ceil(low / step) * step;
	const last = Math.floor(high / step) * step;
	if (first > last) {
		return [];
	}
	const within = (multiple: number) => Math.min(last, Math.max(first, multiple));
	return [within(Math.floor(value / step) * step), within(Math.ceil(value / step) * step)];
}

/** The heights beside the wished one that go with `width`. */
function heightsFor(width: number, wished: number, limits: SizeLimits): readonly number[] {
	const low = Math.max(width / limits.maxRatio, limits.minPixels / width);
	const high = Math.min(limits.maxEdge, width * limits.maxRatio, limits.maxPixels / width);
	return multiplesAround(wished, limits.step, low, high);
}

/** `size` with the same proportions, made as large or as small as area and longest edge demand. Edges need not be whole. */
function scaleIntoLimits(size: ImageSize, limits: SizeLimits): ImageSize {
	const width = Math.max(1, size.width);
	const height = Math.max(1, size.height);
	const least = Math.sqrt(limits.minPixels / (width * height));
	const most = Math.min(limits.maxEdge / Math.max(width, height), Math.sqrt(limits.maxPixels / (width * height)));
	const factor = Math.min(Math.max(1, least), most);
	return { width: width * factor, height: height * factor };
}

/** Negative when `a` is nearer to `wished` than `b`; never 0 for two different sizes. Equally near: the larger area, then the wider one. */
function compareNearness(a: ImageSize, b: ImageSize, wished: ImageSize): number {
	const distance = (size: ImageSize) => (size.width - wished.width) ** 2 + (size.height - wished.height) ** 2;
	return distance(a) - distance(b) || b.width * b.height - a.width * a.height || b.width - a.width;
}

/**
 * The valid size nearest to `size`: the size is first scaled into area and longest edge without changing its proportions,
 * then the least sum of the squared differences of both edges wins; of equally near ones the larger area, then the wider
 * one. 1920x1080 becomes 1920x1088, 256x256 becomes 816x816. `undefined` when the limits allow no size at all.
 */
export function nearestSize(size: ImageSize, limits: SizeLimits): ImageSize | undefined {
	const wished = scaleIntoLimits(size, limits);
	let nearest: ImageSize | undefined;
	for (let width = limits.step; width <= limits.maxEdge; width += limits.step) {
		for (const height of heightsFor(width, wished.height, limits)) {
			const candidate = { width, height };
			if (checkImageSize(candidate, limits).ok && (!nearest || compareNearness(candidate, nearest, wished) < 0)) {
				nearest = candidate;
			}
		}
	}
	return nearest;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The nearest valid size with exactly the proportions of `size` (of two equally near ones the larger). `undefined` when
 * the limits allow none, as for 1366x768, whose proportions meet the grid only beyond the longest edge.
 */
export function nearestSizeWithSameRatio(size: ImageSize, limits: SizeLimits): ImageSize | undefined {
	const divisor = greatestCommonDivisor(size.width, size.height);
	if (!Number.isInteger(divisor) || divisor <= 0) {
		return undefined;
	}
	const ratio = { width: size.width / divisor, height: size.height / divisor };
	// The reduced edges have no common divisor, so only multiples of the step itself put both of them on the grid.
	const maxFactor = limits.maxEdge / Math.max(ratio.width, ratio.height);
	let nearest: ImageSize | undefined;
	for (let factor = limits.step; factor <= maxFactor; factor += limits.step) {
		const candidate = { width: ratio.width * factor, height: ratio.height * factor };
		if (checkImageSize(candidate, limits).ok && (!nearest || compareNearness(candidate, nearest, size) < 0)) {
			nearest = candidate;
		}
	}
	return nearest;
}
