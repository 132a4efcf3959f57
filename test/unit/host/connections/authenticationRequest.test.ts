import * as assert from 'node:assert/strict';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { authenticationProvider, isMicrosoftProvider, scopesOf } from '../../../../src/host/connections/authenticationRequest';

const foundry = { name: 'foundry', kind: 'azure', baseUrl: 'https://one.openai.azure.com', deployment: 'pictures', auth: 'microsoft' };
const publicScope = 'https://ai.azure.com/.default';

suite('what VS Code is asked for to sign in', () => {
	for (const [fields, provider, scopes] of [
		[{}, 'microsoft', [publicScope]],
		[{ tenantId: 'contoso.onmicrosoft.com' }, 'microsoft', [publicScope, 'VSCODE_TENANT:contoso.onmicrosoft.com']],
		[{ api: '2025-04-01-preview' }, 'microsoft', ['https://cognitiveservices.azure.com/.default']],
		[{ baseUrl: 'https://gateway.example/openai/v1' }, 'microsoft', [publicScope]],
		[{ baseUrl: 'https://one.openai.azure.us' }, 'microsoft-sovereign-cloud', ['https://cognitiveservices.azure.us/.default']],
		[{ baseUrl: 'https://one.openai.azure.cn' }, 'microsoft-sovereign-cloud', ['https://cognitiveservices.azure.cn/.default']],
		[{ baseUrl: 'https://one.azure-api.us', scope: 'api://x/.default' }, 'microsoft-sovereign-cloud', ['api://x/.default']],
	] as const) {
		test(`${JSON.stringify(fields)} → ${provider}, ${scopes.join(' ')}`, () => {
			const [connection] = parseConnections([{ ...foundry, ...fields }]).connections;
			assert.ok(connection);
			assert.deepEqual([authenticationProvider(connection), scopesOf(connection)], [provider, scopes]);
			assert.ok(isMicrosoftProvider(provider));
		});
	}

	test('another company’s provider is none of Microsoft’s', () => {
		assert.deepEqual(['github', 'microsoft-x', 'x-microsoft', ''].map(isMicrosoftProvider), [false, false, false, false]);
	});
});
