import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { parseConnections } from '../../../../src/core/connection/parseConnections';

const entry = { name: 'foundry', kind: 'azure', baseUrl: 'https://name.openai.azure.com/', deployment: 'img' };

/** What an entry with these fields becomes. */
function connectionOf(fields: Readonly<Record<string, unknown>>): Connection | undefined {
	const { connections, problems } = parseConnections([{ ...entry, ...fields }]);
	assert.deepEqual(problems, []);
	return connections[0];
}

/** What an entry with these fields is told. */
function complaint(fields: Readonly<Record<string, unknown>>): string | undefined {
	const { connections, problems } = parseConnections([{ ...entry, ...fields }]);
	assert.equal(connections.length, 1);
	assert.equal(problems.length, 1);
	return problems[0]?.message;
}

suite('a connection to Azure', () => {
	test('needs an address and a deployment, and is given the rest', () => {
		assert.deepEqual(connectionOf({}), {
			name: 'foundry',
			kind: 'azure',
			baseUrl: 'https://name.openai.azure.com/openai/v1',
			origin: 'https://name.openai.azure.com',
			model: 'gpt-image-2',
			auth: 'apiKey',
			deployment: 'img',
			api: 'v1',
			concurrency: 2,
		});
	});

	test('takes deployment and version from the address that a portal shows', () => {
		const baseUrl =
			'https://name.cognitiveservices.azure.com/openai/deployments/pictures/images/generations?api-version=2025-04-01-preview';
		assert.deepEqual(connectionOf({ baseUrl, deployment: undefined }), {
			name: 'foundry',
			kind: 'azure',
			baseUrl: 'https://name.cognitiveservices.azure.com/openai/deployments/pictures',
			origin: 'https://name.cognitiveservices.azure.com',
			model: 'gpt-image-2',
			auth: 'apiKey',
			deployment: 'pictures',
			api: '2025-04-01-preview',
			query: 'api-version=2025-04-01-preview',
			concurrency: 2,
		});
	});

	test('keeps what it is told', () => {
		const said = {
			model: 'gpt-image-1.5',
			api: '2026-01-01',
			auth: 'azureDefault',
			tenantId: 'contoso.onmicrosoft.com',
			scope: 'api://gateway/.default',
			concurrency: 5,
			capabilities: { maxCandidates: 2 },
		};
		assert.deepEqual(connectionOf(said), {
			...said,
			name: 'foundry',
			kind: 'azure',
			baseUrl: 'https://name.openai.azure.com/openai/deployments/img',
			origin: 'https://name.openai.azure.com',
			deployment: 'img',
			query: 'api-version=2026-01-01',
			authority: 'https://login.microsoftonline.com',
		});
	});

	test('takes empty texts for absent ones', () => {
		assert.deepEqual(connectionOf({ model: ' ', api: '', tenantId: ' ', scope: '' }), connectionOf({}));
	});

	test('forgets tenant and scope where a key is used', () => {
		assert.deepEqual(connectionOf({ tenantId: 'contoso.com', scope: 'api://x/.default' }), connectionOf({}));
	});

	for (const [deployment, model] of [
		['gpt-image-1.5', 'gpt-image-1.5'],
		['GPT-Image-2.5-Flare', 'gpt-image-2.5-flare'],
		['gpt-image-1-mini', 'gpt-image-1-mini'],
		['dall-e-3', 'dall-e-3'],
		['MAI-Image-2', 'mai-image-2'],
		['my-gpt-image-1', 'gpt-image-2'],
		['constructor', 'gpt-image-2'],
	] as const) {
		test(`takes the deployment ${deployment} for ${model} unless it says otherwise`, () => {
			assert.equal(connectionOf({ deployment })?.model, model);
			assert.equal(connectionOf({ deployment, model: 'gpt-image-9' })?.model, 'gpt-image-9');
		});
	}

	for (const [fields, scope, authority] of [
		[{}, 'https://ai.azure.com/.default', 'https://login.microsoftonline.com'],
		[{ api: 'preview' }, 'https://ai.azure.com/.default', 'https://login.microsoftonline.com'],
		[{ api: '2025-04-01-preview' }, 'https://cognitiveservices.azure.com/.default', 'https://login.microsoftonline.com'],
		[{ baseUrl: 'https://n.openai.azure.us' }, 'https://cognitiveservices.azure.us/.default', 'https://login.microsoftonline.us'],
		[
			{ baseUrl: 'https://n.openai.azure.us', api: '2025-04-01-preview' },
			'https://cognitiveservices.azure.us/.default',
			'https://login.microsoftonline.us',
		],
		[{ baseUrl: 'https://n.openai.azure.cn' }, 'https://cognitiveservices.azure.cn/.default', 'https://login.chinacloudapi.cn'],
		[{ baseUrl: 'https://x.azure-api.net/t' }, 'https://ai.azure.com/.default', 'https://login.microsoftonline.com'],
	] as const) {
		test(`with ${JSON.stringify(fields)} signs in at ${authority} for ${scope}`, () => {
			const connection = connectionOf({ auth: 'microsoft', ...fields });
			assert.deepEqual([connection?.auth, connection?.scope, connection?.authority], ['microsoft', scope, authority]);
		});
	}

	for (const scope of [
		'https://cognitiveservices.azure.com/.default',
		'https://management.core.windows.net//.default',
		'https://gw.example.com:8443/user_impersonation',
		'api://0f8fad5b-d9cb-469f-a165-70867728950e/.default',
		'api://gateway',
	]) {
		test(`may ask for the scope ${scope}`, () => {
			assert.equal(connectionOf({ auth: 'microsoft', scope: ` ${scope} ` })?.scope, scope);
		});
	}

	const scopeMessage =
		'Connection "foundry": "scope" must be a scope such as "https://cognitiveservices.azure.com/.default" or "api://ID/.default".';
	const tenantMessage =
		'Connection "foundry": "tenantId" must be the id of a tenant, or a domain of it such as "contoso.onmicrosoft.com".';
	for (const [fields, message] of [
		[
			{ baseUrl: undefined },
			'Connection "foundry": "baseUrl" is missing. Paste the address that the portal shows, such as https://NAME.openai.azure.com.',
		],
		[
			{ baseUrl: ' ' },
			'Connection "foundry": "baseUrl" is missing. Paste the address that the portal shows, such as https://NAME.openai.azure.com.',
		],
		[
			{ deployment: undefined },
			'Connection "foundry": "deployment" is missing. Write the name that the portal shows for the deployment of the image model.',
		],
		[
			{ deployment: '', api: '2025-04-01-preview' },
			'Connection "foundry": "deployment" is missing. Write the name that the portal shows for the deployment of the image model.',
		],
		[{ deployment: 'a/b' }, 'Connection "foundry": "deployment" must be 1 to 64 letters, digits, ".", "_" or "-".'],
		[{ deployment: '..' }, 'Connection "foundry": "deployment" must be 1 to 64 letters, digits, ".", "_" or "-".'],
		[{ api: 'v2' }, 'Connection "foundry": "api" must be "v1", "preview" or a dated version such as "2025-04-01-preview".'],
		[
			{ api: '2025-04-31-preview&x=1' },
			'Connection "foundry": "api" must be "v1", "preview" or a dated version such as "2025-04-01-preview".',
		],
		[
			{ auth: 'none' },
			'Connection "foundry": "auth" must be "apiKey", "microsoft" or "azureDefault" for Azure. For a server without keys use the kind "compatible".',
		],
		[{ scope: 'https://cognitiveservices.azure.com' }, scopeMessage],
		[{ scope: 'https://cognitiveservices.azure.com/' }, scopeMessage],
		[{ scope: 'http://cognitiveservices.azure.com/.default' }, scopeMessage],
		[{ scope: 'https://a.example/.default https://b.example/.default' }, scopeMessage],
		[{ scope: 'openid' }, scopeMessage],
		[{ tenantId: '../common' }, tenantMessage],
		[{ tenantId: 'a/b' }, tenantMessage],
		[{ tenantId: '..' }, tenantMessage],
		[{ tenant: 'x' }, 'Connection "foundry": "tenant" is not known here. Did you mean "tenantId"?'],
		[
			{ baseUrl: 'https://ai.azure.com/foundry' },
			'Connection "foundry": "baseUrl" must not be a page of the portal: copy what the page of the deployment shows as "Target URI" or "Endpoint", such as https://NAME.openai.azure.com.',
		],
		[
			{ kind: 'openai', baseUrl: 'https://api.openai.com/v1' },
			'Connection "foundry": "deployment" is only for connections of the kind "azure". Remove it, or change the kind.',
		],
		[
			{ kind: 'compatible', deployment: undefined, scope: 'api://x' },
			'Connection "foundry": "scope" is only for connections of the kind "azure". Remove it, or change the kind.',
		],
		[
			{ kind: 'openai', deployment: undefined, auth: 'microsoft' },
			'Connection "foundry": "auth": "microsoft" is only for connections of the kind "azure". Use "apiKey".',
		],
		[
			{ kind: 'compatible', deployment: undefined, auth: 'azureDefault' },
			'Connection "foundry": "auth": "azureDefault" is only for connections of the kind "azure". Use "apiKey" or "none".',
		],
	] as const) {
		test(`is told what is wrong with ${JSON.stringify(fields)}`, () => {
			assert.equal(complaint(fields), message);
		});
	}

	test('another kind may have its fields left over, as long as they are empty', () => {
		const leftOver = { ...entry, kind: 'openai', baseUrl: '', deployment: '', api: ' ', tenantId: '', scope: '' };
		const { connections, problems } = parseConnections([leftOver]);
		assert.deepEqual([connections[0]?.kind, problems], ['openai', []]);
	});
});
