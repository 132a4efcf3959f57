import { parseSize, type ImageSize } from '../image/imageSize';
import { presetWithRatio, sizePresets } from '../image/sizePresets';
import { nearestName } from './nearestName';

/** How `size` may be written: `auto`, `WIDTHxHEIGHT` with edges of 1 to 99999 pixels, or the name of a preset. */
export const sizePattern = new RegExp(`^(?:auto|[1-9]\\d{0,4}x[1-9]\\d{0,4}|${[...sizePresets.keys()].join('|')})$`);

/** Pixels of a size that matches `sizePattern`; throws for any other text. */
export function sizeFromText(text: string): 'auto' | ImageSize {
	if (text === 'auto') {
		return text;
	}
	const size = sizePresets.get(text) ?? parseSize(text);
	if (!size) {
		throw new Error('The text is no size.');
	}
	return size;
}

/** What a malformed size was probably meant to be, and a sentence that says what is wrong with it. */
export interface ValueHint {
	readonly hint?: string;
	readonly suggestion?: string;
}

const almostSize = /^\s*0*(\d+)\s*(?:px)?(\s*(?:[x×✕✖⨯*+,;/]|by)\s*|\s+)0*(\d+)\s*(?:px)?\s*$/i;

/** Tells apart the ways in which people write a size. */
export function hintSize(text: string): ValueHint {
	const ratio = /^\s*(\d{1,5})\s*[:/]\s*(\d{1,5})\s*$/.exec(text);
	if (ratio && Number(ratio[1]) < 100 && Number(ratio[2]) < 100) {
		return hintRatio({ width: Number(ratio[1]), height: Number(ratio[2]) });
	}
	const almost = almostSize.exec(text);
	if (almost) {
		return hintEdges(`${almost[1]}x${almost[3]}`, almost[2] ?? '');
	}
	const single = /^\s*(\d+)\s*(?:px)?\s*$/.exec(text);
	if (single?.[1]) {
		return { hint: 'A size needs width and height.', ...suggestSize(`${single[1]}x${single[1]}`) };
	}
	return suggestName(text);
}

function hintRatio(ratio: ImageSize): ValueHint {
	const suggestion = presetWithRatio(ratio);
	return { hint: 'A size is given in pixels, not as a ratio.', ...(suggestion && { suggestion }) };
}

function hintEdges(size: string, separator: string): ValueHint {
	const suggested = suggestSize(size);
	if (!suggested.suggestion) {
		return { hint: 'An edge is 1 to 99999 pixels long.' };
	}
	if (/[×✕✖⨯]/.test(separator)) {
		return { hint: 'Write the letter `x` in place of the multiplication sign.', ...suggested };
	}
	return { hint: separator === 'x' ? 'Write the bare numbers.' : separatorHint(separator), ...suggested };
}

function separatorHint(separator: string): string {
	return separator.trim().toLowerCase() === 'x'
		? 'Write a small `x` without spaces around it.'
		: 'Write the letter `x` between the numbers.';
}

function suggestSize(size: string): ValueHint {
	return sizePattern.test(size) ? { suggestion: size } : {};
}

function suggestName(text: string): ValueHint {
	const suggestion = nearestName(text, ['auto', ...sizePresets.keys()]);
	return suggestion ? { suggestion } : {};
}
