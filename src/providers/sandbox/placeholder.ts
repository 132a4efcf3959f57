import { formatSize } from '../../core/image/imageSize';
import type { ImageSize } from '../../core/image/imageSize';
import { charactersOf, drawLine, glyphHeight, glyphWidth, lineWidth } from './pixelFont';
import type { TextRows } from './pixelFont';
import { paletteOf } from './palette';
import type { Palette } from './palette';

/** What a placeholder says and looks like. */
export interface PlaceholderOptions extends ImageSize {
	readonly model: string;
	readonly prompt: string;
	readonly transparent: boolean;
	/** Zero-based; each candidate has its own colour. */
	readonly candidate: number;
	/** Pixels that are painted as one, for a picture that is not finished yet. 1: finished. */
	readonly coarseness: number;
}

/** A picture row by row, so that it never has to be in memory as a whole. */
export interface RowPicture extends ImageSize {
	readonly hasAlpha: boolean;
	/** Writes row `y` as RGBA words into `row`, which is `width` long. */
	paintRow(y: number, row: Uint32Array): void;
}

interface PlacedLine {
	readonly rows: TextRows;
	readonly left: number;
	readonly top: number;
	readonly scale: number;
}

interface Rectangle {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/**
 * A picture that nobody takes for a model's: stripes, and on a panel the word SANDBOX, the exact size, the model and the
 * first words of the prompt. The same options always give the same picture.
 */
export function createPlaceholder(options: PlaceholderOptions): RowPicture {
	const { width, height, coarseness, transparent } = options;
	const palette = paletteOf(options.prompt, options.candidate, transparent);
	const lines = placeLines(options);
	const panel = panelAround(lines, options);
	const border = Math.max(1, Math.round(Math.min(width, height) / 160));
	const band = Math.max(4, Math.round(Math.min(width, height) / 12));
	const paintExact = (y: number, row: Uint32Array) => {
		paintStripes(y, row, band, palette);
		paintPanel(y, row, panel, border, palette);
		for (const line of lines) {
			paintLine(y, row, line, palette.ink);
		}
	};
	const paintRow = (y: number, row: Uint32Array) => {
		if (coarseness === 1) {
			paintExact(y, row);
			return;
		}
		paintExact(Math.min(height - 1, y - (y % coarseness) + (coarseness >> 1)), row);
		for (let x = 0; x < width; x += coarseness) {
			row.fill(row[Math.min(width - 1, x + (coarseness >> 1))] ?? 0, x, x + coarseness);
		}
	};
	return { width, height, hasAlpha: transparent, paintRow };
}

function paintStripes(y: number, row: Uint32Array, band: number, palette: Palette): void {
	for (let x = -(y % (2 * band)); x < row.length; x += 2 * band) {
		row.fill(palette.stripe, Math.max(0, x), Math.max(0, x + band));
		row.fill(palette.otherStripe, Math.max(0, x + band), Math.max(0, x + 2 * band));
	}
}

function paintPanel(y: number, row: Uint32Array, { left, top, right, bottom }: Rectangle, border: number, palette: Palette): void {
	if (y < top || y >= bottom) {
		return;
	}
	row.fill(palette.ink, left, right);
	if (y >= top + border && y < bottom - border) {
		row.fill(palette.panel, left + border, right - border);
	}
}

function paintLine(y: number, row: Uint32Array, { rows, left, top, scale }: PlacedLine, ink: number): void {
	for (const [from, to] of y < top ? [] : (rows[Math.floor((y - top) / scale)] ?? [])) {
		row.fill(ink, Math.max(0, left + from * scale), Math.max(0, left + to * scale));
	}
}

/** Sets the lines under each other, in the middle. */
function placeLines(options: PlaceholderOptions): readonly PlacedLine[] {
	const { width, height, model, prompt } = options;
	const title = Math.max(1, Math.floor(Math.min((0.62 * width) / lineWidth('SANDBOX'), (0.2 * height) / glyphHeight)));
	const small = Math.max(1, Math.floor(title / 3));
	const perLine = Math.max(8, Math.floor((0.78 * width) / (small * (glyphWidth + 1))));
	const name = shorten(model, perLine);
	const texts: readonly (readonly [string, number])[] = [
		['SANDBOX', title],
		[formatSize(options).replace('x', ' × '), Math.max(1, Math.floor(title / 2))],
		[name, small],
		...wrap(prompt, perLine, 2).map(line => [line, small] as const),
		['no model was called', small],
	];
	const gap = 4 * small;
	const total = texts.reduce((sum, [, scale]) => sum + glyphHeight * scale, 0) + gap * (texts.length - 1);
	let top = Math.round((height - total) / 2);
	return texts.map(([text, scale]) => {
		const line = { rows: drawLine(text), left: Math.round((width - lineWidth(text) * scale) / 2), top, scale };
		top += glyphHeight * scale + gap;
		return line;
	});
}

function panelAround(lines: readonly PlacedLine[], { width, height }: ImageSize): Rectangle {
	const padding = Math.round(Math.min(width, height) / 16);
	const [first] = lines;
	const last = lines.at(-1);
	const left = Math.min(...lines.map(line => line.left)) - padding;
	return {
		left: Math.max(0, left),
		right: Math.min(width, width - left),
		top: Math.max(0, (first?.top ?? 0) - padding),
		bottom: Math.min(height, last ? last.top + glyphHeight * last.scale + padding : height),
	};
}

/** The first words, in at most `maxLines` lines of `perLine` characters. */
function wrap(text: string, perLine: number, maxLines: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.slice(0, 4 * perLine * maxLines).split(/\s+/u)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && charactersOf(longer).length > perLine) {
			lines.push(line);
			line = word;
		} else {
			line = longer;
		}
	}
	lines.push(line);
	const kept = lines.slice(0, maxLines);
	const isCut = lines.length > maxLines;
	return kept.map((each, index) => shorten(isCut && index === maxLines - 1 ? `${each} …` : each, perLine)).filter(each => each !== '');
}

function shorten(text: string, length: number): string {
	const characters = charactersOf(text);
	return characters.length <= length ? characters.join('') : `${characters.slice(0, length - 1).join('')}…`;
}
