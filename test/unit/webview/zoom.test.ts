import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fit, fittingScale, panBy, place, zoomBy, zoomByKey, zoomToActualSize, type Scene, type Zoom } from '../../../webview/zoom';

const scene: Scene = { viewport: { width: 800, height: 600 }, picture: { width: 1600, height: 900 }, pixelRatio: 1 };
const dense: Scene = { ...scene, pixelRatio: 2 };

const anyScene: fc.Arbitrary<Scene> = fc.record({
	viewport: fc.record({ width: fc.integer({ min: 50, max: 3000 }), height: fc.integer({ min: 50, max: 2000 }) }),
	picture: fc.record({ width: fc.integer({ min: 16, max: 3840 }), height: fc.integer({ min: 16, max: 3840 }) }),
	pixelRatio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
});

const anyZoom: fc.Arbitrary<Zoom> = fc.record({
	kind: fc.constant('scale' as const),
	scale: fc.double({ min: 0.05, max: 16, noNaN: true }),
	centerX: fc.double({ min: 0, max: 1, noNaN: true }),
	centerY: fc.double({ min: 0, max: 1, noNaN: true }),
});

suite('zoom', () => {
	test('fits the whole picture into the viewport, in the middle', () => {
		assert.deepEqual(place(fit, scene), { scale: 0.5, width: 800, height: 450, left: 0, top: 75 });
	});

	test('does not blow up a picture that is smaller than the viewport', () => {
		const small = { ...scene, picture: { width: 64, height: 32 } };
		assert.deepEqual(place(fit, small), { scale: 1, width: 64, height: 32, left: 368, top: 284 });
		assert.deepEqual(place(fit, { ...small, pixelRatio: 2 }), { scale: 2, width: 64, height: 32, left: 368, top: 284 });
	});

	test('draws one picture pixel per device pixel at actual size', () => {
		const { scale, width, height } = place(zoomToActualSize(fit, dense), dense);
		assert.deepEqual({ scale, width, height }, { scale: 1, width: 800, height: 450 });
	});

	test('returns to fit when zoomed out far enough', () => {
		const zoomed = zoomByKey(fit, 'in', scene);
		assert.equal(zoomed.kind, 'scale');
		assert.deepEqual(zoomByKey(zoomed, 'out', scene), fit);
		assert.deepEqual(zoomByKey(fit, 'out', scene), fit);
	});

	test('stops at sixteen device pixels per picture pixel', () => {
		const zoomed = zoomBy(fit, 1e6, scene);
		assert.equal(zoomed.kind === 'scale' && zoomed.scale, 16);
	});

	test('does not pan a picture that fits', () => {
		assert.equal(panBy(fit, { x: 10, y: 10 }, scene), fit);
	});

	test('pans in the direction of the hand, and adds up small steps exactly', () => {
		let zoom = zoomToActualSize(fit, scene);
		const before = place(zoom, scene);
		for (let step = 0; step < 40; step++) {
			zoom = panBy(zoom, { x: -0.75, y: 0.25 }, scene);
		}
		const after = place(zoom, scene);
		assert.deepEqual([after.left - before.left, after.top - before.top], [-30, 10]);
	});

	test('keeps the point under the pointer where it is', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1.1, max: 3, noNaN: true }),
				fc.integer({ min: -200, max: 200 }),
				fc.integer({ min: -100, max: 100 }),
				(factor, x, y) => {
					const zoom: Zoom = { kind: 'scale', scale: 2, centerX: 0.5, centerY: 0.5 };
					const pointAt = (placed: { left: number; top: number; width: number; height: number }): [number, number] => [
						(400 + x - placed.left) / placed.width,
						(300 + y - placed.top) / placed.height,
					];
					const [beforeX, beforeY] = pointAt(place(zoom, scene));
					const [afterX, afterY] = pointAt(place(zoomBy(zoom, factor, scene, { x, y }), scene));
					assert.ok(Math.abs(beforeX - afterX) < 0.001 && Math.abs(beforeY - afterY) < 0.001);
				},
			),
		);
	});

	test('never shows a gap beside a picture that is larger than the viewport, wherever it is dragged', () => {
		const offset = fc.integer({ min: -5000, max: 5000 });
		fc.assert(
			fc.property(anyScene, anyZoom, offset, offset, (any, zoom, x, y) => {
				const placed = place(panBy(zoom, { x, y }, any), any);
				const tolerance = 1 / any.pixelRatio;
				if (placed.width >= any.viewport.width) {
					assert.ok(placed.left <= tolerance && placed.left + placed.width >= any.viewport.width - tolerance);
				} else {
					assert.ok(Math.abs(placed.left + placed.width / 2 - any.viewport.width / 2) <= tolerance);
				}
			}),
		);
	});

	test('shows the whole picture when it fits, in every scene, on whole device pixels', () => {
		fc.assert(
			fc.property(anyScene, any => {
				const placed = place(fit, any);
				assert.ok(placed.width <= any.viewport.width + 0.001 && placed.height <= any.viewport.height + 0.001);
				assert.ok(Math.abs(placed.left * any.pixelRatio - Math.round(placed.left * any.pixelRatio)) < 1e-6);
				assert.equal(placed.scale, fittingScale(any));
			}),
		);
	});
});
