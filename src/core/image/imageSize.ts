/** Width and height in pixels. */
export interface ImageSize {
	readonly width: number;
	readonly height: number;
}

/** `1536x1024`, as the Images API writes it. */
export function formatSize(size: ImageSize): string {
	return `${size.width}x${size.height}`;
}

/** The size that `1536x1024` means; `undefined` for anything else, such as `auto`. */
export function parseSize(text: string): ImageSize | undefined {
	const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text) ?? [];
	return width === undefined || height === undefined ? undefined : { width: Number(width), height: Number(height) };
}
