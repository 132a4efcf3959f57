/** A JSON document after its pictures were taken out: each stands as its number. */
export type ScannedDocument =
	| { readonly kind: 'json'; readonly value: unknown }
	/** `text`: its beginning. */
	| { readonly kind: 'malformed'; readonly reason: 'syntax' | 'tooLarge' | 'tooDeep'; readonly text: string };

/** Where the pictures of a document go while it is read. Calls come in order; pictures never overlap. */
export interface PictureHandler {
	/** `element`: index in the list that the picture stands in, 0 when it stands in none. `type`: the document's, if it came first. */
	beginPicture(element: number, type: string | undefined): void;
	/** A piece of the picture. It is the receiver's to keep; nobody changes it any more. */
	pictureBytes(bytes: Uint8Array): void;
	/** `isClean` is false when something other than base64 was in it. A picture whose document ends before it is not told. */
	endPicture(isClean: boolean): void;
}

/** Bounds of what is kept of a document besides its pictures. */
export interface ScanLimits {
	readonly maxSkeletonBytes: number;
	readonly maxDepth: number;
}

export const usualLimits: ScanLimits = { maxSkeletonBytes: 1024 * 1024, maxDepth: 64 };
