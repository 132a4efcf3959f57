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
