import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Capability } from '../../../../src/core/model/capability';
import { overrideCapability, overrideNames } from '../../../../src/core/model/capabilityOverrides';
import { capabilityTable } from '../../../../src/core/model/capabilityTable';
import { freeSizeLimits } from '../../../../src/core/model/openAiRows';

function rowOf(family: string): Capability {
	const row = capabilityTable.find(candidate => candidate.family === family);
	assert.ok(row);
	return row;
}

const compatible = rowOf('compatible');
const gptImage2 = rowOf('gpt-image-2');

function overridden(base: Capability, overrides: Record<string, unknown>): Capability {
	const result = overrideCapability(base, overrides);
	assert.ok(result.ok, JSON.stringify(result));
	return result.value;
}

suite('overrideCapability', () => {
	test('understands these names, and only these', () => {
		assert.deepEqual(overrideNames, [
			'sizes',
			'limits',
			'autoSize',
			'qualities',
			'formats',
			'backgrounds',
			'moderations',
			'maxCandidates',
			'candidates',
			'streams',
			'maxPartialImages',
			'maxPromptLength',
			'responseFormat',
			'fields',
			'prices',
			'tokens',
		]);
	});

	test('changes nothing when it is told nothing', () => {
		assert.equal(overridden(gptImage2, {}), gptImage2);
	});

	for (const [what, overrides, expected] of [
		[
			'a list of sizes',
			{ sizes: ['512x512', '1024x768'] },
			{
				size: {
					kind: 'fixed',
					sizes: [
						{ width: 512, height: 512 },
						{ width: 1024, height: 768 },
					],
				},
			},
		],
		['any size', { sizes: 'any' }, { size: { kind: 'any' } }],
		['some limits', { limits: { maxEdge: 2048 } }, { size: { kind: 'free', limits: { ...freeSizeLimits, maxEdge: 2048 } } }],
		['no automatic size', { autoSize: false }, { allowsAutoSize: false }],
		['a number of candidates', { maxCandidates: 4 }, { maxCandidates: 4 }],
		['single requests', { candidates: 'parallelRequests' }, { candidates: 'parallelRequests' }],
		['a longer prompt', { maxPromptLength: 4000 }, { maxPromptLength: 4000 }],
		['prices', { prices: { textIn: 1, imageIn: 2, imageOut: 3.5 } }, { prices: { textIn: 1, imageIn: 2, imageOut: 3.5 } }],
		['a token grid', { tokens: { kind: 'grid', factors: { low: 8 } } }, { tokens: { kind: 'grid', factors: { low: 8 } } }],
		[
			'a token table',
			{ tokens: { kind: 'table', tokens: { low: { '512x512': 100 } } } },
			{ tokens: { kind: 'table', tokens: { low: { '512x512': 100 } } } },
		],
		['unknown tokens', { tokens: { kind: 'unknown' } }, { tokens: { kind: 'unknown' } }],
		['exactly these fields', { fields: ['prompt', 'size'] }, { fields: ['prompt', 'size'] }],
	] as const) {
		test(`takes ${what}, and leaves everything else`, () => {
			assert.deepEqual(overridden(gptImage2, overrides), { ...gptImage2, ...expected, confidence: 'overridden' });
		});
	}

	test('gives limits to a host that had none, as gpt-image-2 has them', () => {
		assert.deepEqual(overridden(compatible, { limits: { step: 8 } }).size, { kind: 'free', limits: { ...freeSizeLimits, step: 8 } });
	});

	for (const [overrides, added] of [
		[{ qualities: ['low', 'high'] }, ['quality']],
		[{ formats: ['png'] }, ['output_format']],
		[{ backgrounds: ['transparent'] }, ['background']],
		[{ moderations: ['low'] }, ['moderation']],
		[{ streams: true, maxPartialImages: 2 }, ['stream', 'partial_images']],
	] as const) {
		test(`takes ${JSON.stringify(overrides)} to mean that the host knows ${added.join(' and ')}`, () => {
			assert.deepEqual(overridden(compatible, overrides).fields, [...compatible.fields, ...added]);
		});
	}

	for (const [overrides, removed] of [
		[{ qualities: [] }, ['quality']],
		[{ streams: false }, ['stream']],
		[{ maxPartialImages: 0 }, ['partial_images']],
		[{ formats: [], moderations: [] }, ['output_format', 'moderation']],
	] as const) {
		test(`takes ${JSON.stringify(overrides)} to mean that the host does not know ${removed.join(' and ')}`, () => {
			const gone: readonly string[] = removed;
			assert.deepEqual(
				overridden(gptImage2, overrides).fields,
				gptImage2.fields.filter(field => !gone.includes(field)),
			);
		});
	}

	test('stops asking a compatible server for base64 when told to', () => {
		const capability = overridden(compatible, { responseFormat: 'omit' });
		assert.deepEqual([capability.responseFormat, capability.fields.includes('response_format')], ['omit', false]);
	});

	for (const [overrides, sentences] of [
		[{ qualites: ['low'] }, ['"qualites" is not known here. Did you mean "qualities"?']],
		[{ zzz: 1 }, ['"zzz" is not known here. Remove it.']],
		[{ limits: { maxEdges: 1 } }, ['"limits.maxEdges" is not known here. Did you mean "maxEdge"?']],
		[{ limits: { step: 0 } }, ['"limits.step" must be at least 1.']],
		[{ maxPromptLength: 1_000_001 }, ['"maxPromptLength" must be at most 1000000.']],
		[{ limits: { maxEdge: 1_000_000_000 } }, ['"limits.maxEdge" must be at most 65535.']],
		[{ limits: 16 }, ['"limits" must be an object such as { "maxEdge": 2048 }.']],
		[{ qualities: 'low' }, ['"qualities" must be a list of texts.']],
		[{ qualities: ['low', 3] }, ['"qualities[1]" must be a text.']],
		[{ formats: [''] }, ['"formats[0]" must not be empty.']],
		[{ sizes: 'big' }, ['"sizes" must be "any" or a list such as ["1024x1024"].']],
		[{ sizes: ['big'] }, ['"sizes[0]" must be a size such as "1024x1024".']],
		[{ sizes: [] }, ['"sizes" must name at least one size.']],
		[{ maxCandidates: 1.5 }, ['"maxCandidates" must be a whole number.']],
		[{ maxPartialImages: 4 }, ['"maxPartialImages" must be at most 3.']],
		[{ candidates: 'both' }, ['"candidates" must be "oneRequest" or "parallelRequests".']],
		[
			{ prices: { textIn: 1 } },
			[
				'"prices.imageIn" must be a number (US dollars per million tokens).',
				'"prices.imageOut" must be a number (US dollars per million tokens).',
			],
		],
		[{ prices: { textIn: -1, imageIn: 0, imageOut: 0 } }, ['"prices.textIn" must not be negative.']],
		[{ tokens: { kind: 'guess' } }, ['"tokens.kind" must be "grid", "table" or "unknown".']],
		[{ tokens: 12 }, ['"tokens" must be an object with a "kind".']],
		[{ tokens: { kind: 'table', tokens: { low: { big: 1 } } } }, ['"tokens.tokens.low.big" must map sizes to tokens.']],
		[{ sizes: 'any', limits: { step: 8 } }, ['"sizes" and "limits" exclude each other. Keep the one that describes the model.']],
	] as const) {
		test(`explains what is wrong with ${JSON.stringify(overrides)}`, () => {
			assert.deepEqual(overrideCapability(gptImage2, overrides), { ok: false, failure: sentences });
		});
	}

	test('explains a request field that does not exist', () => {
		const result = overrideCapability(gptImage2, { fields: ['seed'] });
		assert.ok(!result.ok);
		assert.match(result.failure.join(), /^"fields\[0\]" must be one of prompt, model, /);
	});

	test('survives anything that JSON can say', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...overrideNames), fc.jsonValue()), overrides => {
				const result = overrideCapability(gptImage2, overrides);
				return result.ok || result.failure.every(sentence => sentence.endsWith('.') || sentence.endsWith('?'));
			}),
			{ seed: 2 },
		);
	});
});
