import { ascii, bigEndian, broken, seek, skip, take, walkEnd, withSize, type Findings, type WalkStep } from './pictureWalk';

const brokenSegment = 'a JPEG picture with a broken segment';

/**
 * Walks the segments of a JPEG, whose end is EOI. Nothing may follow it, not even further pictures of a multi-picture file.
 * Source: ITU-T T.81; C2PA stores its manifest as JUMBF in APP11 segments that begin with `JP`.
 */
export function walkJpeg(findings: Findings): WalkStep {
	return skip(2, () => walkMarker(findings, false));
}

function walkMarker(findings: Findings, hasData: boolean): WalkStep {
	return take(1, ([byte]) => (byte === 0xff ? walkMarkerCode(findings, hasData) : broken(brokenSegment)));
}

/** Behind an `FF`. Any number of further `FF` may fill up. */
function walkMarkerCode(findings: Findings, hasData: boolean): WalkStep {
	return take(1, ([code = 0]) => {
		if (code === 0xff) {
			return walkMarkerCode(findings, hasData);
		}
		return isRestart(code) || code === 0x01 ? walkMarker(findings, hasData) : followMarker(findings, code, hasData);
	});
}

function isRestart(code: number): boolean {
	return code >= 0xd0 && code <= 0xd7;
}

function followMarker(findings: Findings, code: number, hasData: boolean): WalkStep {
	if (code === 0xd9) {
		return findings.size && hasData ? walkEnd : broken('a JPEG picture without any pixels');
	}
	return code < 0xc0 || code === 0xd8 ? broken(brokenSegment) : walkSegment(findings, code, hasData);
}

function walkSegment(findings: Findings, code: number, hasData: boolean): WalkStep {
	return take(2, header => {
		const length = bigEndian(header, 0, 2) - 2;
		if (length < 0) {
			return broken(brokenSegment);
		}
		if (isFrameHeader(code)) {
			return walkFrameHeader(findings, length, hasData);
		}
		if (code === 0xeb && length >= 2) {
			return take(2, identifier => {
				findings.hasContentCredentials ||= ascii(identifier, 0, 2) === 'JP';
				return skip(length - 2, () => walkMarker(findings, hasData));
			});
		}
		return skip(length, () => (code === 0xda ? walkScan(findings) : walkMarker(findings, hasData)));
	});
}

/** SOF0 to SOF15; DHT, JPG and DAC stand between them. */
function isFrameHeader(code: number): boolean {
	return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
}

function walkFrameHeader(findings: Findings, length: number, hasData: boolean): WalkStep {
	if (length < 6) {
		return broken(brokenSegment);
	}
	return take(6, frame =>
		withSize(findings, { width: bigEndian(frame, 3, 2), height: bigEndian(frame, 1, 2) }, () =>
			skip(length - 6, () => walkMarker(findings, hasData)),
		),
	);
}

/** Entropy-coded data: an `FF` in it is followed by 0 or by a restart marker; anything else is the next segment. */
function walkScan(findings: Findings): WalkStep {
	return seek(0xff, () => walkScanCode(findings));
}

function walkScanCode(findings: Findings): WalkStep {
	return take(1, ([code = 0]) => {
		if (code === 0xff) {
			return walkScanCode(findings);
		}
		return code === 0 || isRestart(code) ? walkScan(findings) : followMarker(findings, code, true);
	});
}
