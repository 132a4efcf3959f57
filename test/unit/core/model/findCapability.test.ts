import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCapability } from '../../../../src/core/model/findCapability';

const today = '2026-11-20';

/** Family, confidence and the remarks' codes with severity. */
function summary(...[hostKind, model, overrides, day]: Parameters<typeof findCapability>) {
	const { capability, problems } = findCapability(hostKind, model, overrides, day);
	return {
		host: capability.hostKind,
		family: capability.family,
		confidence: capability.confidence,
		remarks: problems.map(({ code, severity }) => `${severity} ${code}`),
	};
}

suite('findCapability', () => {
	for (const [model, family] of [
		['gpt-image-2', 'gpt-image-2'],
		['gpt-image-2-2026-04-21', 'gpt-image-2'],
		['gpt-image-2.5-sunburst', 'gpt-image-2.5'],
		['gpt-image-2.5-flare', 'gpt-image-2.5'],
		['gpt-image-2.5-flare-2026-09-08', 'gpt-image-2.5'],
	] as const) {
		test(`knows ${model} on OpenAI without a remark`, () => {
			assert.deepEqual(summary('openai', model, undefined, today), { host: 'openai', family, confidence: 'known', remarks: [] });
		});
	}

	for (const model of [
		'gpt-image-2.6-flare',
		'gpt-image-2-mini',
		'gpt-image-2-2026-4-21',
		'gpt-image-20',
		'GPT-IMAGE-2',
		'gpt-image-2.5',
	]) {
		test(`gives ${model} the rules of the newest family, with a warning`, () => {
			assert.deepEqual(summary('openai', model, undefined, today), {
				host: 'openai',
				family: 'gpt-image-2.5',
				confidence: 'assumed',
				remarks: ['warning unknownModel'],
			});
		});
	}

	test('does not stretch prices to a stranger', () => {
		const { capability } = findCapability('openai', 'gpt-image-9', undefined, today);
		assert.deepEqual([capability.prices, capability.tokens, capability.models], [undefined, { kind: 'unknown' }, ['gpt-image-9']]);
	});

	test('says what is done about an unknown model', () => {
		assert.deepEqual(findCapability('openai', 'gpt-image-9', undefined, today).problems, [
			{
				code: 'unknownModel',
				severity: 'warning',
				message:
					'gpt-image-9 is not a model that this version knows. It is checked by the rules of gpt-image-2.5; its price is not known.',
				about: 'model',
			},
		]);
	});

	for (const [model, shutDown, successor] of [
		['gpt-image-1', '2026-10-23', 'gpt-image-2.5-sunburst'],
		['gpt-image-1-2025-04-15', '2026-10-23', 'gpt-image-2.5-sunburst'],
		['dall-e-2', '2026-05-12', 'gpt-image-2.5-flare'],
		['dall-e-3', '2026-05-12', 'gpt-image-2.5-sunburst'],
	] as const) {
		test(`calls ${model} retired and names its successor`, () => {
			assert.deepEqual(findCapability('openai', model, undefined, today).problems, [
				{
					code: 'modelRetired',
					severity: 'error',
					message: `${model} was shut down on ${shutDown}. Use ${successor}.`,
					about: 'model',
					successor,
				},
			]);
		});
	}

	test('checks a retired model by its successor’s rules, so that the rest of the file can be mended at once', () => {
		assert.equal(findCapability('openai', 'dall-e-3', undefined, today).capability.family, 'gpt-image-2.5');
	});

	for (const [day, remarks, message] of [
		['2026-10-01', [], undefined],
		[
			'2026-10-02',
			['warning modelRetired'],
			'gpt-image-1.5 will be shut down in 60 days, on 2026-12-01. Change to gpt-image-2.5-sunburst in time.',
		],
		[
			'2026-11-20',
			['warning modelRetired'],
			'gpt-image-1.5 will be shut down in 11 days, on 2026-12-01. Change to gpt-image-2.5-sunburst in time.',
		],
		[
			'2026-11-30',
			['warning modelRetired'],
			'gpt-image-1.5 will be shut down tomorrow, on 2026-12-01. Change to gpt-image-2.5-sunburst in time.',
		],
		['2026-12-01', ['error modelRetired'], 'gpt-image-1.5 was shut down on 2026-12-01. Use gpt-image-2.5-sunburst.'],
		['2027-03-01', ['error modelRetired'], 'gpt-image-1.5 was shut down on 2026-12-01. Use gpt-image-2.5-sunburst.'],
	] as const) {
		test(`on ${day} says of gpt-image-1.5: ${remarks.join() || 'nothing'}`, () => {
			const { problems } = findCapability('openai', 'gpt-image-1.5', undefined, day);
			assert.deepEqual(
				problems.map(({ code, severity }) => `${severity} ${code}`),
				remarks,
			);
			assert.equal(problems[0]?.message, message);
		});
	}

	test('knows the other models that end on 2026-12-01', () => {
		for (const model of ['gpt-image-1-mini', 'chatgpt-image-latest', 'gpt-image-1-mini-2025-10-06']) {
			assert.deepEqual(summary('openai', model, undefined, '2026-11-30').remarks, ['warning modelRetired'], model);
			assert.deepEqual(summary('openai', model, undefined, '2026-12-01').remarks, ['error modelRetired'], model);
		}
	});

	test('lets a compatible server have any model, or none', () => {
		for (const model of ['', 'sd-cpp-local', 'dall-e-3', 'gpt-image-1']) {
			assert.deepEqual(summary('compatible', model, undefined, today), {
				host: 'compatible',
				family: 'compatible',
				confidence: 'known',
				remarks: [],
			});
		}
	});

	test('applies the family’s rules on the sandbox', () => {
		assert.equal(summary('sandbox', 'gpt-image-2.5-flare', undefined, today).family, 'gpt-image-2.5');
		assert.equal(summary('sandbox', 'gpt-image-1.5', undefined, today).family, 'gpt-image-1.5');
	});

	test('only warns on the sandbox that a model is retired, because nothing is sent', () => {
		assert.deepEqual(summary('sandbox', 'dall-e-3', undefined, today), {
			host: 'sandbox',
			family: 'gpt-image-2.5',
			confidence: 'known',
			remarks: ['warning modelRetired'],
		});
	});

	test('paints strangers on the sandbox by the rules of the default model, still for nothing', () => {
		const { capability, problems } = findCapability('sandbox', 'flux', undefined, today);
		assert.deepEqual(
			[capability.family, capability.confidence, capability.prices, problems.length],
			['gpt-image-2', 'assumed', { textIn: 0, imageIn: 0, imageOut: 0 }, 1],
		);
	});

	for (const [model, family] of [
		['gpt-image-2', 'gpt-image-2'],
		['GPT-Image-2', 'gpt-image-2'],
		['gpt-image-2-2026-04-21', 'gpt-image-2'],
		['GPT-IMAGE-2.5-Flare', 'gpt-image-2.5'],
		['gpt-image-1', 'gpt-image-1'],
		['gpt-image-1-2025-04-15', 'gpt-image-1'],
		['gpt-image-1-mini', 'gpt-image-1-mini'],
	] as const) {
		test(`knows ${model} on Azure, in any case, without a remark`, () => {
			assert.deepEqual(summary('azure', model, undefined, today), { host: 'azure', family, confidence: 'known', remarks: [] });
		});
	}

	test('gives a stranger on Azure the rules of the newest family there, and no last day', () => {
		assert.deepEqual(summary('azure', 'my-Deployment', undefined, today), {
			host: 'azure',
			family: 'gpt-image-2.5',
			confidence: 'assumed',
			remarks: ['warning unknownModel'],
		});
		const { capability, problems } = findCapability('azure', 'my-Deployment', undefined, '2030-01-01');
		assert.deepEqual([capability.shutDown, capability.prices, capability.formats], [undefined, undefined, ['png', 'jpeg']]);
		assert.match(problems[0]?.message ?? '', /^my-Deployment is not a model/);
	});

	for (const [model, message] of [
		[
			'MAI-Image-2e',
			'MAI-Image-2e cannot be asked by this version. It takes width and height with limits of their own, at an address that is not documented here. Deploy a GPT Image model.',
		],
		['mai-image-1', undefined],
		[
			'FLUX.1-Kontext-pro',
			'FLUX.1-Kontext-pro cannot be asked by this version. Nothing is known of its requests. Deploy a GPT Image model.',
		],
		['FLUX-1.1-pro', undefined],
		['flux.2-pro', undefined],
	] as const) {
		test(`refuses ${model} on Azure with a reason, whatever the user says about it`, () => {
			for (const overrides of [undefined, { maxCandidates: 1 }]) {
				const { problems } = findCapability('azure', model, overrides, today);
				assert.deepEqual(
					problems.map(({ code, severity, about, successor }) => [code, severity, about, successor]),
					[['unknownModel', 'error', 'model', undefined]],
				);
				assert.ok(message === undefined || problems[0]?.message === message, problems[0]?.message);
			}
		});
	}

	test('lets other hosts have models of those names', () => {
		assert.deepEqual(summary('compatible', 'flux.1-dev', undefined, today).remarks, []);
		assert.deepEqual(summary('openai', 'MAI-Image-1', undefined, today).remarks, ['warning unknownModel']);
	});

	for (const [model, day, message] of [
		['gpt-image-1.5', '2026-11-20', 'gpt-image-1.5 will be shut down in 26 days, on 2026-12-16. Deploy gpt-image-2 in time.'],
		['gpt-image-1.5', '2026-12-16', 'gpt-image-1.5 was shut down on 2026-12-16. Deploy gpt-image-2.'],
		['gpt-image-1-mini', '2027-02-05', undefined],
		['gpt-image-1-mini', '2027-02-06', 'gpt-image-1-mini will be shut down in 60 days, on 2027-04-07. Deploy gpt-image-2 in time.'],
		['gpt-image-2.5-flare', '2027-09-07', 'gpt-image-2.5-flare will be shut down tomorrow, on 2027-09-08.'],
		['gpt-image-2', '2027-10-20', 'gpt-image-2 will be shut down tomorrow, on 2027-10-21.'],
		['gpt-image-2', '2027-10-21', 'gpt-image-2 was shut down on 2027-10-21.'],
		['dall-e-3', '2026-11-20', 'dall-e-3 was shut down on 2026-03-04. Deploy gpt-image-2.'],
		['DALL-E-3', '2026-11-20', 'DALL-E-3 was shut down on 2026-03-04. Deploy gpt-image-2.'],
	] as const) {
		test(`on ${day} says of ${model} on Azure: ${message ?? 'nothing'}`, () => {
			assert.deepEqual(
				findCapability('azure', model, undefined, day).problems.map(problem => problem.message),
				message === undefined ? [] : [message],
			);
		});
	}

	test('takes the user’s word for a model that it does not know', () => {
		assert.deepEqual(summary('openai', 'gpt-image-9', { maxCandidates: 1 }, today), {
			host: 'openai',
			family: 'gpt-image-2.5',
			confidence: 'overridden',
			remarks: [],
		});
	});

	test('still warns of an unknown model when the overrides say nothing', () => {
		assert.deepEqual(summary('openai', 'gpt-image-9', {}, today).remarks, ['warning unknownModel']);
	});

	test('keeps saying that a model is retired, whatever the overrides say', () => {
		assert.deepEqual(summary('openai', 'dall-e-3', { maxCandidates: 1 }, today).remarks, ['error modelRetired']);
	});

	test('turns mistakes in overrides into errors and uses none of them', () => {
		const { capability, problems } = findCapability('openai', 'gpt-image-2', { maxCandidates: 0, streams: 'no' }, today);
		assert.deepEqual(problems, [
			{ code: 'invalidValue', severity: 'error', message: '"maxCandidates" must be at least 1.', about: 'capabilities' },
			{ code: 'invalidValue', severity: 'error', message: '"streams" must be true or false.', about: 'capabilities' },
		]);
		assert.deepEqual([capability.maxCandidates, capability.confidence], [10, 'known']);
	});

	test('never throws, whatever model, overrides and day it is given', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('openai', 'azure', 'compatible', 'sandbox'),
				fc.oneof(fc.string(), fc.constantFrom('gpt-image-2', 'dall-e-3', 'gpt-image-1.5')),
				fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: undefined }),
				fc.constantFrom('2026-01-01', '2026-11-20', '2030-01-01'),
				(hostKind, model, overrides, day) => findCapability(hostKind, model, overrides, day).capability.fields.includes('prompt'),
			),
			{ seed: 1 },
		);
	});
});
