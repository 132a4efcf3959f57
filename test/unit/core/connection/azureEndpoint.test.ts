import * as assert from 'node:assert/strict';
import { normaliseAzureUrl, type AzureEndpoint, type AzureWishes } from '../../../../src/core/connection/azureEndpoint';

const name = 'https://name.openai.azure.com';
const foundry = 'https://name.services.ai.azure.com';
const cognitive = 'https://name.cognitiveservices.azure.com';
const gateway = 'https://corp.azure-api.net';
const dated = '2025-04-01-preview';

function read(text: string, wishes?: AzureWishes): AzureEndpoint {
	const result = normaliseAzureUrl(text, wishes);
	assert.ok(result.ok, JSON.stringify(result));
	return result.value;
}

/** What is asked, as a whole: base, query, deployment. */
function asked({ baseUrl, query, api, deployment }: AzureEndpoint) {
	return [`${baseUrl}${query === undefined ? '' : `?${query}`}`, api, ...(deployment === undefined ? [] : [deployment])];
}

suite('normaliseAzureUrl', () => {
	for (const [text, ...expected] of [
		// v1
		[`${name}/openai/v1`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/`, `${name}/openai/v1`, 'v1'],
		[`${name}//openai//v1//`, `${name}/openai/v1`, 'v1'],
		['  https://NAME.OpenAI.Azure.com/OpenAI/V1 ', `${name}/openai/v1`, 'v1'],
		[`${name}:443/openai/v1`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/images/generations`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/images/edits/`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/images`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/responses`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/chat/completions`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/completions`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/embeddings`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/models`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1/images/generations?api-version=preview`, `${name}/openai/v1?api-version=preview`, 'preview'],
		[`${name}/openai/v1?api-version=v1`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1?`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/v1?api-version=${dated}`, `${name}/openai/v1`, 'v1'],
		[`${name}/v1/images/generations`, `${name}/openai/v1`, 'v1'],
		[`${foundry}/openai/v1`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/openai/v1/images/generations`, `${foundry}/openai/v1`, 'v1'],
		[`${cognitive}/openai/v1/responses`, `${cognitive}/openai/v1`, 'v1'],
		// bare
		[name, `${name}/openai/v1`, 'v1'],
		[`${name}/`, `${name}/openai/v1`, 'v1'],
		[`${name}/?api-version=${dated}`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/responses?api-version=${dated}`, `${name}/openai/v1`, 'v1'],
		[`${name}/openai/deployments?api-version=${dated}`, `${name}/openai/v1`, 'v1'],
		[foundry, `${foundry}/openai/v1`, 'v1'],
		[`${cognitive}/`, `${cognitive}/openai/v1`, 'v1'],
		// projects and inference
		[`${foundry}/api/projects/PROJ`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/api/projects/PROJ/`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/api/projects/PROJ/openai/v1/responses`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/api/projects/PROJ?api-version=${dated}`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/models`, `${foundry}/openai/v1`, 'v1'],
		[`${foundry}/models/chat/completions?api-version=2024-05-01-preview`, `${foundry}/openai/v1`, 'v1'],
		// deployments
		[
			`${name}/openai/deployments/img/images/generations?api-version=${dated}`,
			`${name}/openai/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		[
			`${name}/openai/deployments/img/images/edits?API-Version=${dated}`,
			`${name}/openai/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		[`${name}/openai/deployments/img?api-version=${dated}`, `${name}/openai/deployments/img?api-version=${dated}`, dated, 'img'],
		[
			`${name}/openai/deployments/gpt-image-2.5_A/?api-version=2026-01-31`,
			`${name}/openai/deployments/gpt-image-2.5_A?api-version=2026-01-31`,
			'2026-01-31',
			'gpt-image-2.5_A',
		],
		[
			`${cognitive}/openai/deployments/img/images/generations?api-version=${dated}`,
			`${cognitive}/openai/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		[`${name}/openai/deployments/img/images/generations`, `${name}/openai/v1`, 'v1', 'img'],
		[`${name}/openai/deployments/img?api-version=preview`, `${name}/openai/v1?api-version=preview`, 'preview', 'img'],
		[
			`${name}/openai/deployments/images?api-version=${dated}`,
			`${name}/openai/deployments/images?api-version=${dated}`,
			dated,
			'images',
		],
		[`${name}/openai/deployments/i%6Dg?api-version=${dated}`, `${name}/openai/deployments/img?api-version=${dated}`, dated, 'img'],
		// sovereign and regional
		['https://n.openai.azure.us/', 'https://n.openai.azure.us/openai/v1', 'v1'],
		['https://n.cognitiveservices.azure.us/openai/v1', 'https://n.cognitiveservices.azure.us/openai/v1', 'v1'],
		['https://n.services.ai.azure.us/api/projects/P', 'https://n.services.ai.azure.us/openai/v1', 'v1'],
		[
			`https://n.openai.azure.cn/openai/deployments/d/images/generations?api-version=${dated}`,
			`https://n.openai.azure.cn/openai/deployments/d?api-version=${dated}`,
			dated,
			'd',
		],
		['https://swedencentral.api.cognitive.microsoft.com/', 'https://swedencentral.api.cognitive.microsoft.com/openai/v1', 'v1'],
		['https://name-eastus2.openai.azure.com', 'https://name-eastus2.openai.azure.com/openai/v1', 'v1'],
		// gateways
		[`${gateway}/team/images`, `${gateway}/team/images`, 'v1'],
		[gateway, gateway, 'v1'],
		[`${gateway}/foundry/openai/v1/`, `${gateway}/foundry/openai/v1`, 'v1'],
		[`${gateway}/foundry/openai/v1/images/generations`, `${gateway}/foundry/openai/v1`, 'v1'],
		[`${gateway}/foundry/openai/v1?api-version=${dated}`, `${gateway}/foundry/openai/v1`, 'v1'],
		[`${gateway}/openai?api-version=${dated}`, `${gateway}/openai?api-version=${dated}`, dated],
		[`${gateway}/openai/deployments?api-version=${dated}`, `${gateway}/openai?api-version=${dated}`, dated],
		[`${gateway}/team?api-version=preview`, `${gateway}/team?api-version=preview`, 'preview'],
		[
			`${gateway}/team/deployments/img/images/generations?api-version=${dated}`,
			`${gateway}/team/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		['https://corp.azure-api.us/Team', 'https://corp.azure-api.us/Team', 'v1'],
		['https://gw.example.com/team/v1', 'https://gw.example.com/team/v1', 'v1'],
		['https://gw.example.com/v1/chat/completions', 'https://gw.example.com/v1', 'v1'],
		[
			`https://gw.example.com/a/openai/deployments/img?api-version=${dated}`,
			`https://gw.example.com/a/openai/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		// unknown hosts and this computer
		['https://images.example.com', 'https://images.example.com/openai/v1', 'v1'],
		['https://images.example.com/images/generations', 'https://images.example.com/openai/v1', 'v1'],
		[`https://images.example.com/openai?api-version=${dated}`, `https://images.example.com/openai?api-version=${dated}`, dated],
		['https://images.example.com/api/projects/P', 'https://images.example.com/openai/v1', 'v1'],
		['http://localhost:8080', 'http://localhost:8080/openai/v1', 'v1'],
		['http://127.0.0.1:8080/openai/v1/images/generations', 'http://127.0.0.1:8080/openai/v1', 'v1'],
		[
			`http://[::1]:8080/openai/deployments/img/images/generations?api-version=${dated}`,
			`http://[::1]:8080/openai/deployments/img?api-version=${dated}`,
			dated,
			'img',
		],
		['http://127.0.0.1:8080/foundry', 'http://127.0.0.1:8080/foundry', 'v1'],
	] as const) {
		test(`reads ${text.trim()} as ${expected.join(', ')}`, () => {
			assert.deepEqual(asked(read(text)), expected);
		});
	}
});

suite('normaliseAzureUrl with wishes', () => {
	for (const [text, wishes, ...expected] of [
		[name, { deployment: 'img' }, `${name}/openai/v1`, 'v1', 'img'],
		[name, { api: dated, deployment: 'img' }, `${name}/openai/deployments/img?api-version=${dated}`, dated, 'img'],
		[name, { api: dated }, `${name}/openai?api-version=${dated}`, dated],
		[`${name}/openai/v1`, { api: 'preview' }, `${name}/openai/v1?api-version=preview`, 'preview'],
		[`${name}/openai/v1?api-version=preview`, { api: 'v1' }, `${name}/openai/v1`, 'v1'],
		[
			`${name}/openai/deployments/a/images/generations?api-version=${dated}`,
			{ api: 'v1', deployment: 'b' },
			`${name}/openai/v1`,
			'v1',
			'b',
		],
		[
			`${name}/openai/deployments/a?api-version=${dated}`,
			{ deployment: 'b' },
			`${name}/openai/deployments/b?api-version=${dated}`,
			dated,
			'b',
		],
		[
			`${name}/openai/deployments/a?api-version=${dated}`,
			{ api: '2026-01-01', deployment: '' },
			`${name}/openai/deployments/a?api-version=2026-01-01`,
			'2026-01-01',
			'a',
		],
		[`${gateway}/t`, { api: dated, deployment: 'img' }, `${gateway}/t/deployments/img?api-version=${dated}`, dated, 'img'],
		[`${gateway}/t/deployments/a`, { api: dated }, `${gateway}/t/deployments/a?api-version=${dated}`, dated, 'a'],
		[`${gateway}/t/deployments/a`, { api: dated, deployment: 'b' }, `${gateway}/t/deployments/b?api-version=${dated}`, dated, 'b'],
		[`${gateway}/t`, { api: '', deployment: 'img' }, `${gateway}/t`, 'v1', 'img'],
	] as const) {
		test(`reads ${text} for ${JSON.stringify(wishes)} as ${expected.join(', ')}`, () => {
			assert.deepEqual(asked(read(text, wishes)), expected);
		});
	}

	for (const [text, wishes, expected] of [
		[`${gateway}/t/openai/v1`, { api: dated, deployment: 'img' }, /must not end with \/openai\/v1/],
		[`${gateway}/t/deployments/img?api-version=${dated}`, { api: 'v1' }, /must have a dated version/],
	] as const) {
		test(`refuses ${text} for ${JSON.stringify(wishes)}`, () => {
			const result = normaliseAzureUrl(text, wishes);
			assert.match(result.ok ? '' : result.failure, expected);
		});
	}
});

suite('normaliseAzureUrl refuses', () => {
	for (const [text, expected] of [
		['', /must be complete/],
		['name.openai.azure.com', /must be complete/],
		['ftp://name.openai.azure.com', /must be complete/],
		['https://', /must be complete/],
		['https://me:secret@name.openai.azure.com', /user name or password/],
		['https://secret@name.openai.azure.com', /user name or password/],
		[`${name}/openai/v1?subscription-key=secret`, /anything but api-version/],
		[`${name}/openai/v1?api-version=${dated}&key=secret`, /anything but api-version/],
		[`${name}/openai/v1?secret`, /anything but api-version/],
		[`${name}/openai/v1?api-version-secret`, /anything but api-version/],
		[`${name}/openai/v1?api-version=`, /must name one version/],
		[`${name}/openai/v1?api-version`, /must name one version/],
		[`${name}/openai/v1?api-version=secret`, /must name one version/],
		[`${name}/openai/v1?api-version=2025-13-01`, /must name one version/],
		[`${name}/openai/v1?api-version=v1&api-version=preview`, /must name one version/],
		[`${name}/openai/v1#secret`, /fragment/],
		['http://name.openai.azure.com', /must begin with https/],
		['http://localhost.openai.azure.com', /must begin with https/],
		['http://192.168.0.10/openai/v1', /must begin with https/],
		['https://ai.azure.com/resource/deployments/x?wsid=/subscriptions/secret', /page of the portal/],
		['https://ai.azure.com/nextgen/r/x', /page of the portal/],
		['https://oai.azure.com/portal', /page of the portal/],
		['https://portal.azure.com/#@contoso/resource/subscriptions/secret', /page of the portal/],
		['https://ms.portal.azure.com/#home', /page of the portal/],
		['https://portal.azure.us/', /page of the portal/],
		['https://management.azure.com/subscriptions/secret', /page of the portal/],
		['https://api.openai.com/v1', /kind "openai"/],
		['https://platform.openai.com/settings', /kind "openai"/],
		[`${name}/providers/blackforestlabs/v1/flux`, /what its path means is not known/],
		[`${foundry}/mai/v1/images/generations`, /what its path means is not known/],
		[`${name}/openai/v2`, /what its path means is not known/],
		[`${name}/openai/deployments/img/secret?api-version=${dated}`, /what its path means is not known/],
		[`${gateway}/t/deployments/img/secret?api-version=${dated}`, /what its path means is not known/],
		[`${name}/openai/deployments/a%2Fb?api-version=${dated}`, /name of a deployment/],
		[`${name}/openai/deployments/%E0%A4%A?api-version=${dated}`, /name of a deployment/],
		[`${name}/openai/deployments/my%20image?api-version=${dated}`, /name of a deployment/],
		[`${gateway}/t/deployments/img/images/generations`, /must have a dated version/],
		[`${gateway}/t/deployments/img?api-version=preview`, /must have a dated version/],
	] as const) {
		test(JSON.stringify(text), () => {
			const result = normaliseAzureUrl(text);
			assert.ok(!result.ok, JSON.stringify(result));
			assert.match(result.failure, expected);
			assert.match(result.failure, /^must /);
			assert.doesNotMatch(result.failure, /secret/);
		});
	}
});

suite('normaliseAzureUrl says', () => {
	for (const [text, wishes, notes] of [
		[`${name}/openai/v1`, {}, []],
		[`${name}/openai/deployments/img?api-version=${dated}`, { api: dated, deployment: 'img' }, []],
		[name, {}, ['/openai/v1 was added.']],
		[`${foundry}/api/projects/P`, {}, ['The project URL was shortened to its resource, and /openai/v1 was added.']],
		[
			`${name}/openai/v1/images/generations?api-version=${dated}`,
			{},
			[
				'The endpoint /images/generations was left out.',
				`The api-version ${dated} belongs to the deployment shape and was left out.`,
			],
		],
		[
			`${name}/openai/deployments/img/images/generations?api-version=${dated}`,
			{},
			[
				'The endpoint /images/generations was left out.',
				'The deployment "img" was taken from the address.',
				`The api-version ${dated} was taken from the address.`,
			],
		],
		[
			`${name}/openai/deployments/img`,
			{},
			['The deployment "img" was taken from the address.', 'The address names no api-version, so that the v1 shape is used.'],
		],
		[
			`${name}/openai/deployments/img?api-version=${dated}`,
			{ api: 'v1', deployment: 'other' },
			[
				'The address names the deployment "img", but "other" is used.',
				`The api-version ${dated} of the address was left out, because "api" says v1.`,
			],
		],
		[
			`${name}/openai/deployments/img?api-version=2024-02-01`,
			{ deployment: 'img' },
			[
				'The api-version 2024-02-01 was taken from the address.',
				'The api-version 2024-02-01 is older than the image models. Use 2025-04-01-preview or a newer one.',
			],
		],
		[`${foundry}/models`, {}, ['/models makes no pictures and was replaced by /openai/v1.']],
		[`${gateway}/t`, {}, ['The address of the gateway is kept as it is.']],
		[
			'https://eastus.api.cognitive.microsoft.com/openai/v1',
			{},
			['This is the address of a region, which takes keys only. To sign in, use the address of the resource.'],
		],
	] as const) {
		test(`of ${text} ${JSON.stringify(wishes)}: ${notes.join(' ') || 'nothing'}`, () => {
			assert.deepEqual(read(text, wishes).notes, notes);
		});
	}

	for (const [text, shape, resource, cloud] of [
		[name, 'resource', 'name', 'public'],
		[foundry, 'resource', 'name', 'public'],
		[`${cognitive}/openai/deployments/img`, 'resource', 'name', 'public'],
		['https://n.openai.azure.us', 'resource', 'n', 'usGovernment'],
		['https://n.openai.azure.cn', 'resource', 'n', 'china'],
		['https://virginia.api.cognitive.microsoft.us', 'resource', undefined, 'usGovernment'],
		['http://localhost:1', 'resource', undefined, 'public'],
		[gateway, 'gateway', undefined, 'public'],
		['https://x.azure-api.us', 'gateway', undefined, 'usGovernment'],
		['https://x.azure-api.cn', 'gateway', undefined, 'china'],
		['https://gw.example.com/t', 'gateway', undefined, 'public'],
		['https://name.openai.azure.com.evil.example/openai/v1', 'resource', undefined, 'public'],
		['https://nameopenai.azure.com/openai/v1', 'resource', undefined, 'public'],
	] as const) {
		test(`that ${text} is ${shape === 'gateway' ? 'a gateway' : `the resource ${resource ?? 'without a name'}`} in the cloud ${cloud}`, () => {
			const endpoint = read(text);
			assert.deepEqual([endpoint.shape, endpoint.resource, endpoint.cloud], [shape, resource, cloud]);
		});
	}
});
