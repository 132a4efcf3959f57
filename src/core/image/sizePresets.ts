import type { ImageSize } from './imageSize';

/** Names that the file format gives to sizes, in the order in which they are offered. */
export const sizePresets: ReadonlyMap<string, ImageSize> = new Map([
	['square', { width: 1024, height: 1024 }],
	['landscape', { width: 1536, height: 1024 }],
	['portrait', { width: 1024, height: 1536 }],
	['wide', { width: 1536, height: 864 }],
	['tall', { width: 864, height: 1536 }],
	['2k', { width: 2048, height: 1152 }],
	['qhd', { width: 2560, height: 1440 }],
	['4k', { width: 3840, height: 2160 }],
]);

/** The first preset with exactly the proportions of `ratio`, such as `wide` for 16 and 9. */
export function presetWithRatio(ratio: ImageSize): string | undefined {
	for (const [name, size] of sizePresets) {
		if (size.width * ratio.height === size.height * ratio.width) {
			return name;
		}
	}
	return undefined;
}
