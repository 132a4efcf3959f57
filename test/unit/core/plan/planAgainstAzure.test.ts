import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Plan } from '../../../../src/core/plan/plan';
import { azureRoute, checkAzureAccess, checkAzureGeneration, type AzureOptions } from '../../../fakes/imagesApi/azure';
import { connectionOf, planned, withKeys } from './planning';

const dated = '2025-04-01-preview';
const headers = { 'content-type': 'application/json', 'api-key': 'key' };

/** What a resource behind this address says to the first request that it would refuse. */
function refusalOf({ connection, requests }: Plan, options: AzureOptions): string | undefined {
	const query = connection.query === undefined ? '' : `?${connection.query}`;
	const route = azureRoute('POST', new URL(`${connection.baseUrl}/images/generations${query}`), options);
	assert.ok(route, `${connection.baseUrl}/images/generations leads nowhere`);
	const refused = requests
		.map(({ body }) => checkAzureAccess(headers, route, ['key'], options) ?? checkAzureGeneration(body, headers, route, options))
		.find(Boolean);
	return refused && JSON.stringify(refused.body);
}

const addresses = [
	['https://n.openai.azure.com', { deployment: 'pictures' }],
	['https://n.openai.azure.com/openai/v1/images/generations?api-version=preview', { deployment: 'pictures' }],
	['https://n.services.ai.azure.com/api/projects/p', { deployment: 'pictures' }],
	[`https://n.openai.azure.com/openai/deployments/pictures/images/generations?api-version=${dated}`, {}],
	['https://n.openai.azure.com', { deployment: 'pictures', api: dated }],
	['http://127.0.0.1:8080/openai/v1', { deployment: 'pictures' }],
	[`https://x.azure-api.net/team/openai?api-version=${dated}`, { deployment: 'pictures' }],
	[`https://x.azure-api.net/team/deployments/pictures/images/generations?api-version=${dated}`, {}],
	['https://x.azure-api.net/team/openai/v1', { deployment: 'pictures' }],
	['https://x.azure-api.net/team', { deployment: 'pictures' }],
] as const;

suite('a plan and the resource of Azure that it is for', () => {
	for (const [baseUrl, fields] of addresses) {
		for (const model of ['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-1.5']) {
			test(`agree on ${baseUrl} ${JSON.stringify(fields)} for ${model}`, () => {
				const connection = connectionOf({ kind: 'azure', baseUrl, ...fields, model });
				const outcome = planned('A cat', { connection });
				assert.ok(outcome.kind === 'ready');
				assert.equal(refusalOf(outcome.plan, { gateway: '/team', deployments: { pictures: model } }), undefined);
			});
		}
	}

	const keys = fc.record(
		{
			size: fc.constantFrom('auto', '512x512', '1024x1024', '1536x1024', '1920x1080', '2048x1152', '3840x2160', '4k'),
			quality: fc.constantFrom('auto', 'low', 'medium', 'high', 'xhigh', 'max'),
			format: fc.constantFrom('png', 'jpeg', 'webp'),
			compression: fc.integer({ min: 0, max: 100 }).map(String),
			background: fc.constantFrom('auto', 'opaque', 'transparent'),
			moderation: fc.constantFrom('auto', 'low'),
			n: fc.integer({ min: 1, max: 10 }).map(String),
		},
		{ requiredKeys: [] },
	);
	const settings = fc.record({
		format: fc.constantFrom('png', 'jpeg', 'webp'),
		moderation: fc.constantFrom('auto', 'low'),
		partialImages: fc.integer({ min: 0, max: 3 }),
	});

	test('agree on everything that is sent: what is planned is not refused', () => {
		let sent = 0;
		const deployed = addresses.flatMap(([baseUrl, fields]) =>
			['gpt-image-2', 'gpt-image-2.5-flare', 'gpt-image-1-mini'].map(model =>
				connectionOf({ kind: 'azure', baseUrl, ...fields, model }),
			),
		);
		fc.assert(
			fc.property(keys, settings, fc.constantFrom(...deployed), (values, chosen, connection) => {
				const text = withKeys(...Object.entries(values).map(([key, value]) => `${key}: ${value}`));
				const outcome = planned(text, { connection, settings: chosen });
				if (outcome.kind === 'ready') {
					sent++;
					assert.equal(refusalOf(outcome.plan, { gateway: '/team', deployments: { pictures: connection.model } }), undefined);
				}
			}),
			{ numRuns: 150, seed: 91 },
		);
		assert.ok(sent > 15, String(sent));
	});
});
