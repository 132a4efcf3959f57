import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { compatible, connectionOf, planOf, seen, withKeys } from './planning';

const common = { model: 'gpt-image-2', prompt: 'A cat', size: '1024x1024', quality: 'medium', output_format: 'png' };

suite('makePlan: requests', () => {
	test('streams a single picture with the partial ones that the user pays for', () => {
		assert.deepEqual(planOf('A cat', { settings: { partialImages: 2 } }).requests, [
			{ candidates: [0], stream: true, body: { ...common, stream: true, partial_images: 2 } },
		]);
	});

	test('streams without partial pictures when none are wanted', () => {
		assert.deepEqual(planOf('A cat', { settings: { partialImages: 0 } }).requests, [
			{ candidates: [0], stream: true, body: { ...common, stream: true } },
		]);
	});

	for (const [wanted, asked] of [
		[4, 3],
		[-1, undefined],
	] as const) {
		test(`asks for ${asked ?? 'no'} partial pictures when the setting says ${wanted}`, () => {
			assert.equal(planOf('A cat', { settings: { partialImages: wanted } }).requests[0]?.body['partial_images'], asked);
		});
	}

	test('asks for several candidates in one request without a stream, and says so', () => {
		const plan = planOf(withKeys('n: 4'));
		assert.deepEqual(plan.requests, [{ candidates: [0, 1, 2, 3], stream: false, body: { ...common, n: 4 } }]);
		assert.deepEqual(plan.notices, ['4 candidates are asked for in one request, without a stream.']);
	});

	test('asks for several candidates in single requests where the host wants that, and says so', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { candidates: 'parallelRequests' } });
		const plan = planOf(withKeys('n: 3'), { connection });
		const body = { ...common, stream: true, partial_images: 1 };
		assert.deepEqual(
			plan.requests,
			[0, 1, 2].map(index => ({ candidates: [index], stream: true, body })),
		);
		assert.deepEqual(plan.notices, ['3 candidates are asked for in 3 single requests, each with a stream.']);
		assert.deepEqual(plan.price.kind === 'estimate' && plan.price.outputTokens, [3 * 1856, 3 * 1856]);
	});

	test('makes single requests without a stream where the host has no streams', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { candidates: 'parallelRequests', streams: false } });
		const plan = planOf(withKeys('n: 2'), { connection });
		assert.deepEqual(
			plan.requests,
			[0, 1].map(index => ({ candidates: [index], stream: false, body: common })),
		);
		assert.deepEqual(plan.notices, ['2 candidates are asked for in 2 single requests, without a stream.']);
	});

	test('makes single requests where the host does not understand n', () => {
		const connection = connectionOf({
			kind: 'compatible',
			baseUrl: 'http://localhost:1/v1',
			capabilities: { fields: ['prompt', 'size'], responseFormat: 'omit' },
		});
		assert.deepEqual(
			planOf(withKeys('n: 2'), { connection }).requests,
			[0, 1].map(index => ({ candidates: [index], stream: false, body: { prompt: 'A cat', size: '1024x1024' } })),
		);
	});

	test('sends a compatible server what it understands', () => {
		const connection = connectionOf({ kind: 'compatible', baseUrl: 'http://localhost:1/v1', model: 'sd' });
		assert.deepEqual(planOf(withKeys('n: 2', 'size: 512x512'), { connection }).requests, [
			{
				candidates: [0, 1],
				stream: false,
				body: { model: 'sd', prompt: 'A cat', size: '512x512', response_format: 'b64_json', n: 2 },
			},
		]);
	});

	test('streams from a compatible server whose user says that it can', () => {
		const connection = connectionOf({
			kind: 'compatible',
			baseUrl: 'http://localhost:1/v1',
			capabilities: { streams: true, maxPartialImages: 2, qualities: ['low', 'medium'] },
		});
		assert.deepEqual(planOf('A cat', { connection }).requests[0], {
			candidates: [0],
			stream: true,
			body: { prompt: 'A cat', size: '1024x1024', quality: 'medium', response_format: 'b64_json', stream: true, partial_images: 2 },
		});
	});

	test('asks the sandbox for all partial pictures, for nothing', () => {
		const plan = planOf('A cat', { connection: sandboxConnection, settings: { partialImages: 0 } });
		assert.deepEqual(plan.requests[0]?.body, { ...common, stream: true, partial_images: 3 });
		assert.deepEqual([plan.price, plan.prices], [{ kind: 'free' }, { textIn: 0, imageIn: 0, imageOut: 0 }]);
	});

	for (const [origin, text, settings, expected] of [
		['the file', withKeys('n: 3'), { n: 2 }, 3],
		['the setting', 'A cat', { n: 2 }, 2],
	] as const) {
		test(`takes the number of candidates from ${origin}`, () => {
			assert.equal(planOf(text, { settings }).requested.n, expected);
		});
	}

	test('refuses more candidates than the host gives', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { maxCandidates: 4 } });
		assert.deepEqual(seen(withKeys('n: 5'), { connection }), [
			{
				problem: 'error invalidValue',
				at: '5',
				message: '5 candidates cannot be asked of gpt-image-2. Use 1 to 4.',
				fixes: ['* Set `n: 4`'],
			},
		]);
	});

	for (const [n, fix] of [
		[0, '1'],
		[1.5, '10'],
		[11, '10'],
		[Number.NaN, '1'],
	] as const) {
		test(`names the setting that asks for ${n} candidates`, () => {
			const [problem] = seen('A cat', { settings: { n } });
			assert.deepEqual(
				[problem?.message, problem?.fixes],
				[
					`${n} candidates cannot be asked of gpt-image-2. Use 1 to 10. The value comes from the setting "imgprompt.defaults.n".`,
					[`* Set \`n: ${fix}\``],
				],
			);
		});
	}

	test('asks for every candidate exactly once, streams single pictures only, and pays for what it streams', () => {
		const connections = [
			sandboxConnection,
			compatible,
			connectionOf({ kind: 'openai' }),
			connectionOf({ kind: 'openai', capabilities: { candidates: 'parallelRequests' } }),
		];
		fc.assert(
			fc.property(
				fc.constantFrom(...connections),
				fc.integer({ min: 1, max: 10 }),
				fc.integer({ min: 0, max: 3 }),
				(connection, n, partialImages) => {
					const plan = planOf(withKeys(`n: ${n}`), { connection, settings: { partialImages } });
					assert.deepEqual(
						plan.requests.flatMap(({ candidates }) => candidates),
						Array.from({ length: n }, (_, index) => index),
					);
					for (const { candidates, stream, body } of plan.requests) {
						assert.equal(body['stream'], stream ? true : undefined);
						assert.equal(body['n'], candidates.length > 1 ? candidates.length : undefined);
						assert.ok(!stream || candidates.length === 1);
						assert.ok(stream || body['partial_images'] === undefined);
					}
					const partials = plan.requests.reduce((sum, { body }) => sum + Number(body['partial_images'] ?? 0), 0);
					assert.ok(plan.price.kind !== 'estimate' || plan.price.outputTokens[0] === n * 1756 + partials * 100);
				},
			),
			{ seed: 5 },
		);
	});
});
