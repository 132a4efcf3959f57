import * as assert from 'node:assert/strict';
import type { Credential } from '../../../../src/core/connection/connection';
import { createCompatibleProvider } from '../../../../src/providers/compatible/compatibleProvider';
import { createOpenAiProvider } from '../../../../src/providers/openai/openAiProvider';
import { testCertificate } from '../../../fakes/certificate';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { ImagesApiServer, ImagesApiServerOptions } from '../../../fakes/imagesApiServer';
import { connectionTo, testKey } from './callProvider';

const dependencies = { clock: { now: () => 0 } };
const openAi = createOpenAiProvider(dependencies);
const compatible = createCompatibleProvider(dependencies);
const signal = new AbortController().signal;

suite('testing a connection', () => {
	const servers: ImagesApiServer[] = [];

	async function start(options: ImagesApiServerOptions = {}): Promise<ImagesApiServer> {
		const server = await startImagesApiServer(options);
		servers.push(server);
		return server;
	}
	teardown(() => Promise.all(servers.splice(0).map(server => server.close())));

	async function layers(server: ImagesApiServer, provider = openAi, credential: Credential = testKey, path = '/v1') {
		const report = await provider.test(connectionTo(server.url, provider.kind, server.url + path), credential, signal);
		return { layers: report.checks.map(({ layer, isOk }) => `${layer} ${isOk ? 'ok' : 'failed'}`), report };
	}

	test('goes through every layer, and asks for nothing that costs', async () => {
		const server = await start();
		const found = await layers(server);
		assert.deepEqual(found.layers, ['Address ok', 'Answer ok', 'Key ok', 'Model ok']);
		assert.ok(found.report.models?.includes('gpt-image-2'));
		assert.deepEqual(
			server.requests.map(({ method, path }) => `${method} ${path}`),
			['GET /v1/models'],
		);
	});

	test('notices that a model is about to be shut down', async () => {
		const server = await start({ models: [{ id: 'gpt-image-2', shutdown_date: '2026-12-01' }] });
		const { report } = await layers(server);
		assert.match(report.checks.at(-1)?.detail ?? '', /shuts down on 2026-12-01/);
	});

	test('says that the model is not listed, and what is', async () => {
		const found = await layers(await start({ models: ['gpt-image-9', 'gpt-5'] }));
		assert.deepEqual([found.layers.at(-1), found.report.failure?.kind], ['Model failed', 'modelUnavailable']);
		assert.match(found.report.failure?.message ?? '', /Listed are gpt-image-9\./);
	});

	test('says that the key is wrong', async () => {
		const found = await layers(await start(), openAi, { kind: 'apiKey', key: 'sk-wrong-0123456789' });
		assert.deepEqual([found.layers, found.report.failure?.kind], [['Address ok', 'Answer ok', 'Key failed'], 'notSignedIn']);
		assert.doesNotMatch(JSON.stringify(found.report), /sk-wr/);
	});

	test('says that the address is wrong', async () => {
		const found = await layers(await start(), openAi, testKey, '/v2');
		assert.deepEqual([found.layers, found.report.failure?.kind], [['Address ok', 'Answer failed'], 'notConfigured']);
	});

	test('takes a small server that has no list of models', async () => {
		const found = await layers(await start({ personality: 'compatible' }), compatible, { kind: 'none' }, '');
		assert.deepEqual([found.layers, found.report.failure], [['Address ok', 'Answer ok'], undefined]);
		assert.match(found.report.checks[1]?.detail ?? '', /no list of models\. If it makes no pictures: .*:\d+\/v1 if/);
	});

	test('does not doubt the address of a small server that ends as usual', async () => {
		const { report } = await layers(await start({ personality: 'compatible', models: [] }), compatible, { kind: 'none' });
		assert.doesNotMatch(JSON.stringify(report), /baseUrl/);
	});

	test('repeats nothing from a list of models that is no id and no date', async () => {
		const long = 'image'.repeat(100);
		const { report } = await layers(await start({ models: [long, { id: 'gpt-image-2', shutdown_date: '<soon>' }] }));
		assert.deepEqual(report.models, ['gpt-image-2']);
		assert.equal(report.checks.at(-1)?.detail, 'gpt-image-2 is listed.');
	});

	test('says that nothing listens there', async () => {
		const server = await startImagesApiServer();
		const connection = connectionTo(server.url);
		await server.close();
		const report = await openAi.test(connection, testKey, signal);
		assert.deepEqual(
			report.checks.map(({ layer, isOk }) => [layer, isOk]),
			[['Address', false]],
		);
		assert.equal(report.failure?.kind, 'unreachable');
	});

	test('says that the certificate is not trusted', async () => {
		const found = await layers(await start({ tls: testCertificate }));
		assert.deepEqual(found.layers, ['Address ok', 'TLS failed']);
		assert.match(found.report.failure?.message ?? '', /signed by itself.*NODE_EXTRA_CA_CERTS/);
	});

	test('says nothing when it is cancelled', async () => {
		const report = await openAi.test(connectionTo((await start()).url), testKey, AbortSignal.abort());
		assert.deepEqual(report, { checks: [] });
	});
});
