import * as assert from 'node:assert/strict';
import { normaliseAzureUrl } from '../../../../src/core/connection/azureEndpoint';
import { revealsToken } from '../../../../src/core/connection/tokenRecipient';

suite('a token that is sent to an address', () => {
	for (const address of [
		'https://one.openai.azure.com',
		'https://ONE.OpenAI.Azure.com/',
		'https://one.services.ai.azure.com/api/projects/p',
		'https://one.cognitiveservices.azure.com',
		'https://one.openai.azure.us',
		'https://one.openai.azure.cn',
		'https://one.privatelink.openai.azure.com',
		'https://eastus.api.cognitive.microsoft.com',
		'https://one.openai.azure.com:8443',
		'http://127.0.0.1:8080',
		'http://localhost:8080/openai/v1',
		'http://[::1]:8080',
	]) {
		test(`stays with Microsoft or on this computer: ${address}`, () => assert.equal(reveals(address), false));
	}

	for (const [address, dialled] of [
		['https://one.openai.azure.com.evil.example', 'one.openai.azure.com.evil.example'],
		['https://one.openai-azure.com', 'one.openai-azure.com'],
		['https://oneopenai.azure.com.evil.example/openai/v1', 'oneopenai.azure.com.evil.example'],
		['https://evil.example/one.openai.azure.com', 'evil.example'],
		['https://evil.example\\one.openai.azure.com', 'evil.example'],
		['https:\\\\evil.example\\@one.openai.azure.com', 'evil.example'],
		['https:evil.example', 'evil.example'],
		['https:////evil.example', 'evil.example'],
		['https://@evil.example', 'evil.example'],
		['https://one%2Eopenai%2Eazure%2Ecom.evil.example', 'one.openai.azure.com.evil.example'],
		['https://one.openai.azure.com.', 'one.openai.azure.com.'],
		['https://one.openai.azure.com%2eevil.example', 'one.openai.azure.com.evil.example'],
		['https://one.openаi.azure.com', 'one.xn--openi-7ve.azure.com'],
		['https://one。openai。azure。com。evil。example', 'one.openai.azure.com.evil.example'],
		['https://one.openai.azure.co', 'one.openai.azure.co'],
		['https://openai.azure.com', 'openai.azure.com'],
		['https://one.blob.core.windows.net/openai/v1', 'one.blob.core.windows.net'],
		['https://one.azurewebsites.net/openai/v1', 'one.azurewebsites.net'],
		['https://one.azure-api.net', 'one.azure-api.net'],
		['https://10.0.0.1/openai/v1', '10.0.0.1'],
		['https://2130706433.evil.example', '2130706433.evil.example'],
	] as const) {
		test(`can be used by whoever runs it, and what is shown is what is dialled: ${address}`, () => {
			const endpoint = normaliseAzureUrl(address);
			assert.ok(endpoint.ok, JSON.stringify(endpoint));
			assert.equal(new URL(endpoint.value.baseUrl).hostname, dialled);
			assert.ok(endpoint.value.baseUrl.startsWith(`https://${dialled}`));
			assert.equal(revealsToken(endpoint.value.baseUrl), true);
		});
	}
});

function reveals(address: string): boolean {
	const endpoint = normaliseAzureUrl(address);
	assert.ok(endpoint.ok, JSON.stringify(endpoint));
	return revealsToken(endpoint.value.baseUrl);
}
