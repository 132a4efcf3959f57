import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { freeSizeLimits } from '../../../../src/core/model/openAiRows';
import { checkImageSize } from '../../../../src/core/image/sizeLimits';
import { codesOf, compatible, connectionOf, mended, planOf, problemsOf, seen, withKeys } from './planning';

const withSize = (size: string) => withKeys(`size: ${size}`);

suite('makePlan: size', () => {
	for (const size of ['1024x640', '816x816', '2880x2880', '3840x1280', '1280x3840', '2560x1440', '1280x720', '1920x1088']) {
		test(`takes ${size}`, () => {
			const [width, height] = size.split('x').map(Number);
			const plan = planOf(withSize(size));
			assert.deepEqual([plan.requested.size, plan.requests[0]?.body['size']], [{ width, height }, size]);
			assert.deepEqual(
				plan.problems.filter(({ severity }) => severity === 'error'),
				[],
			);
		});
	}

	for (const [size, problem, message, fixes] of [
		[
			'1920x1080',
			'error sizeGrid',
			'1080 is not a multiple of 16, as gpt-image-2 needs. Use 1920x1088, or 2048x1152 for the same proportions.',
			['* Use 1920x1088', 'Use 2048x1152 (same proportions)'],
		],
		['1366x770', 'error sizeGrid', '1366 and 770 are not multiples of 16, as gpt-image-2 needs. Use 1360x768.', ['* Use 1360x768']],
		[
			'4096x2048',
			'error sizeEdge',
			'4096x2048 is too long: gpt-image-2 makes edges of up to 3840 pixels. Use 3840x1920.',
			['* Use 3840x1920'],
		],
		[
			'2048x640',
			'error sizeRatio',
			'2048x640 is too elongated: gpt-image-2 makes pictures of up to 3:1. Use 2016x672.',
			['* Use 2016x672'],
		],
		[
			'800x800',
			'error sizePixels',
			'800x800 has 640,000 pixels: gpt-image-2 makes pictures of 655,360 to 8,294,400 pixels. Use 816x816.',
			['* Use 816x816'],
		],
		[
			'3072x3072',
			'error sizePixels',
			'3072x3072 has 9,437,184 pixels: gpt-image-2 makes pictures of 655,360 to 8,294,400 pixels. Use 2880x2880.',
			['* Use 2880x2880'],
		],
		[
			'3840x2160',
			'warning sizeExperimental',
			'3840x2160 is experimental: above 3,686,400 pixels, gpt-image-2 is slower and less reliable.',
			[],
		],
		[
			'4k',
			'warning sizeExperimental',
			'3840x2160 is experimental: above 3,686,400 pixels, gpt-image-2 is slower and less reliable.',
			[],
		],
	] as const) {
		test(`says of ${size}: ${message}`, () => {
			assert.deepEqual(seen(withSize(size)), [{ problem, at: size, message, fixes }]);
		});
	}

	for (const [size, codes] of [
		['1024x624', ['error sizePixels']],
		['3856x1600', ['error sizeEdge']],
		['3840x1264', ['error sizeRatio']],
		['2896x2880', ['error sizePixels']],
		['2560x1456', ['warning sizeExperimental']],
		['2560x1440', []],
	] as const) {
		test(`draws the line at the edge: ${size} gives ${codes.join() || 'nothing'}`, () => {
			assert.deepEqual(codesOf(withSize(size)), codes);
		});
	}

	test('sends an automatic size as it is', () => {
		const plan = planOf(withSize('auto'));
		assert.deepEqual([plan.requested.size, plan.requests[0]?.body['size']], ['auto', 'auto']);
		assert.equal(plan.price.kind === 'estimate' && plan.price.minUsd < plan.price.maxUsd, true);
	});

	test('offers the sizes of an older model, the nearest one first', () => {
		const text = withKeys('model: gpt-image-1.5', 'size: 1080x1920');
		assert.deepEqual(seen(text, { today: '2026-01-01' }), [
			{
				problem: 'error sizeUnsupported',
				at: '1080x1920',
				message: 'gpt-image-1.5 does not make 1080x1920. Use 1024x1024, 1536x1024 or 1024x1536.',
				fixes: ['* Use 1024x1536', 'Use 1024x1024', 'Use 1536x1024'],
			},
		]);
	});

	for (const [setting, size] of [
		['landscape', '1536x1024'],
		[' 2048X1152 ', '2048x1152'],
		['auto', 'auto'],
	] as const) {
		test(`takes ${JSON.stringify(setting)} from the settings when the file has no size`, () => {
			assert.equal(planOf('A cat', { settings: { size: setting } }).requests[0]?.body['size'], size);
			assert.equal(planOf(withSize('1024x1536'), { settings: { size: setting } }).requests[0]?.body['size'], '1024x1536');
		});
	}

	test('names the setting whose size the model does not make', () => {
		assert.deepEqual(seen('A cat', { settings: { size: '1920x1080' } }), [
			{
				problem: 'error sizeGrid',
				at: '',
				message:
					'1080 is not a multiple of 16, as gpt-image-2 needs. Use 1920x1088, or 2048x1152 for the same proportions. The value comes from the setting "imgprompt.defaults.size".',
				fixes: ['* Set `size: 1920x1088` in this file', 'Set `size: 2048x1152` in this file (same proportions)'],
			},
		]);
		assert.equal(
			mended('A cat', 'Set `size: 1920x1088` in this file', { settings: { size: '1920x1080' } }),
			'---\nsize: 1920x1088\n---\nA cat',
		);
	});

	test('names the setting that is no size at all, but only where it counts', () => {
		assert.deepEqual(seen('A cat', { settings: { size: 'huge' } }), [
			{
				problem: 'error invalidValue',
				at: '',
				message:
					'"huge" is not a size. Write WIDTHxHEIGHT, `auto` or a preset such as `landscape`. The value comes from the setting "imgprompt.defaults.size".',
				fixes: ['* Set `size: 1024x1024`'],
			},
		]);
		assert.deepEqual(seen(withSize('square'), { settings: { size: 'huge' } }), []);
	});

	test('lets a compatible server have any size, and no automatic one', () => {
		assert.equal(planOf(withSize('500x333'), { connection: compatible }).requests[0]?.body['size'], '500x333');
		const plan = planOf(withSize('auto'), { connection: compatible });
		assert.equal(plan.requests[0]?.body['size'], '1024x1024');
		assert.deepEqual(plan.notices, ['The size `auto` is replaced by 1024x1024, because the server of "test" does not choose a size.']);
	});

	test('replaces an automatic size by one that the host makes', () => {
		const entry = { kind: 'compatible', baseUrl: 'http://localhost:8080/v1', model: 'tiny' };
		const fixed = connectionOf({ ...entry, capabilities: { sizes: ['512x512', '768x512'] } });
		assert.equal(planOf(withSize('auto'), { connection: fixed }).requests[0]?.body['size'], '512x512');
		const free = connectionOf({ ...entry, capabilities: { limits: { maxEdge: 640, minPixels: 1, step: 64 } } });
		assert.equal(planOf(withSize('auto'), { connection: free }).requests[0]?.body['size'], '640x640');
	});

	test('does not ask for a size where the host has no such field', () => {
		const connection = connectionOf({ kind: 'compatible', baseUrl: 'http://localhost:8080/v1', capabilities: { fields: ['prompt'] } });
		assert.deepEqual(planOf('A cat', { connection }).requests[0]?.body, { prompt: 'A cat' });
		assert.deepEqual(codesOf(withSize('512x512'), { connection }), ['error parameterUnsupported']);
		assert.deepEqual(codesOf(withSize('auto'), { connection }), []);
	});

	test('allows exactly the sizes that the rules allow, and mends all others by the preferred fix', () => {
		const edge = fc.oneof(
			fc.integer({ min: 1, max: 4200 }),
			fc.integer({ min: 1, max: 260 }).map(steps => steps * 16),
		);
		fc.assert(
			fc.property(edge, edge, (width, height) => {
				const text = withSize(`${width}x${height}`);
				const errors = problemsOf(text).filter(({ severity }) => severity === 'error');
				assert.equal(errors.length === 0, checkImageSize({ width, height }, freeSizeLimits).ok);
				const preferred = errors.flatMap(({ fixes }) => fixes ?? []).find(({ isPreferred }) => isPreferred);
				assert.deepEqual(
					codesOf(preferred ? mended(text, preferred.title) : text).filter(code => code.startsWith('error')),
					[],
				);
			}),
			{ seed: 11 },
		);
	});
});
