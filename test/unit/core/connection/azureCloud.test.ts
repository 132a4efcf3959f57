import * as assert from 'node:assert/strict';
import { authorityOf, azureCloudOf, defaultScope, otherScope } from '../../../../src/core/connection/azureCloud';
import { azureHostOf } from '../../../../src/core/connection/azureHost';

suite('azureHostOf', () => {
	for (const [hostname, kind, cloud] of [
		['name.openai.azure.com', 'resource', 'public'],
		['name.services.ai.azure.com', 'resource', 'public'],
		['name.cognitiveservices.azure.com', 'resource', 'public'],
		['name.privatelink.openai.azure.com', 'resource', 'public'],
		['name.openai.azure.us', 'resource', 'usGovernment'],
		['name.cognitiveservices.azure.us', 'resource', 'usGovernment'],
		['name.services.ai.azure.us', 'resource', 'usGovernment'],
		['name.openai.azure.cn', 'resource', 'china'],
		['eastus.api.cognitive.microsoft.com', 'region', 'public'],
		['virginia.api.cognitive.microsoft.us', 'region', 'usGovernment'],
		['chinaeast2.api.cognitive.azure.cn', 'region', 'china'],
		['name.azure-api.net', 'gateway', 'public'],
		['name.azure-api.us', 'gateway', 'usGovernment'],
		['name.azure-api.cn', 'gateway', 'china'],
		['portal.azure.com', 'portal', 'public'],
		['ms.portal.azure.com', 'portal', 'public'],
		['portal.azure.us', 'portal', 'usGovernment'],
		['ai.azure.com', 'portal', 'public'],
		['oai.azure.com', 'portal', 'public'],
		['management.azure.com', 'portal', 'public'],
		['openai.azure.com', 'unknown', 'public'],
		['evilopenai.azure.com', 'unknown', 'public'],
		['name.openai.azure.com.evil.example', 'unknown', 'public'],
		['name.azure-api.net.evil.example', 'unknown', 'public'],
		['evil-openai.azure.us.example', 'unknown', 'public'],
		['localhost', 'unknown', 'public'],
		['', 'unknown', 'public'],
	] as const) {
		test(`takes ${hostname || 'nothing'} for ${kind} in the cloud ${cloud}`, () => {
			assert.deepEqual([azureHostOf(hostname).kind, azureCloudOf(hostname)], [kind, cloud]);
		});
	}

	test('names the resource', () => {
		assert.deepEqual(azureHostOf('my-name.services.ai.azure.com'), { kind: 'resource', name: 'my-name' });
	});
});

suite('tokens for Azure', () => {
	for (const [cloud, api, scope, authority] of [
		['public', 'v1', 'https://ai.azure.com/.default', 'https://login.microsoftonline.com'],
		['public', 'preview', 'https://ai.azure.com/.default', 'https://login.microsoftonline.com'],
		['public', '2025-04-01-preview', 'https://cognitiveservices.azure.com/.default', 'https://login.microsoftonline.com'],
		['usGovernment', 'v1', 'https://cognitiveservices.azure.us/.default', 'https://login.microsoftonline.us'],
		['usGovernment', '2025-04-01-preview', 'https://cognitiveservices.azure.us/.default', 'https://login.microsoftonline.us'],
		['china', 'v1', 'https://cognitiveservices.azure.cn/.default', 'https://login.chinacloudapi.cn'],
	] as const) {
		test(`in the cloud ${cloud} for ${api} are for ${scope}, from ${authority}`, () => {
			assert.deepEqual([defaultScope(cloud, api), authorityOf(cloud)], [scope, authority]);
		});
	}

	for (const [scope, other] of [
		['https://ai.azure.com/.default', 'https://cognitiveservices.azure.com/.default'],
		['https://cognitiveservices.azure.com/.default', 'https://ai.azure.com/.default'],
		['https://cognitiveservices.azure.us/.default', undefined],
		['api://gateway/.default', undefined],
	] as const) {
		test(`that are refused for ${scope} may be wanted for ${other ?? 'nothing else'}`, () => {
			assert.equal(otherScope(scope), other);
		});
	}
});
