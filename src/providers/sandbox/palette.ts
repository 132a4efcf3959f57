/** Colours of one placeholder, each as a little-endian RGBA word: `0xAABBGGRR`. */
export interface Palette {
	readonly stripe: number;
	readonly otherStripe: number;
	readonly panel: number;
	readonly ink: number;
}

/** Flat colours that follow from the text, so that the same prompt always looks the same. `transparent`: one stripe is a hole. */
export function paletteOf(text: string, candidate: number, transparent: boolean): Palette {
	const hue = (hash(text) + candidate * 67) % 360;
	return {
		stripe: rgba(hue, 0.38, 0.8),
		otherStripe: transparent ? 0 : rgba(hue, 0.38, 0.74),
		panel: rgba(hue, 0.3, 0.96),
		ink: rgba(hue, 0.45, 0.24),
	};
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return value >>> 0;
}

/** Hue in degrees, saturation and lightness 0 to 1; opaque. */
function rgba(hue: number, saturation: number, lightness: number): number {
	const channel = (offset: number) => {
		const k = (offset + hue / 30) % 12;
		const amount = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
		return Math.round(255 * amount);
	};
	return ((0xff << 24) | (channel(4) << 16) | (channel(8) << 8) | channel(0)) >>> 0;
}
