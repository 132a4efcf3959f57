import type { ImageSize } from './imageSize';

/** Picture types that are recognised by content. Anything else is not a picture for us. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif';

/** What the bytes of a picture say about themselves. */
export interface PictureFacts extends ImageSize {
	readonly format: ImageFormat;
	/** The end marker was seen at the very end: nothing is cut off. */
	readonly isComplete: boolean;
	/** C2PA manifest present (not verified). */
	readonly hasContentCredentials: boolean;
	/** The pixel format has an alpha channel. Whether it is used is not known from the header. */
	readonly hasAlphaChannel: boolean;
}

/** Ending of a file name, without the dot. JPEG files are called `jpg`, as nearly everywhere. */
export function fileExtension(format: ImageFormat): string {
	return format === 'jpeg' ? 'jpg' : format;
}

/** Media type, such as `image/png`. */
export function mediaType(format: ImageFormat): string {
	return `image/${format}`;
}

/** How many bytes `sniffFormat` looks at. Every whole picture is longer. */
export const sniffLength = 12;

/** The format that the first bytes announce; `undefined` when they are none of ours, or too few. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
	if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
		return 'png';
	}
	if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) {
		return 'jpeg';
	}
	if (startsWith(bytes, 0, [0x47, 0x49, 0x46, 0x38]) && (bytes[4] === 0x37 || bytes[4] === 0x39) && bytes[5] === 0x61) {
		return 'gif';
	}
	return startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]) ? 'webp' : undefined;
}

function startsWith(bytes: Uint8Array, offset: number, signature: readonly number[]): boolean {
	return signature.every((byte, index) => bytes[offset + index] === byte);
}
