import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatPrice } from '../../../../src/core/plan/formatPrice';
import { codesOf, connectionOf, mended, planOf, planned, problemsOf, seen, withKeys, type Circumstances } from './planning';

const base = { kind: 'azure', baseUrl: 'https://name.openai.azure.com', deployment: 'img' };
const v1 = connectionOf(base);
const preview = connectionOf({ ...base, api: 'preview' });
const dated = connectionOf({ ...base, api: '2025-04-01-preview' });
const newest = connectionOf({ ...base, model: 'gpt-image-2.5-sunburst' });
const defaults = { partialImages: 0 };

function bodyOf(text: string, { connection = v1, settings }: Circumstances = {}) {
	return planOf(text, { connection, settings: { ...defaults, ...settings } }).requests[0]?.body;
}

suite('a plan for Azure', () => {
	test('asks for the deployment by its name, and says which model that is', () => {
		const plan = planOf('A cat', { connection: v1, settings: defaults });
		assert.equal(plan.model, 'gpt-image-2');
		assert.deepEqual(plan.requests, [
			{
				candidates: [0],
				stream: true,
				body: { model: 'img', prompt: 'A cat', size: '1024x1024', quality: 'medium', output_format: 'png', stream: true },
			},
		]);
	});

	for (const [name, connection, model] of [
		['v1', v1, 'img'],
		['preview', preview, 'img'],
		['a dated version', dated, undefined],
	] as const) {
		test(`says model ${model ?? 'nowhere'} in the body of ${name}`, () => {
			assert.equal(bodyOf('A cat', { connection })?.['model'], model);
			assert.equal(bodyOf(withKeys('model: gpt-image-2'), { connection })?.['model'], model);
			assert.equal(bodyOf(withKeys('model: IMG'), { connection })?.['model'], model);
		});
	}

	test('ignores the model of the settings, which is another host’s', () => {
		const plan = planOf('A cat', { connection: v1, settings: { ...defaults, model: 'gpt-image-1.5' } });
		assert.deepEqual([plan.model, plan.requests[0]?.body['model'], plan.problems], ['gpt-image-2', 'img', []]);
	});

	test('refuses another model in the file, and offers to remove it', () => {
		const text = withKeys('model: gpt-image-1.5');
		assert.deepEqual(seen(text, { connection: v1 }), [
			{
				problem: 'error parameterUnsupported',
				at: 'gpt-image-1.5',
				message:
					'The connection "test" asks its deployment "img", which is gpt-image-2: a file cannot choose another model there. Remove `model`, or choose another connection.',
				fixes: ['* Remove `model`', 'Set `model: gpt-image-2`'],
			},
		]);
		for (const title of ['Remove `model`', 'Set `model: gpt-image-2`']) {
			assert.deepEqual(problemsOf(mended(text, title, { connection: v1 }), { connection: v1 }), [], title);
		}
	});

	test('says of a model that ends what to do about the deployment, and changes no file', () => {
		const connection = connectionOf({ ...base, model: 'gpt-image-1.5' });
		assert.deepEqual(seen(withKeys('model: gpt-image-1.5'), { connection }), [
			{
				problem: 'warning modelRetired',
				at: '',
				message:
					'gpt-image-1.5 will be shut down in 26 days, on 2026-12-16. Deploy gpt-image-2 in time. It is the model of the connection "test".',
				fixes: [],
			},
		]);
	});

	for (const model of ['MAI-Image-2', 'FLUX.1-Kontext-pro', 'dall-e-3']) {
		test(`sends nothing to a deployment of ${model}`, () => {
			const outcome = planned('A cat', { connection: connectionOf({ ...base, model }) });
			assert.ok(outcome.kind === 'invalid');
			assert.equal(outcome.problems.length, 1);
		});
	}

	test('asks for several candidates in single requests, each with a stream', () => {
		const plan = planOf(withKeys('n: 3'), { connection: v1, settings: defaults });
		assert.deepEqual(
			plan.requests.map(({ candidates, stream, body }) => [candidates, stream, 'n' in body]),
			[0, 1, 2].map(index => [[index], true, false]),
		);
		assert.deepEqual(plan.notices, ['3 candidates are asked for in 3 single requests, each with a stream.']);
	});
});

suite('quality on Azure', () => {
	for (const quality of ['auto', 'low', 'medium', 'high']) {
		test(`is always said: ${quality}`, () => {
			assert.equal(bodyOf(withKeys(`quality: ${quality}`))?.['quality'], quality);
			assert.equal(bodyOf('A cat', { settings: { quality } })?.['quality'], quality);
		});
	}

	for (const [quality, setting, partials] of [
		['low', 0, undefined],
		['medium', 0, undefined],
		['medium', 2, 2],
		['high', 0, 1],
		['high', 1, 1],
		['high', 3, 3],
		['auto', 0, 1],
		['xhigh', 0, 1],
		['max', 0, 1],
	] as const) {
		test(`of ${quality} and ${setting} partial pictures by the settings asks for ${partials ?? 'none'}`, () => {
			const circumstances = { connection: newest, settings: { partialImages: setting } };
			const plan = planOf(withKeys(`quality: ${quality}`), circumstances);
			assert.equal(plan.requests[0]?.body['partial_images'], partials);
			assert.equal(plan.notices.length, partials !== undefined && partials > setting ? 1 : 0);
		});
	}

	for (const [lines, notice] of [
		[
			['quality: high'],
			'At quality high, a partial picture is asked for, because the host cuts off an answer that is silent for two minutes. That costs 100 more tokens ($0.0030).',
		],
		[
			['quality: auto', 'n: 4'],
			'At quality auto, a partial picture is asked for with each candidate, because the host cuts off an answer that is silent for two minutes. That costs 400 more tokens ($0.012).',
		],
	] as const) {
		test(`says why a partial picture is asked for, and what it costs: ${lines.join(', ')}`, () => {
			assert.equal(planOf(withKeys(...lines), { connection: v1, settings: defaults }).notices.at(-1), notice);
		});
	}

	test('has no partial pictures where the user says that there are none', () => {
		const connection = connectionOf({ ...base, capabilities: { maxPartialImages: 0 } });
		const plan = planOf(withKeys('quality: high'), { connection, settings: defaults });
		assert.deepEqual([plan.requests[0]?.body['partial_images'], plan.notices], [undefined, []]);
	});
});

suite('the price on Azure', () => {
	for (const [lines, price] of [
		[['size: 1536x1024', 'quality: medium'], '≈ $0.041 estimated'],
		[['size: 1024x1024', 'quality: low'], '≈ $0.0059 estimated'],
		// 7024 tokens and the partial picture that keeps the connection open.
		[['size: 1024x1024', 'quality: high'], '≈ $0.21 estimated'],
		[['size: 1536x1024', 'quality: medium', 'n: 2'], '≈ $0.082 estimated'],
	] as const) {
		test(`of ${lines.join(', ')} is ${price}`, () => {
			assert.equal(formatPrice(planOf(withKeys(...lines), { connection: v1, settings: defaults }).price, 'long'), price);
		});
	}

	test('counts the partial picture that the host needs', () => {
		const { price } = planOf(withKeys('quality: high'), { connection: v1, settings: defaults });
		assert.deepEqual(price.kind === 'estimate' && price.outputTokens, [7124, 7124]);
	});

	test('is not invented for a family whose counts are not published', () => {
		assert.equal(planOf('A cat', { connection: newest, settings: defaults }).price.kind, 'unknown');
	});
});

suite('the file of a picture on Azure', () => {
	test('is refused as webp where a prompt asks for that', () => {
		assert.deepEqual(seen(withKeys('format: webp'), { connection: v1 }), [
			{
				problem: 'error formatUnsupported',
				at: 'webp',
				message: 'gpt-image-2 does not make webp files. Use png, jpeg.',
				fixes: ['* Set `format: png`', 'Set `format: jpeg`'],
			},
		]);
	});

	test('is png where only the setting asks for webp, which is one setting for all hosts', () => {
		const plan = planOf('A cat', { connection: v1, settings: { ...defaults, format: 'webp' } });
		assert.deepEqual([plan.requests[0]?.body['output_format'], plan.requested.format, plan.problems], ['png', 'png', []]);
		assert.deepEqual(plan.notices, [
			'The format is png, because gpt-image-2 does not make webp files there. The setting "imgprompt.defaults.format" asks for webp.',
		]);
	});

	test('can be transparent as png, although the setting asks for webp', () => {
		const settings = { ...defaults, format: 'webp' };
		assert.deepEqual(codesOf(withKeys('background: transparent'), { connection: v1, settings }), ['information parameterUnsupported']);
	});

	test('needs png to be transparent', () => {
		assert.deepEqual(seen(withKeys('background: transparent', 'format: jpeg'), { connection: v1 }), [
			{
				problem: 'error backgroundNeedsAlpha',
				at: 'transparent',
				message: 'A transparent background needs png, but the format is jpeg.',
				fixes: ['* Set `format: png`'],
			},
		]);
	});

	test('is not moderated by a prompt: the filters belong to the deployment', () => {
		assert.deepEqual(codesOf(withKeys('moderation: low'), { connection: v1 }), ['error parameterUnsupported']);
		assert.equal(bodyOf('A cat', { settings: { moderation: 'low' } })?.['moderation'], undefined);
		assert.equal(bodyOf(withKeys('moderation: auto'))?.['moderation'], undefined);
	});
});

suite('what is sent to Azure, whatever is asked', () => {
	const keys = fc.record(
		{
			size: fc.constantFrom('auto', '1024x1024', '1536x1024', '2048x1152'),
			quality: fc.constantFrom('auto', 'low', 'medium', 'high', 'xhigh', 'max'),
			format: fc.constantFrom('png', 'jpeg', 'webp'),
			background: fc.constantFrom('auto', 'opaque', 'transparent'),
			moderation: fc.constantFrom('auto', 'low'),
			compression: fc.integer({ min: 0, max: 100 }).map(String),
			n: fc.integer({ min: 1, max: 10 }).map(String),
		},
		{ requiredKeys: [] },
	);

	test('says its quality, streams one picture at a time, and holds nothing that Azure refuses', () => {
		let ready = 0;
		fc.assert(
			fc.property(
				keys,
				fc.constantFrom(v1, preview, dated, newest),
				fc.integer({ min: 0, max: 3 }),
				(values, connection, partialImages) => {
					const text = withKeys(...Object.entries(values).map(([key, value]) => `${key}: ${value}`));
					const outcome = planned(text, { connection, settings: { partialImages, format: 'webp' } });
					for (const { body, candidates } of outcome.kind === 'ready' ? outcome.plan.requests : []) {
						ready++;
						assert.equal(candidates.length, 1);
						assert.equal(body['stream'], true);
						assert.equal(typeof body['quality'], 'string');
						assert.equal(body['model'], connection === dated ? undefined : 'img');
						assert.ok(body['output_format'] === 'png' || body['output_format'] === 'jpeg');
						assert.ok(body['background'] !== 'transparent' || body['output_format'] === 'png');
						assert.ok(body['quality'] === 'low' || body['quality'] === 'medium' || Number(body['partial_images']) >= 1);
						assert.ok(!('n' in body) && !('moderation' in body) && !('response_format' in body));
					}
				},
			),
			{ numRuns: 400, seed: 81 },
		);
		assert.ok(ready > 300, String(ready));
	});
});
