/** Pixels of a glyph above the base line; between two glyphs there is one more column. */
export const glyphWidth = 5;
export const glyphHeight = 7;
/** Below the base line, for `g j p q y`. Lines need a larger gap than this. */
const descent = 2;

/** From U+0020 on; seven rows of five pixels each, a base-32 digit per row. Drawn for this extension. */
const ascii =
	'0000000 4444404 aa00000 aavavaa 4fke5u4 op248j3 cik8lid 4400000 2488842 8422248 04lel40 044v440 0000648 000v000 00000cc 01248g0 ' +
	'ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888 ehhehhe ehhf12c 0cc0cc0 0cc0c48 248g842 00v0v00 8421248 eh12404 ' +
	'eh1dlle ehhvhhh uhhuhhu ehggghe sihhhis vgguggv vgguggg ehgnhhf hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe ' +
	'uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllla hha4ahh hhha444 v1248gv e88888e 0g84210 e22222e 4ah0000 000000v ' +
	'8420000 00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 0000000 ggmphhh 40c444e 0000000 ggikoki c44444e 00qllhh 00mphhh 00ehhhe ' +
	'0000000 0000000 00mpggg 00ege1u 88s8896 00hhhjd 00hhha4 00hhlla 00ha4ah 0000000 00v248v 2448442 4444444 8442448 008l200';
const box = 'vhhhhhv';
/** Glyphs that are not in ASCII, or reach below the base line with two more rows. */
const others: Readonly<Record<string, string>> = {
	'×': '0ha4ah0',
	'…': '000000l',
	g: '00fhhhf1e',
	j: '2062222ic',
	p: '00uhhhugg',
	q: '00fhhhf11',
	y: '00hhhhf1e',
};
const stand: Readonly<Record<string, string>> = {
	'“': '"',
	'”': '"',
	'„': '"',
	'«': '"',
	'»': '"',
	'‘': "'",
	'’': "'",
	'–': '-',
	'—': '-',
};

/** Runs of set pixels, `[from, to)`, in each row of a line of text, the two below the base line included. */
export type TextRows = readonly (readonly (readonly [number, number])[])[];

/** Draws a line. Accents are dropped; a character that the font does not have becomes a box. */
export function drawLine(text: string): TextRows {
	const glyphs = charactersOf(text).map(glyphOf);
	return Array.from({ length: glyphHeight + descent }, (_, row) =>
		glyphs.flatMap((glyph, index) => runsOf(glyph, row, index * (glyphWidth + 1))),
	);
}

/** Pixels that a line of text is wide, unscaled. */
export function lineWidth(text: string): number {
	return Math.max(0, charactersOf(text).length * (glyphWidth + 1) - 1);
}

/** The characters as they are drawn: one glyph each. */
export function charactersOf(text: string): readonly string[] {
	return Array.from(text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC'));
}

function glyphOf(character: string): string {
	const plain = stand[character] ?? character;
	const index = (plain.codePointAt(0) ?? 0) - 0x20;
	return others[plain] ?? (index >= 0 && index < 95 ? ascii.slice(index * 8, index * 8 + 7) : box);
}

function runsOf(glyph: string, row: number, left: number): readonly (readonly [number, number])[] {
	const bits = Number.parseInt(glyph.charAt(row) || '0', 32);
	const runs: (readonly [number, number])[] = [];
	for (let column = 0; column < glyphWidth; column++) {
		if ((bits >> (glyphWidth - 1 - column)) & 1) {
			const last = runs.at(-1);
			if (last?.[1] === left + column) {
				runs[runs.length - 1] = [last[0], left + column + 1];
			} else {
				runs.push([left + column, left + column + 1]);
			}
		}
	}
	return runs;
}
