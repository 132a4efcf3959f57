import * as assert from 'node:assert/strict';
import { azureModelNamed, azureRows } from '../../../../src/core/model/azureRows';
import { retiredModels } from '../../../../src/core/model/capabilityTable';
import { findCapability } from '../../../../src/core/model/findCapability';
import { openAiRows } from '../../../../src/core/model/openAiRows';

const today = '2026-11-20';

function onAzure(model: string) {
	return findCapability('azure', model, undefined, today).capability;
}

const slow = { auto: 1, high: 1 };
const slower = { ...slow, xhigh: 1, max: 1 };

/** What the Foundry catalogue and Microsoft Learn say (read 2026-11-20), once more and by hand. */
const models = [
	{ model: 'gpt-image-2', sizes: 'free', qualities: 4, preview: true, prices: [5, 8, 30], shutDown: '2027-10-21', partials: slow },
	{
		model: 'gpt-image-2.5-sunburst',
		sizes: 'free',
		qualities: 6,
		preview: false,
		prices: [5, 8, 30],
		shutDown: '2027-09-08',
		partials: slower,
	},
	{
		model: 'gpt-image-2.5-flare',
		sizes: 'free',
		qualities: 6,
		preview: false,
		prices: [5, 8, 30],
		shutDown: '2027-09-08',
		partials: slower,
	},
	{ model: 'gpt-image-1.5', sizes: 'fixed', qualities: 4, preview: false, prices: [5, 8, 32], shutDown: '2026-12-16', partials: slow },
	{
		model: 'gpt-image-1-mini',
		sizes: 'fixed',
		qualities: 4,
		preview: false,
		prices: [2, 2.5, 8],
		shutDown: '2027-04-07',
		partials: slow,
	},
	{ model: 'gpt-image-1', sizes: 'fixed', qualities: 4, preview: false, prices: [5, 10, 40], shutDown: undefined, partials: slow },
] as const;

suite('what Microsoft says of each model', () => {
	for (const { model, sizes, qualities, preview, prices, shutDown, partials } of models) {
		test(`is in the table for ${model}`, () => {
			const row = onAzure(model);
			assert.deepEqual(row.qualities, ['auto', 'low', 'medium', 'high', 'xhigh', 'max'].slice(0, qualities));
			assert.deepEqual([row.formats, row.backgrounds, row.moderations], [['png', 'jpeg'], ['auto', 'opaque', 'transparent'], []]);
			assert.deepEqual(row.previewBackgrounds ?? [], preview ? ['transparent'] : []);
			assert.deepEqual(row.prices && [row.prices.textIn, row.prices.imageIn, row.prices.imageOut], prices);
			assert.deepEqual([row.size.kind, row.allowsAutoSize, row.shutDown], [sizes, true, shutDown]);
			assert.deepEqual([row.maxCandidates, row.candidates, row.maxPromptLength], [10, 'parallelRequests', 32_000]);
			assert.deepEqual([row.streams, row.maxPartialImages, row.partialImageTokens, row.minPartialImages], [true, 3, 100, partials]);
		});

		test(`does not let ${model} be sent what it would refuse`, () => {
			const { fields, responseFormat } = onAzure(model);
			assert.deepEqual(
				['moderation', 'response_format', 'input_fidelity'].filter(field => fields.includes(field)),
				[],
			);
			assert.equal(responseFormat, 'omit');
		});
	}

	test('is in the table for models that are gone', () => {
		assert.deepEqual(
			retiredModels.azure.map(({ model, shutDown }) => [model, shutDown]),
			[['dall-e-3', '2026-03-04']],
		);
	});

	test('is in the table for the times that were measured', () => {
		assert.deepEqual(onAzure('gpt-image-2').typicalSecondsByQuality, { low: [20, 30], medium: [45, 60], high: [120, 190] });
	});

	test('is said with the doubt that it deserves', () => {
		for (const { refusal, tokens, source } of azureRows) {
			assert.equal(/one measurement on Azure/.test(source.text), refusal === undefined && tokens.kind !== 'unknown', source.text);
		}
	});

	test('differs from OpenAI’s own tables where the two hosts do, and not in how tokens are counted', () => {
		for (const family of ['gpt-image-2.5', 'gpt-image-2', 'gpt-image-1.5', 'gpt-image-1-mini']) {
			const [azure, openAi] = [azureRows, openAiRows].map(rows => rows.find(row => row.family === family));
			assert.ok(azure && openAi);
			assert.deepEqual(
				[azure.tokens, azure.prices, azure.size, azure.models],
				[openAi.tokens, openAi.prices, openAi.size, openAi.models],
			);
			assert.notEqual(azure.shutDown, openAi.shutDown);
		}
	});
});

suite('models on Azure', () => {
	for (const [deployment, model] of [
		['gpt-image-2', 'gpt-image-2'],
		['GPT-Image-2', 'gpt-image-2'],
		['gpt-image-2-2026-04-21', 'gpt-image-2-2026-04-21'],
		['gpt-image-1', 'gpt-image-1'],
		['dall-e-3', 'dall-e-3'],
		['MAI-Image-1', 'mai-image-1'],
		['FLUX.1-Kontext-pro', 'flux.1-kontext-pro'],
		['gpt-image-2-1', undefined],
		['pictures', undefined],
		['', undefined],
	] as const) {
		test(`are read from the deployment "${deployment}" as ${model ?? 'none'}`, () => {
			assert.equal(azureModelNamed(deployment), model);
		});
	}
});
