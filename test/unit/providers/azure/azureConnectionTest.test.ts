import * as assert from 'node:assert/strict';
import http from 'http';
import type { AddressInfo } from 'node:net';
import type { Connection, Credential } from '../../../../src/core/connection/connection';
import { createAzureProvider } from '../../../../src/providers/azure/azureProvider';
import { modelListPlace } from '../../../../src/providers/azure/modelListPlace';
import { azureErrors } from '../../../fakes/imagesApi/azureAnswers';
import type { Refusal } from '../../../fakes/imagesApi/behaviour';
import { testCertificate } from '../../../fakes/certificate';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { ImagesApiServer, ImagesApiServerOptions } from '../../../fakes/imagesApiServer';
import { testKey } from '../request/callProvider';
import { azureConnections, signedIn } from './azureConnections';

const now = Date.UTC(2026, 10, 20);
const provider = createAzureProvider({ clock: { now: () => now } });
const untested =
	'Whether the deployment “pictures” is there, and may be used, shows with the first picture: that cannot be asked for free.';
const token = (text: string): Credential => ({ kind: 'token', token: text, source: 'ada@example.com' });

async function check(connection: Connection, credential: Credential = testKey) {
	const report = await provider.test(connection, credential, new AbortController().signal);
	return { layers: report.checks.map(({ layer, isOk }) => `${layer} ${isOk ? 'ok' : 'failed'}`), report };
}

suite('testing an Azure connection', () => {
	const closing: (() => unknown)[] = [];

	async function start(options: ImagesApiServerOptions = {}): Promise<ImagesApiServer> {
		const server = await startImagesApiServer({ personality: 'azure', ...options });
		closing.push(() => server.close());
		return server;
	}

	/** A host that answers everything in the same way. */
	async function startRefusing({ status, body }: Refusal): Promise<string> {
		const server = http.createServer((request, response) => {
			request.resume();
			response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		closing.push(() => server.close());
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	teardown(() => Promise.all(closing.splice(0).map(close => close())));

	for (const [shape, path] of [
		['v1', '/openai/v1/models'],
		['preview', '/openai/v1/models?api-version=preview'],
		['dated', '/openai/models?api-version=2025-04-01-preview'],
		['gateway', '/studio/models'],
		['datedGateway', '/studio/openai/models?api-version=2025-04-01-preview'],
	] as const) {
		test(`asks for nothing but the list of models in the shape ${shape}, and says what that does not tell`, async () => {
			const server = await start({ gateway: '/studio' });
			const found = await check(azureConnections(server.url)[shape]);
			assert.deepEqual(found.layers, ['Address ok', 'Answer ok', 'Key ok']);
			assert.deepEqual([found.report.failure, found.report.untested], [undefined, untested]);
			assert.deepEqual(
				server.requests.map(request => `${request.method} ${request.path}`),
				[`GET ${path}`],
			);
			assert.deepEqual(found.report.models, ['gpt-image-2', 'gpt-5']);
		});
	}

	test('says that a sign-in was accepted, and whose', async () => {
		const server = await start({ tokens: [{ token: 'good', audience: 'https://ai.azure.com' }] });
		const { layers, report } = await check(signedIn(azureConnections(server.url).v1), token('good'));
		assert.deepEqual(layers, ['Address ok', 'Answer ok', 'Sign-in ok']);
		assert.equal(report.checks.at(-1)?.detail, 'The sign-in of ada@example.com was accepted.');
	});

	test('believes a gateway that lists the deployment', async () => {
		const server = await start({ gateway: '/studio', models: ['pictures'] });
		const { layers, report } = await check(azureConnections(server.url).gateway);
		assert.deepEqual([layers.at(-1), report.untested], ['Deployment ok', undefined]);
	});

	test('does not take the name of a model for that of a deployment', async () => {
		const server = await start();
		const { layers, report } = await check({ ...azureConnections(server.url).v1, deployment: 'gpt-image-2' });
		assert.equal(layers.at(-1), 'Key ok');
		assert.match(report.untested ?? '', /“gpt-image-2”/);
	});

	for (const [name, answer, shape, credential, failed, kind] of [
		['a wrong key', azureErrors.wrongKey, 'v1', testKey, 'Key', 'notSignedIn'],
		['disabled keys', azureErrors.keysDisabled, 'v1', testKey, 'Key', 'notConfigured'],
		['a refused token', azureErrors.refusedToken('https://ai.azure.com'), 'v1', token('x'), 'Sign-in', 'notSignedIn'],
		['a wrong audience', azureErrors.wrongAudience, 'v1', token('x'), 'Sign-in', 'notConfigured'],
		['a missing role', azureErrors.missingRole, 'v1', token('x'), 'Role', 'notPermitted'],
		['a firewall', azureErrors.firewall, 'v1', testKey, 'Network', 'notPermitted'],
		['v1 that wants a version', azureErrors.apiVersionRequired, 'v1', testKey, 'API version', 'notConfigured'],
		['v1 that wants none', azureErrors.apiVersionNotAllowed, 'preview', testKey, 'API version', 'notConfigured'],
		['a wrong path on v1', azureErrors.notFound, 'v1', testKey, 'Address', 'notConfigured'],
		['an unknown version', azureErrors.notFound, 'dated', testKey, 'API version', 'notConfigured'],
		['an unknown version on a gateway', azureErrors.apiVersionUnknown, 'datedGateway', testKey, 'API version', 'notConfigured'],
		['an unknown deployment', azureErrors.deploymentNotFound, 'gateway', testKey, 'Deployment', 'modelUnavailable'],
		['a blocked resource', azureErrors.blocked, 'v1', testKey, 'Account', 'accountBlocked'],
		['a page', { status: 200, body: '<html></html>' }, 'v1', testKey, 'Answer', 'notConfigured'],
		['a server error', { status: 500, body: '' }, 'v1', testKey, 'Answer', 'serverError'],
	] as const) {
		test(`finds ${name} in the layer ${failed}`, async () => {
			const connection = azureConnections(await startRefusing(answer))[shape];
			const { layers, report } = await check(credential === testKey ? connection : signedIn(connection), credential);
			assert.deepEqual([layers.at(-1), report.failure?.kind], [`${failed} failed`, kind]);
			assert.equal(layers.filter(layer => layer.endsWith('failed')).length, 1);
			assert.equal(layers.includes('Sign-in ok'), failed === 'Role');
		});
	}

	test('names the address that it has asked', async () => {
		const { dated } = azureConnections(await startRefusing(azureErrors.notFound));
		const { report } = await check(dated);
		assert.match(
			report.failure?.message ?? '',
			/nothing at http:\/\/127\.0\.0\.1:\d+\/openai\/models\?api-version=2025-04-01-preview\./,
		);
	});

	for (const status of [404, 405]) {
		test(`does without the list of a gateway that answers ${status}, and says what is not known then`, async () => {
			const { gateway } = azureConnections(await startRefusing({ status, body: '' }));
			const { layers, report } = await check(gateway);
			assert.deepEqual([layers, report.failure], [['Address ok', 'Answer ok'], undefined]);
			assert.equal(report.untested, `The gateway lists no models, so that it is not known whether it takes the key. ${untested}`);
			const other = await check(signedIn(gateway), token('x'));
			assert.match(other.report.untested ?? '', /takes the sign-in/);
		});
	}

	test('says that the certificate is not trusted', async () => {
		const { layers } = await check(azureConnections((await start({ tls: testCertificate })).url).v1);
		assert.deepEqual(layers, ['Address ok', 'TLS failed']);
	});

	test('says that nothing listens there', async () => {
		const server = await startImagesApiServer({ personality: 'azure' });
		const { v1 } = azureConnections(server.url);
		await server.close();
		assert.deepEqual((await check(v1)).layers, ['Address failed']);
	});
});

suite('modelListPlace', () => {
	for (const [baseUrl, listUrl, needsModelList] of [
		['https://studio.openai.azure.com/openai/v1', 'https://studio.openai.azure.com/openai/v1', true],
		['https://studio.openai.azure.com/openai/deployments/a', 'https://studio.openai.azure.com/openai', true],
		['https://studio.azure-api.net/openai/v1', 'https://studio.azure-api.net/openai/v1', false],
		['https://studio.azure-api.net/deployments/a', 'https://studio.azure-api.net', false],
		['https://gateway.example.com/pictures', 'https://gateway.example.com/pictures', false],
		['https://pictures.example.com/openai/v1', 'https://pictures.example.com/openai/v1', true],
	] as const) {
		test(`${needsModelList ? 'expects' : 'looks for'} a list at ${listUrl}/models for ${baseUrl}`, () => {
			assert.deepEqual(modelListPlace({ baseUrl }), { listUrl, needsModelList });
		});
	}
});
