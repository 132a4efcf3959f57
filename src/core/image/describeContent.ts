import { sniffFormat } from './imageFormat';

/** How many bytes at the beginning tell what a content is. */
export const describedLength = 512;

const binarySignatures: readonly (readonly [name: string, pattern: RegExp])[] = [
	['a PDF document', /^%PDF/],
	['an AVIF picture', /^[^]{4}ftypavi[fs]/],
	['a HEIC picture', /^[^]{4}ftyp(?:heic|heix|hevc|mif1|msf1)/],
	['a video', /^[^]{4}ftyp|^\x1aE\xdf\xa3/],
	['a BMP picture', /^BM[^]{12}/],
	['a TIFF picture', /^(?:II\*\x00|MM\x00\*)/],
	['compressed data', /^(?:\x1f\x8b|PK\x03\x04|BZh|\x28\xb5\x2f\xfd)/],
];

const textSignatures: readonly (readonly [name: string, pattern: RegExp])[] = [
	['an XML document', /^<\?xml|^<[A-Za-z][\w:.-]*[\s>]/],
	['a JSON text', /^(?:[{[]|"(?:[^"\\]|\\.)*"\s*$)/],
	['a data URL in place of its bytes', /^data:[a-z]+\//i],
	['a stream of server-sent events', /^(?:data|event|id|retry|):/],
	['base64 text in place of its bytes', /^[A-Za-z0-9+/_-]{64,}={0,2}\s*$/],
];

const markupSignatures: readonly (readonly [name: string, pattern: RegExp])[] = [
	['an HTML page', /^<(?:!doctype\s+html|html|head|body|title|script|center|h1|p|div)\b/i],
	['an SVG drawing', /^<svg\b/i],
];

/** A noun phrase for a content that is no picture of ours, such as «an HTML page», by its first bytes. */
export function describeContent(head: Uint8Array, length: number): string {
	if (length === 0) {
		return 'nothing at all (0 bytes)';
	}
	const start = String.fromCharCode(...head.subarray(0, describedLength));
	const binary = binarySignatures.find(([, pattern]) => pattern.test(start));
	if (binary) {
		return binary[0];
	}
	if (sniffFormat(head)) {
		return `a picture of only ${length} bytes`;
	}
	const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
	if (/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) {
		return 'data of an unknown kind';
	}
	const root = withoutProlog(text);
	return (
		markupSignatures.find(([, pattern]) => pattern.test(root))?.[0] ??
		textSignatures.find(([, pattern]) => pattern.test(text))?.[0] ??
		'a plain text'
	);
}

/** What stands behind comments and declarations. One at a time, because a pattern for all of them could be made to take for ever. */
function withoutProlog(text: string): string {
	let rest = text;
	for (;;) {
		const behind = rest.replace(/^(?:<!--[^]*?-->|<\?xml[^>]*>|<!doctype\s+svg[^>]*>)\s*/i, '');
		if (behind === rest) {
			return rest;
		}
		rest = behind;
	}
}
