/** Width and height in CSS pixels, or in picture pixels where it says so. */
export interface Extent {
	readonly width: number;
	readonly height: number;
}

/** A point in CSS pixels, relative to the centre of the viewport. */
export interface Offset {
	readonly x: number;
	readonly y: number;
}

/**
 * How a picture is looked at. `scale` is device pixels per picture pixel, so that 1 is sharp on every screen;
 * `centerX` and `centerY` name the point of the picture (0 to 1) in the middle of the viewport, so that a zoomed
 * picture stays where it is when the panel is resized.
 */
export type Zoom =
	{ readonly kind: 'fit' } | { readonly kind: 'scale'; readonly scale: number; readonly centerX: number; readonly centerY: number };

/** A viewport with a picture in it. */
export interface Scene {
	readonly viewport: Extent;
	/** In picture pixels. */
	readonly picture: Extent;
	/** Device pixels per CSS pixel. */
	readonly pixelRatio: number;
}

/** Where the picture lies, in CSS pixels from the top left corner of the viewport. */
export interface Placement extends Extent {
	readonly left: number;
	readonly top: number;
	/** Device pixels per picture pixel. */
	readonly scale: number;
}

/** The whole picture in the viewport. */
export const fit: Zoom = { kind: 'fit' };

const maxScale = 16;
const keyStep = 1.25;

/** Fills the viewport, but never draws a small picture larger than one CSS pixel per picture pixel. */
export function fittingScale({ viewport, picture, pixelRatio }: Scene): number {
	const scale = Math.min(viewport.width / picture.width, viewport.height / picture.height, 1) * pixelRatio;
	return Math.max(scale, 0.001);
}

/** Computes where the picture is drawn. A zoomed picture that is smaller than the viewport stays centred. */
export function place(zoom: Zoom, scene: Scene): Placement {
	const exact = placeExactly(zoom, scene);
	// A picture that starts between two device pixels would be blurred at 1:1.
	const toDevicePixel = (css: number): number => Math.round(css * scene.pixelRatio) / scene.pixelRatio;
	return { ...exact, left: toDevicePixel(exact.left), top: toDevicePixel(exact.top) };
}

/** Unrounded, so that many small steps of a drag add up to the way of the pointer. */
function placeExactly(zoom: Zoom, scene: Scene): Placement {
	const scale = scaleOf(zoom, scene);
	const width = (scene.picture.width * scale) / scene.pixelRatio;
	const height = (scene.picture.height * scale) / scene.pixelRatio;
	const { centerX, centerY } = zoom.kind === 'fit' ? { centerX: 0.5, centerY: 0.5 } : zoom;
	return {
		scale,
		width,
		height,
		left: scene.viewport.width / 2 - clampCenter(centerX, scene.viewport.width, width) * width,
		top: scene.viewport.height / 2 - clampCenter(centerY, scene.viewport.height, height) * height,
	};
}

/** Zooms by `factor` so that the point under `at` stays where it is. Zooming out ends at the fitting size. */
export function zoomBy(zoom: Zoom, factor: number, scene: Scene, at: Offset = { x: 0, y: 0 }): Zoom {
	const before = placeExactly(zoom, scene);
	const scale = Math.min(Math.max(before.scale * factor, 0), maxScale);
	if (scale <= fittingScale(scene)) {
		return fit;
	}
	return centered(before, scale, scene, at);
}

/** One picture pixel per device pixel. */
export function zoomToActualSize(zoom: Zoom, scene: Scene): Zoom {
	return centered(placeExactly(zoom, scene), 1, scene, { x: 0, y: 0 });
}

/** One press of + or −. */
export function zoomByKey(zoom: Zoom, direction: 'in' | 'out', scene: Scene): Zoom {
	return zoomBy(zoom, direction === 'in' ? keyStep : 1 / keyStep, scene);
}

/** Moves the picture by `offset` CSS pixels, as far as there is something to see. */
export function panBy(zoom: Zoom, offset: Offset, scene: Scene): Zoom {
	if (zoom.kind === 'fit') {
		return zoom;
	}
	const placed = placeExactly(zoom, scene);
	const middle = pointAt(placed, scene, { x: 0, y: 0 });
	return {
		...zoom,
		centerX: clampCenter(middle.x - offset.x / placed.width, scene.viewport.width, placed.width),
		centerY: clampCenter(middle.y - offset.y / placed.height, scene.viewport.height, placed.height),
	};
}

function scaleOf(zoom: Zoom, scene: Scene): number {
	return zoom.kind === 'fit' ? fittingScale(scene) : zoom.scale;
}

function centered(before: Placement, scale: number, scene: Scene, at: Offset): Zoom {
	const point = pointAt(before, scene, at);
	const width = (scene.picture.width * scale) / scene.pixelRatio;
	const height = (scene.picture.height * scale) / scene.pixelRatio;
	return {
		kind: 'scale',
		scale,
		centerX: clampCenter(point.x - at.x / width, scene.viewport.width, width),
		centerY: clampCenter(point.y - at.y / height, scene.viewport.height, height),
	};
}

/** Which point of the picture (0 to 1) lies at `at`. */
function pointAt(placed: Placement, { viewport }: Scene, at: Offset): Offset {
	return {
		x: (viewport.width / 2 + at.x - placed.left) / placed.width,
		y: (viewport.height / 2 + at.y - placed.top) / placed.height,
	};
}

/** Keeps the viewport filled in a direction in which the picture is larger than it; centres it in the other. */
function clampCenter(center: number, viewport: number, picture: number): number {
	if (picture <= viewport) {
		return 0.5;
	}
	const margin = viewport / 2 / picture;
	return Math.min(Math.max(center, margin), 1 - margin);
}
