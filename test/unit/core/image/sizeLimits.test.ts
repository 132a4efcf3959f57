import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatSize, type ImageSize } from '../../../../src/core/image/imageSize';
import { presetWithRatio, sizePresets } from '../../../../src/core/image/sizePresets';
import { checkImageSize, nearestSize, nearestSizeWithSameRatio } from '../../../../src/core/image/sizeLimits';
import type { SizeLimits } from '../../../../src/core/model/capability';

/** The limits of gpt-image-2. */
const limits: SizeLimits = { step: 16, maxEdge: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 };

function parseSize(text: string): ImageSize {
	const [width = NaN, height = NaN] = text.split('x').map(Number);
	return { width, height };
}

function listValidSizes(rules: SizeLimits): readonly ImageSize[] {
	const sizes: ImageSize[] = [];
	for (let width = rules.step; width <= rules.maxEdge; width += rules.step) {
		for (let height = rules.step; height <= rules.maxEdge; height += rules.step) {
			const ratio = Math.max(width / height, height / width);
			if (ratio <= rules.maxRatio && width * height >= rules.minPixels && width * height <= rules.maxPixels) {
				sizes.push({ width, height });
			}
		}
	}
	return sizes;
}

const validSizes = listValidSizes(limits);
const distance = (a: ImageSize, b: ImageSize) => (a.width - b.width) ** 2 + (a.height - b.height) ** 2;

/** The documented first step of the metric, written down a second time. */
function scaled({ width, height }: ImageSize): ImageSize {
	let factor = 1;
	if (width * height < limits.minPixels) {
		factor = Math.sqrt(limits.minPixels / (width * height));
	}
	factor = Math.min(factor, limits.maxEdge / Math.max(width, height), Math.sqrt(limits.maxPixels / (width * height)));
	return { width: width * factor, height: height * factor };
}

const edge = fc.oneof(fc.integer({ min: 1, max: 4500 }), fc.integer({ min: 1, max: 99_999 }));
const anySize = fc.record({ width: edge, height: edge });

suite('checkImageSize', () => {
	for (const text of [
		'1024x640',
		'640x1024',
		'816x816',
		'2880x2880',
		'3840x2160',
		'2160x3840',
		'3840x1280',
		'1280x3840',
		'1920x1088',
		'896x896',
		'1536x864',
	]) {
		test(`accepts ${text}`, () => {
			const size = parseSize(text);
			assert.deepEqual(checkImageSize(size, limits), { ok: true, value: size });
		});
	}

	const tooFew = (pixels: number) => ({ kind: 'sizePixels', pixels, minPixels: 655_360, maxPixels: 8_294_400 });
	for (const [text, failure] of [
		['1920x1080', { kind: 'sizeGrid', step: 16, edges: ['height'] }],
		['1366x768', { kind: 'sizeGrid', step: 16, edges: ['width'] }],
		['1001x1001', { kind: 'sizeGrid', step: 16, edges: ['width', 'height'] }],
		['3856x2144', { kind: 'sizeEdge', maxEdge: 3840 }],
		['0x1024', { kind: 'sizeEdge', maxEdge: 3840 }],
		['3840x1264', { kind: 'sizeRatio', maxRatio: 3 }],
		['1024x3088', { kind: 'sizeRatio', maxRatio: 3 }],
		['800x800', tooFew(640_000)],
		['1024x624', tooFew(638_976)],
		['2880x2896', tooFew(8_340_480)],
		['256x256', tooFew(65_536)],
	] as const) {
		test(`refuses ${text}: ${failure.kind}`, () => {
			assert.deepEqual(checkImageSize(parseSize(text), limits), { ok: false, failure });
		});
	}

	test('accepts exactly the sizes that the published rules allow', () => {
		const valid = new Set(validSizes.map(formatSize));
		fc.assert(
			fc.property(fc.record({ width: fc.integer({ min: 0, max: 250 }), height: fc.integer({ min: 0, max: 250 }) }), steps => {
				const size = { width: steps.width * 16, height: steps.height * 16 };
				assert.equal(checkImageSize(size, limits).ok, valid.has(formatSize(size)));
			}),
			{ numRuns: 2000 },
		);
	});
});

suite('nearestSize', () => {
	for (const [wished, nearest] of [
		['1920x1080', '1920x1088'],
		['800x800', '816x816'],
		['1366x768', '1360x768'],
		['4000x4000', '2880x2880'],
		['99999x99999', '2880x2880'],
		['3856x1280', '3840x1280'],
		['1x1', '816x816'],
		['7680x4320', '3840x2160'],
		['256x256', '816x816'],
		['1024x576', '1088x608'],
		['1024x640', '1024x640'],
	] as const) {
		test(`of ${wished} is ${nearest}`, () => {
			assert.deepEqual(nearestSize(parseSize(wished), limits), parseSize(nearest));
		});
	}

	test('is valid, and no valid size is nearer', () => {
		fc.assert(
			fc.property(anySize, wished => {
				const nearest = nearestSize(wished, limits);
				assert.ok(nearest && checkImageSize(nearest, limits).ok);
				const least = validSizes.reduce((best, size) => Math.min(best, distance(size, scaled(wished))), Infinity);
				assert.equal(distance(nearest, scaled(wished)), least);
			}),
			{ numRuns: 150 },
		);
	});

	test('keeps a valid size as it is', () => {
		fc.assert(fc.property(fc.constantFrom(...validSizes), size => assert.deepEqual(nearestSize(size, limits), size)));
	});

	test('prefers the larger of two equally near sizes, then the wider one', () => {
		assert.deepEqual(nearestSize({ width: 1024, height: 1032 }, limits), { width: 1024, height: 1040 });
		const wideOrTall: SizeLimits = { step: 2, maxEdge: 4, maxRatio: 2, minPixels: 8, maxPixels: 8 };
		assert.deepEqual(nearestSize({ width: 3, height: 3 }, wideOrTall), { width: 4, height: 2 });
	});

	test('does not exist when the limits contradict each other', () => {
		assert.equal(nearestSize({ width: 100, height: 100 }, { ...limits, maxEdge: 160 }), undefined);
	});
});

suite('nearestSizeWithSameRatio', () => {
	for (const [wished, nearest] of [
		['1920x1080', '2048x1152'],
		['800x800', '816x816'],
		['4000x2000', '3840x1920'],
		['300x100', '1440x480'],
		['1366x768', undefined],
		['4000x1000', undefined],
		['1536x1024', '1536x1024'],
	] as const) {
		test(`of ${wished} is ${nearest ?? 'not there'}`, () => {
			assert.deepEqual(nearestSizeWithSameRatio(parseSize(wished), limits), nearest && parseSize(nearest));
		});
	}

	test('is the nearest of the valid sizes with these proportions, if there is one', () => {
		const ratio = fc.record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) });
		fc.assert(
			fc.property(ratio, fc.integer({ min: 1, max: 400 }), ({ width, height }, factor) => {
				const wished = { width: width * factor, height: height * factor };
				const same = validSizes.filter(size => size.width * height === size.height * width);
				const nearest = nearestSizeWithSameRatio(wished, limits);
				assert.equal(nearest !== undefined, same.length > 0);
				if (nearest) {
					assert.equal(nearest.width * height, nearest.height * width);
					assert.equal(distance(nearest, wished), Math.min(...same.map(size => distance(size, wished))));
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('does not exist for edges that are no whole positive numbers', () => {
		assert.equal(nearestSizeWithSameRatio({ width: 0, height: 0 }, limits), undefined);
		assert.equal(nearestSizeWithSameRatio({ width: 10.5, height: 10 }, limits), undefined);
	});
});

suite('sizePresets', () => {
	test('all obey the limits of the newest models', () => {
		assert.deepEqual(
			[...sizePresets.values()].filter(size => !checkImageSize(size, limits).ok),
			[],
		);
	});

	test('are found by their proportions', () => {
		assert.equal(presetWithRatio({ width: 16, height: 9 }), 'wide');
		assert.equal(presetWithRatio({ width: 2, height: 3 }), 'portrait');
		assert.equal(presetWithRatio({ width: 21, height: 9 }), undefined);
	});
});
