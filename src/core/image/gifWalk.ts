import { broken, littleEndian, skip, take, walkEnd, withSize, type Findings, type WalkStep } from './pictureWalk';

/** Walks the blocks of a GIF, whose end is the trailer. Source: GIF89a specification. */
export function walkGif(findings: Findings): WalkStep {
	return take(13, header =>
		withSize(findings, { width: littleEndian(header, 6, 2), height: littleEndian(header, 8, 2) }, () =>
			skip(colourTableLength(header[10] ?? 0), () => walkBlock(findings, false)),
		),
	);
}

function colourTableLength(packed: number): number {
	return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

function walkBlock(findings: Findings, hasPixels: boolean): WalkStep {
	return take(1, ([introducer]) => {
		switch (introducer) {
			case 0x21:
				return take(1, ([label]) =>
					label === 0xf9 ? walkGraphicControl(findings, hasPixels) : walkData(() => walkBlock(findings, hasPixels)),
				);
			case 0x2c:
				return take(9, descriptor =>
					skip(colourTableLength(descriptor[8] ?? 0) + 1, () => walkData(() => walkBlock(findings, true))),
				);
			case 0x3b:
				return hasPixels ? walkEnd : broken('a GIF picture without any pixels');
			default:
				return broken('a GIF picture with a broken block');
		}
	});
}

function walkGraphicControl(findings: Findings, hasPixels: boolean): WalkStep {
	return take(2, ([length = 0, flags = 0]) => {
		if (length !== 4) {
			return broken('a GIF picture with a broken block');
		}
		findings.hasAlphaChannel ||= (flags & 1) !== 0;
		return skip(3, () => walkData(() => walkBlock(findings, hasPixels)));
	});
}

/** Sub-blocks, up to the empty one. */
function walkData(next: () => WalkStep): WalkStep {
	return take(1, ([length = 0]) => (length === 0 ? next() : skip(length, () => walkData(next))));
}
