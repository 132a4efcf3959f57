import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { normaliseAzureUrl } from '../../../../src/core/connection/azureEndpoint';
import { isLoopback } from '../../../../src/core/connection/normaliseBaseUrl';

const dated = '2025-04-01-preview';

const host = fc.constantFrom(
	'name.openai.azure.com',
	'NAME.services.ai.azure.com',
	'name.cognitiveservices.azure.com:8443',
	'n.openai.azure.us',
	'corp.azure-api.net',
	'eastus.api.cognitive.microsoft.com',
	'gw.example.com',
	'bücher.example',
	'localhost:8080',
	'[::1]:1',
);
const path = fc
	.array(
		fc.constantFrom(
			'openai',
			'v1',
			'deployments',
			'img',
			'images',
			'generations',
			'images/generations',
			'chat/completions',
			'responses',
			'models',
			'api/projects/P',
			'..',
			'',
			'%20',
			'é',
			'@evil.example',
		),
		{ maxLength: 7 },
	)
	.map(segments => segments.map(segment => `/${segment}`).join(''));
const query = fc.constantFrom('', '?', '?api-version=preview', `?api-version=${dated}`, '?api-version=v1');
const wishes = fc.record(
	{ api: fc.constantFrom('v1', 'preview', dated, '2026-02-03'), deployment: fc.constantFrom('img', 'images', 'a.b') },
	{ requiredKeys: [] },
);
const pasted = fc.tuple(host, path, query).map(parts => `https://${parts.join('')}`);

suite('normaliseAzureUrl, whatever is pasted', () => {
	test('reads its own answer as the same endpoint', () => {
		let understood = 0;
		fc.assert(
			fc.property(pasted, wishes, (text, wished) => {
				const once = normaliseAzureUrl(text, wished);
				if (!once.ok) {
					return;
				}
				understood++;
				const { baseUrl, query: asQuery, api, deployment } = once.value;
				const again = normaliseAzureUrl(`${baseUrl}${asQuery === undefined ? '' : `?${asQuery}`}`, { api, deployment });
				assert.ok(again.ok, `${text} → ${baseUrl}: ${JSON.stringify(again)}`);
				assert.deepEqual({ ...again.value, notes: [] }, { ...once.value, notes: [] });
			}),
			{ numRuns: 1500, seed: 71 },
		);
		assert.ok(understood > 500, String(understood));
	});

	test('never leaves the origin that was pasted, nor this computer by http', () => {
		fc.assert(
			fc.property(fc.constantFrom('http', 'https', 'HTTP'), fc.oneof(host, fc.string()), path, query, (scheme, where, at, asks) => {
				const text = `${scheme}://${where}${at}${asks}`;
				const result = normaliseAzureUrl(text);
				if (result.ok) {
					const { origin, baseUrl } = result.value;
					assert.equal(origin, new URL(text).origin);
					assert.equal(new URL(baseUrl).origin, origin);
					assert.ok(origin.startsWith('https:') || isLoopback(new URL(baseUrl).hostname));
					assert.equal(new URL(baseUrl).search + new URL(baseUrl).hash, '');
				}
			}),
			{ numRuns: 800, seed: 72 },
		);
	});

	test('never throws', () => {
		fc.assert(
			fc.property(fc.string(), word => {
				for (const text of [word, `https://${word}`, `https://name.openai.azure.com/${word}`, `https://x.azure-api.net/${word}`]) {
					assert.equal(typeof normaliseAzureUrl(text).ok, 'boolean');
				}
			}),
			{ numRuns: 300, seed: 73 },
		);
	});
});
