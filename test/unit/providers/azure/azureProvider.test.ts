import * as assert from 'node:assert/strict';
import type { Connection, Credential } from '../../../../src/core/connection/connection';
import { createAzureProvider } from '../../../../src/providers/azure/azureProvider';
import { azureContentFilters, azureErrors } from '../../../fakes/imagesApi/azureAnswers';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { Behaviour, ImagesApiServer, ImagesApiServerOptions } from '../../../fakes/imagesApiServer';
import { MemorySpool } from '../../../fakes/memorySpool';
import { callProvider } from '../request/callProvider';
import { azureConnections, signedIn } from './azureConnections';

const now = Date.UTC(2026, 10, 20);
const provider = createAzureProvider({ clock: { now: () => now } });
const body = { quality: 'high', output_format: 'png', stream: true, partial_images: 1 };
const token = (text: string): Credential => ({ kind: 'token', token: text, source: 'ada@example.com' });
const tokens = [
	{ token: 'for-v1', audience: 'https://ai.azure.com' },
	{ token: 'for-dated', audience: 'https://cognitiveservices.azure.com' },
	{ token: 'without-role', audience: 'https://ai.azure.com', hasNoRole: true },
	{ token: 'worn-out', audience: 'https://ai.azure.com', expiresAt: 1 },
];

suite('Azure provider', () => {
	const servers: ImagesApiServer[] = [];
	let server: ImagesApiServer;

	suiteSetup(async () => {
		server = await start({ tokens, gateway: '/studio' });
	});
	suiteTeardown(() => Promise.all(servers.map(each => each.close())));
	setup(() => server.reset());

	async function start(options: ImagesApiServerOptions): Promise<ImagesApiServer> {
		const started = await startImagesApiServer({ personality: 'azure', ...options });
		servers.push(started);
		return started;
	}

	/** What the plan puts into the body: the deployment as `model`, where it does not stand in the path. */
	function call(
		connection: Connection,
		given: Parameters<typeof callProvider>[2] = body,
		options: Parameters<typeof callProvider>[3] = {},
	) {
		const isInPath = connection.baseUrl.endsWith('/deployments/pictures');
		const { model: _, ...rest } = { model: '', prompt: 'A boat', size: '1024x1024', ...given };
		const request = {
			candidates: [0],
			stream: given.stream === true,
			body: isInPath ? rest : { model: connection.deployment ?? '', ...rest },
		};
		return callProvider(provider, connection, {}, { request, ...options });
	}

	for (const [shape, path, model] of [
		['v1', '/openai/v1/images/generations', 'pictures'],
		['preview', '/openai/v1/images/generations?api-version=preview', 'pictures'],
		['dated', '/openai/deployments/pictures/images/generations?api-version=2025-04-01-preview', undefined],
		['gateway', '/studio/images/generations', 'pictures'],
		['datedGateway', '/studio/openai/deployments/pictures/images/generations?api-version=2025-04-01-preview', undefined],
	] as const) {
		test(`asks for a picture in the shape ${shape}, with the key in a header and the rest in the body`, async () => {
			const { answer, told } = await call(azureConnections(server.url)[shape]);
			assert.deepEqual([answer.failure, answer.pictures.length], [undefined, 1]);
			assert.deepEqual(told, ['left', 'accepted', 'partial 0', 'final 0']);
			const [request, ...others] = server.requests;
			assert.deepEqual(others, []);
			assert.ok(request);
			const { host: _, 'content-length': __, ...headers } = request.headers;
			assert.deepEqual(
				{ method: request.method, path: request.path, headers, body: request.body },
				{
					method: 'POST',
					path,
					headers: {
						accept: 'application/json, text/event-stream',
						'accept-encoding': 'identity',
						'api-key': 'test-key',
						connection: 'close',
						'content-type': 'application/json',
						'user-agent': 'image-prompt',
					},
					body: { ...(model === undefined ? {} : { model }), prompt: 'A boat', size: '1024x1024', ...body },
				},
			);
		});
	}

	for (const [shape, text] of [
		['v1', 'for-v1'],
		['dated', 'for-dated'],
	] as const) {
		test(`shows a token of a signed-in account, and no key, in the shape ${shape}`, async () => {
			const { answer } = await call(signedIn(azureConnections(server.url)[shape]), body, { credential: token(text) });
			assert.equal(answer.failure, undefined);
			const { headers } = server.requests[0] ?? {};
			assert.deepEqual([headers?.authorization, headers?.['api-key']], [`Bearer ${text}`, undefined]);
		});
	}

	test('keeps the number of the request and that of the gateway', async () => {
		const { answer } = await call(azureConnections(server.url).v1);
		assert.deepEqual(answer.requestIds, ['req_000001', '00000000-0000-4000-8000-000000000001']);
		server.behave(azureErrors.deploymentNotFound);
		const failed = await call(azureConnections(server.url).v1);
		assert.deepEqual(failed.answer.requestIds, ['req_000002', '00000000-0000-4000-8000-000000000002']);
	});

	test('takes a plain answer with what the filter says of the picture', async () => {
		const { answer } = await call(azureConnections(server.url).v1, { quality: 'low' });
		assert.deepEqual([answer.failure, answer.pictures.length, answer.usage?.outputTokens], [undefined, 1, 196]);
	});

	for (const [name, stage] of [
		['insideASuccess', 'unknown'],
		['ofThePictureInsideASuccess', 'output'],
		['asResponsibleAiPolicy', 'unknown'],
		['asOfAChat', 'input'],
		['asOpenAi', 'output'],
		['ofMicrosoftsModels', 'input'],
		['asText', 'unknown'],
		['insideASuccessAsText', 'unknown'],
		['insideAStream', 'unknown'],
	] as const) {
		test(`hears the content filter ${name}, and keeps nothing`, async () => {
			const behaviour: Behaviour = azureContentFilters[name];
			server.behave({ ...behaviour, partials: 0 });
			const { answer, spool } = await call(azureConnections(server.url).v1);
			assert.deepEqual([answer.failure?.kind, answer.failure?.moderation?.stage], ['refused', stage]);
			assert.deepEqual([answer.pictures, answer.retryAfterMs, spool.pictures], [[], undefined, []]);
		});
	}

	for (const [name, connection, credential, kind, code] of [
		['a wrong key', 'v1', { kind: 'apiKey', key: 'wrong' }, 'notSignedIn', '401'],
		['a worn-out token', 'v1', token('worn-out'), 'notSignedIn', 'refusedToken'],
		['a token of another audience', 'v1', token('for-dated'), 'notSignedIn', 'refusedToken'],
		['a missing role', 'v1', token('without-role'), 'notPermitted', 'missingRole'],
	] as const) {
		test(`names ${name}`, async () => {
			const { answer } = await call(signedIn(azureConnections(server.url)[connection]), body, { credential });
			assert.deepEqual([answer.failure?.kind, answer.failure?.code], [kind, code]);
			assert.equal(server.accepted.length, 0);
			assert.doesNotMatch(JSON.stringify(answer), /worn-out|for-dated|without-role/);
		});
	}

	test('knows by the scope that the token is for another audience', async () => {
		const connection = { ...signedIn(azureConnections(server.url).v1), scope: 'https://cognitiveservices.azure.com/.default' };
		const { answer } = await call(connection, body, { credential: token('for-dated') });
		assert.equal(answer.failure?.code, 'wrongAudience');
		assert.match(answer.failure.message, /Set the scope of the connection to "https:\/\/ai\.azure\.com\/\.default"/);
	});

	test('names a deployment that is not there', async () => {
		const { answer } = await call({ ...azureConnections(server.url).v1, deployment: 'nowhere' });
		assert.equal(answer.failure?.kind, 'modelUnavailable');
		assert.match(answer.failure.message, /no deployment “nowhere”/);
	});

	test('names the mend where v1 wants a version, and works with it', async () => {
		const strict = await start({ wantsApiVersion: true });
		const { v1, preview } = azureConnections(strict.url);
		const { answer } = await call(v1);
		assert.deepEqual([answer.failure?.kind, answer.failure?.code], ['notConfigured', 'apiVersionRequired']);
		const mended = await call(preview);
		assert.deepEqual([mended.answer.failure, strict.accepted.length], [undefined, 1]);
	});

	test('names a version that v1 does not take', async () => {
		const { v1, dated } = azureConnections(server.url);
		const { answer } = await call({ ...v1, query: dated.query, api: dated.api });
		assert.equal(answer.failure?.code, 'apiVersionUnsupported');
	});

	for (const [name, field, value, parameter] of [
		['WebP', 'output_format', 'webp', 'output_format'],
		['response_format', 'response_format', 'b64_json', 'response_format'],
		['a stream of several', 'n', 2, 'n'],
	] as const) {
		test(`names ${name} as what Azure does not take`, async () => {
			const { answer } = await call(azureConnections(server.url).v1, { ...body, [field]: value });
			assert.deepEqual([answer.failure?.kind, answer.failure?.parameter], ['rejected', parameter]);
		});
	}

	test('waits as long as the finer of the two headers says', async () => {
		server.behave({ ...azureErrors.rateLimit, headers: { 'retry-after-ms': '1500', 'retry-after': '60' } }, azureErrors.rateLimit);
		const { v1 } = azureConnections(server.url);
		assert.equal((await call(v1)).answer.retryAfterMs, 1500);
		assert.equal((await call(v1)).answer.retryAfterMs, 6000);
	});

	test('says that the gateway gave up, and that it may be billed', async () => {
		server.behave(azureErrors.gatewayTimeout);
		const { answer } = await call(azureConnections(server.url).dated);
		assert.deepEqual([answer.failure?.kind, answer.retryAfterMs], ['uncertain', undefined]);
	});

	test('says what Azure cut off after two minutes of silence', async () => {
		let time = now;
		const slow = createAzureProvider({ clock: { now: () => (time += 122_000) } });
		server.behave({ reset: 'afterHeaders' });
		const { answer } = await callProvider(slow, azureConnections(server.url).v1, { model: 'pictures', quality: 'high' });
		assert.equal(answer.failure?.kind, 'uncertain');
		assert.match(answer.failure.message, /120 seconds of silence/);
	});

	test('tells nothing of a token that the host repeats', async () => {
		const secret = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2FpLmF6dXJlLmNvbSJ9.c2lnbmF0dXJlLWNhbmFyeQ';
		server.behave({ status: 400, body: { error: { code: 'BadRequest', message: `Not ${secret}`, param: secret } } });
		const { answer } = await call(azureConnections(server.url).v1, body, { credential: token(secret), spool: new MemorySpool() });
		assert.doesNotMatch(JSON.stringify(answer), /eyJ|c2lnb/);
	});

	test('sends nothing with a token that can’t be one', async () => {
		const { answer } = await call(azureConnections(server.url).v1, body, { credential: token('two words') });
		assert.deepEqual([answer.failure?.kind, answer.hasLeft, server.requests.length], ['notSignedIn', false, 0]);
		assert.match(answer.failure?.message ?? '', /ada@example\.com gave is no access token.*sign in again/);
	});
});
