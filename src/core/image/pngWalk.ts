import { ascii, bigEndian, broken, skip, take, walkEnd, withSize, type Findings, type WalkStep } from './pictureWalk';

const brokenChunk = 'a PNG picture with a broken chunk';

/** Walks the chunks of a PNG, whose end is `IEND`. Source: W3C PNG, third edition; C2PA's `caBX` chunk stands before `IDAT`. */
export function walkPng(findings: Findings): WalkStep {
	return skip(8, () =>
		take(8 + 13 + 4, header => {
			if (bigEndian(header, 0, 4) !== 13 || ascii(header, 4, 8) !== 'IHDR') {
				return broken('a PNG picture without a header');
			}
			const colourType = header[17] ?? 0;
			findings.hasAlphaChannel = colourType === 4 || colourType === 6;
			return withSize(findings, { width: bigEndian(header, 8, 4), height: bigEndian(header, 12, 4) }, () =>
				walkChunk(findings, false),
			);
		}),
	);
}

function walkChunk(findings: Findings, hasData: boolean): WalkStep {
	return take(8, header => {
		const length = bigEndian(header, 0, 4);
		const type = ascii(header, 4, 8);
		if (length >= 2 ** 31 || !/^[A-Za-z]{4}$/.test(type)) {
			return broken(brokenChunk);
		}
		switch (type) {
			case 'IEND':
				return hasData && length === 0
					? skip(4, () => walkEnd)
					: broken(hasData ? brokenChunk : 'a PNG picture without any pixels');
			case 'IHDR':
				return broken(brokenChunk);
			case 'caBX':
				findings.hasContentCredentials ||= !hasData;
				break;
			case 'tRNS':
				findings.hasAlphaChannel ||= !hasData;
				break;
		}
		return skip(length + 4, () => walkChunk(findings, hasData || type === 'IDAT'));
	});
}
