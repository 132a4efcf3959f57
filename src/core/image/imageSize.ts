/** Width and height in pixels. */
export interface ImageSize {
	readonly width: number;
	readonly height: number;
}

/** `1536x1024`, as the Images API writes it. */
export function formatSize(size: ImageSize): string {
	return `${size.width}x${size.height}`;
}
