import * as assert from 'node:assert/strict';
import type { Capability } from '../../../../src/core/model/capability';
import { capabilityTable, defaultModel, retiredModels } from '../../../../src/core/model/capabilityTable';
import { checkImageSize } from '../../../../src/core/image/sizeLimits';

const nameOf = (row: Capability) => `${row.hostKind}/${row.family}`;

suite('capability table', () => {
	test('has these rows, per host the newest family first', () => {
		assert.deepEqual(capabilityTable.map(nameOf), [
			'openai/gpt-image-2.5',
			'openai/gpt-image-2',
			'openai/gpt-image-1.5',
			'openai/gpt-image-1-mini',
			'openai/chatgpt-image-latest',
			'azure/gpt-image-2.5',
			'azure/gpt-image-2',
			'azure/gpt-image-1.5',
			'azure/gpt-image-1-mini',
			'azure/gpt-image-1',
			'azure/mai-image',
			'azure/flux',
			'compatible/compatible',
			'sandbox/gpt-image-2.5',
			'sandbox/gpt-image-2',
			'sandbox/gpt-image-1.5',
			'sandbox/gpt-image-1-mini',
			'sandbox/chatgpt-image-latest',
		]);
	});

	for (const row of capabilityTable) {
		suite(nameOf(row), () => {
			test('says where its facts come from, and when they were read', () => {
				assert.notEqual(row.source.text, '');
				assert.match(row.source.date, /^2026-\d{2}-\d{2}$/);
			});

			test('has a field for every parameter that it lists values of', () => {
				const listed = [
					[row.qualities, 'quality'],
					[row.formats, 'output_format'],
					[row.backgrounds, 'background'],
					[row.moderations, 'moderation'],
				] as const;
				for (const [values, field] of listed) {
					assert.equal(row.fields.includes(field), values.length > 0, field);
				}
				assert.equal(row.fields.includes('stream'), row.streams);
				assert.equal(row.fields.includes('response_format'), row.responseFormat === 'send');
			});

			test('chooses among sizes that it accepts when the size is left to it', () => {
				for (const size of row.autoSizes ?? []) {
					assert.ok(row.size.kind === 'free' && checkImageSize(size, row.size.limits).ok, JSON.stringify(size));
				}
			});

			test('counts tokens for each of its qualities but auto, where it counts them at all', () => {
				const named = row.qualities.filter(quality => quality !== 'auto');
				if (row.tokens.kind === 'grid') {
					assert.deepEqual(Object.keys(row.tokens.factors), named);
				} else if (row.tokens.kind === 'table') {
					assert.deepEqual(Object.keys(row.tokens.tokens), named);
				} else {
					assert.ok(row.prices === undefined || row.family === 'gpt-image-2.5' || row.hostKind === 'sandbox');
				}
			});

			test('names a successor when its last day is near, and none without a last day', () => {
				assert.ok(row.successor !== undefined || row.shutDown === undefined || row.shutDown > '2027-09');
				assert.ok(row.successor === undefined || row.shutDown !== undefined);
			});
		});
	}

	test('answers for the default model', () => {
		assert.ok(
			capabilityTable.some(row => row.hostKind === 'openai' && row.models.includes(defaultModel) && row.shutDown === undefined),
		);
	});

	test('leads from every retired or ending model to one that lasts', () => {
		const lasting = capabilityTable.filter(row => row.shutDown === undefined).flatMap(row => row.models);
		const successors = [...capabilityTable.map(row => row.successor), ...retiredModels.openai.map(({ successor }) => successor)];
		for (const successor of successors.filter(name => name !== undefined)) {
			assert.ok(lasting.includes(successor), successor);
		}
	});

	test('sends a compatible server nothing but what all of them take', () => {
		const row = capabilityTable.find(({ hostKind }) => hostKind === 'compatible');
		assert.deepEqual(row?.fields, ['prompt', 'model', 'n', 'size', 'response_format']);
	});

	test('lets the sandbox take whatever the model on OpenAI takes, for nothing', () => {
		for (const real of capabilityTable.filter(({ hostKind }) => hostKind === 'openai')) {
			const sandbox = capabilityTable.find(row => row.hostKind === 'sandbox' && row.family === real.family);
			assert.deepEqual(
				{ ...sandbox, source: real.source },
				{
					...real,
					hostKind: 'sandbox',
					partialImageTokens: 0,
					prices: { textIn: 0, imageIn: 0, imageOut: 0 },
					typicalSeconds: [1, 3],
					typicalSecondsByQuality: {},
				},
			);
		}
	});
});
