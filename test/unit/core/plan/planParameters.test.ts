import * as assert from 'node:assert/strict';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { promptFromValues } from '../../../../src/core/prompt/promptFromValues';
import { codesOf, compatible, connectionOf, mended, planOf, problemsOf, seen, withKeys } from './planning';

suite('makePlan: quality and tier', () => {
	for (const [model, qualities] of [
		['gpt-image-2', ['auto', 'low', 'medium', 'high']],
		['gpt-image-2.5-flare', ['auto', 'low', 'medium', 'high', 'xhigh', 'max']],
	] as const) {
		test(`takes ${qualities.join(', ')} for ${model}, and sends each as written`, () => {
			for (const quality of qualities) {
				assert.equal(planOf(withKeys(`model: ${model}`, `quality: ${quality}`)).requests[0]?.body['quality'], quality);
			}
		});
	}

	for (const [quality, preferred] of [
		['max', 'high'],
		['xhigh', 'high'],
		['hd', 'high'],
		['standard', 'medium'],
		['hgh', 'high'],
		['lo', 'low'],
	] as const) {
		test(`says that gpt-image-2 has no quality ${quality}, and would rather have ${preferred}`, () => {
			const [problem, ...others] = seen(withKeys(`quality: ${quality}`));
			assert.deepEqual(others, []);
			assert.deepEqual(
				[problem?.problem, problem?.at, problem?.message, problem?.fixes[0]],
				[
					'error invalidValue',
					quality,
					`gpt-image-2 has no quality "${quality}". Use auto, low, medium, high.`,
					`* Set \`quality: ${preferred}\``,
				],
			);
		});
	}

	for (const [tier, quality] of [
		['smimage', 'low'],
		['16', 'low'],
		['24', 'low'],
		['image', 'medium'],
		['36', 'medium'],
		['48', 'medium'],
		['xlimage', 'high'],
		['64', 'high'],
		['96', 'high'],
	] as const) {
		test(`asks for the tier ${tier} as ${quality}, and says so`, () => {
			const plan = planOf(withKeys(`tier: ${tier}`), { settings: { quality: 'auto' } });
			assert.deepEqual(
				[plan.requests[0]?.body['quality'], String(plan.requested.tier), plan.requested.quality, plan.notices],
				[quality, tier, quality, [`The tier ${tier} is asked for as quality ${quality}.`]],
			);
		});
	}

	test('refuses a tier where the host has no quality', () => {
		assert.deepEqual(seen(withKeys('tier: image'), { connection: compatible }), [
			{
				problem: 'error parameterUnsupported',
				at: 'tier',
				message: 'The connection "test" does not take `tier`. Remove it, or choose another connection.',
				fixes: ['* Remove `tier`'],
			},
		]);
	});

	test('refuses a tier whose quality the host does not have', () => {
		const connection = connectionOf({
			kind: 'compatible',
			baseUrl: 'http://localhost:1/v1',
			model: 'small',
			capabilities: { qualities: ['low'] },
		});
		assert.deepEqual(seen(withKeys('tier: 96'), { connection }), [
			{ problem: 'error invalidValue', at: '96', message: 'small has no quality "high". Use low.', fixes: [] },
		]);
	});

	test('uses the setting’s quality, and names the setting when the model does not have it', () => {
		assert.equal(planOf('A cat', { settings: { quality: 'low' } }).requests[0]?.body['quality'], 'low');
		const settings = { quality: 'max' };
		assert.equal(
			problemsOf('A cat', { settings })[0]?.message,
			'gpt-image-2 has no quality "max". Use auto, low, medium, high. The value comes from the setting "imgprompt.defaults.quality".',
		);
		assert.equal(mended('A cat', 'Set `quality: high`', { settings }), '---\nquality: high\n---\nA cat');
		assert.deepEqual(codesOf(withKeys('quality: low'), { settings }), []);
	});
});

suite('makePlan: format, compression and background', () => {
	for (const format of ['png', 'jpeg', 'webp']) {
		test(`asks for ${format} by the name of the wire`, () => {
			assert.equal(planOf(withKeys(`format: ${format}`)).requests[0]?.body['output_format'], format);
		});
	}

	test('refuses a format that the model does not make, once', () => {
		assert.deepEqual(seen(withKeys('format: gif', 'compression: 50')), [
			{
				problem: 'error formatUnsupported',
				at: 'gif',
				message: 'gpt-image-2 does not make gif files. Use png, jpeg, webp.',
				fixes: ['* Set `format: png`', 'Set `format: jpeg`', 'Set `format: webp`'],
			},
		]);
	});

	test('sends compression for jpeg and webp alone', () => {
		for (const format of ['jpeg', 'webp']) {
			assert.equal(planOf(withKeys(`format: ${format}`, 'compression: 70')).requests[0]?.body['output_compression'], 70);
		}
		assert.equal(planOf('A cat', { settings: { format: 'jpeg' } }).requests[0]?.body['output_compression'], undefined);
		assert.equal(planOf(withKeys('compression: 0'), { settings: { format: 'webp' } }).requests[0]?.body['output_compression'], 0);
	});

	test('warns that compression does nothing to png, and does not send it', () => {
		const text = withKeys('compression: 70');
		assert.deepEqual(seen(text), [
			{
				problem: 'warning compressionIgnored',
				at: '70',
				message: '`compression` has no effect on png and is not sent. Remove it, or use jpeg or webp.',
				fixes: ['* Remove `compression`', 'Set `format: jpeg`', 'Set `format: webp`'],
			},
		]);
		const plan = planOf(text);
		assert.deepEqual([plan.requested.compression, plan.requests[0]?.body['output_compression']], [undefined, undefined]);
		assert.deepEqual(codesOf(mended(text, 'Remove `compression`')), []);
	});

	test('refuses a transparent background in a format without alpha', () => {
		const text = withKeys('background: transparent', 'format: jpeg');
		assert.deepEqual(seen(text), [
			{
				problem: 'error backgroundNeedsAlpha',
				at: 'transparent',
				message: 'A transparent background needs png or webp, but the format is jpeg.',
				fixes: ['* Set `format: png`', 'Set `format: webp`'],
			},
		]);
		assert.deepEqual(codesOf(mended(text, 'Set `format: png`')), ['information parameterUnsupported']);
	});

	test('says which setting stands in the way of a transparent background', () => {
		assert.equal(
			problemsOf(withKeys('background: transparent'), { settings: { format: 'jpeg' } })[0]?.message,
			'A transparent background needs png or webp, but the format is jpeg (setting "imgprompt.defaults.format").',
		);
		assert.equal(
			problemsOf(withKeys('format: jpeg'), { settings: { background: 'transparent' } })[0]?.message,
			'A transparent background needs png or webp, but the format is jpeg. The value comes from the setting "imgprompt.defaults.background".',
		);
	});

	test('says that transparency is in preview for gpt-image-2, and sends it', () => {
		const plan = planOf(withKeys('background: transparent'));
		assert.equal(plan.requests[0]?.body['background'], 'transparent');
		assert.deepEqual(
			plan.problems.map(({ code, severity, message }) => [code, severity, message]),
			[['parameterUnsupported', 'information', 'A transparent background is in preview for gpt-image-2: the host may refuse it.']],
		);
		assert.deepEqual(codesOf(withKeys('background: transparent', 'model: gpt-image-2.5-flare')), []);
	});

	test('refuses a background that the host does not make', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { backgrounds: ['auto', 'opaque'] } });
		assert.deepEqual(seen(withKeys('background: transparent'), { connection }), [
			{
				problem: 'error parameterUnsupported',
				at: 'transparent',
				message: 'gpt-image-2 does not make transparent backgrounds. Use auto, opaque.',
				fixes: ['* Set `background: auto`', 'Set `background: opaque`'],
			},
		]);
	});
});

suite('makePlan: values of file and settings', () => {
	test('leaves automatic background and moderation of the settings to the host, and sends those of the file', () => {
		assert.deepEqual(Object.keys(planOf('A cat').requests[0]?.body ?? {}), [
			'model',
			'prompt',
			'size',
			'quality',
			'output_format',
			'stream',
			'partial_images',
		]);
		const body = planOf(withKeys('background: auto', 'moderation: auto', 'quality: auto', 'size: auto')).requests[0]?.body;
		assert.deepEqual([body?.['background'], body?.['moderation'], body?.['quality'], body?.['size']], ['auto', 'auto', 'auto', 'auto']);
	});

	test('sends background and moderation of the settings when they ask for something', () => {
		const body = planOf('A cat', { settings: { background: 'opaque', moderation: 'low' } }).requests[0]?.body;
		assert.deepEqual([body?.['background'], body?.['moderation']], ['opaque', 'low']);
	});

	test('refuses a moderation that the host does not take', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { moderations: ['auto'] } });
		assert.deepEqual(seen(withKeys('moderation: low'), { connection }), [
			{
				problem: 'error parameterUnsupported',
				at: 'low',
				message: 'gpt-image-2 does not take the moderation "low". Use auto.',
				fixes: ['* Set `moderation: auto`'],
			},
		]);
	});

	test('refuses each key of the file that the host does not take, and mends the file by removing it', () => {
		const text = withKeys('quality: low', 'format: jpeg', 'compression: 5', 'background: opaque', 'moderation: low', 'n: 2');
		const keys = ['quality', 'format', 'compression', 'background', 'moderation'];
		assert.deepEqual(
			seen(text, { connection: compatible }).map(({ problem, at }) => `${problem}: ${at}`),
			keys.map(key => `error parameterUnsupported: ${key}`),
		);
		const clean = keys.reduce((rest, key) => mended(rest, `Remove \`${key}\``, { connection: compatible }), text);
		assert.equal(clean, withKeys('n: 2'));
	});

	test('drops what asks for nothing, and settings that were not meant for the host', () => {
		const settings = { quality: 'max', format: 'webp', background: 'transparent', moderation: 'low' };
		const text = withKeys('quality: auto', 'background: auto', 'moderation: auto');
		assert.deepEqual(planOf(text, { connection: compatible, settings }).requests[0]?.body, {
			prompt: 'A cat',
			size: '1024x1024',
			response_format: 'b64_json',
		});
	});

	test('has no mends and no places for a prompt that is not a text', () => {
		const document = promptFromValues({ prompt: 'A cat', size: '1920x1080', quality: 'max', compression: 3 });
		for (const problem of problemsOf(document)) {
			assert.deepEqual([problem.range, problem.fixes], [{ start: 0, end: 0 }, undefined]);
		}
		assert.deepEqual(codesOf(document).toSorted(), ['error invalidValue', 'error sizeGrid', 'warning compressionIgnored']);
	});

	test('checks on the sandbox what the model would check', () => {
		assert.deepEqual(codesOf(withKeys('size: 1920x1080'), { connection: sandboxConnection }), ['error sizeGrid']);
		assert.deepEqual(codesOf(withKeys('quality: max'), { connection: sandboxConnection }), ['error invalidValue']);
		assert.deepEqual(codesOf(withKeys('quality: max', 'model: gpt-image-2.5-flare'), { connection: sandboxConnection }), []);
	});
});
