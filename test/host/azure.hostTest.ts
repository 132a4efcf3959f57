import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FailureKind } from '../../src/core/run/failure';
import type { ConnectionReport } from '../../src/core/run/ports';
import type { RunResult } from '../../src/core/run/runResult';
import { azureContentFilters, azureErrors } from '../fakes/imagesApi/azureAnswers';
import type { Behaviour, ImagesApiServer } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { closeEverything, workspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

async function generate(values: Readonly<Record<string, unknown>>): Promise<RunResult> {
	const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', values);
	assert.ok(result);
	return result;
}

/** What left for pictures: how it was addressed, authorised and what it held. */
function sentTo({ requests }: ImagesApiServer) {
	return requests.map(({ method, path, headers, body }) => ({
		asked: `${method} ${path}`,
		key: headers['api-key'],
		authorization: headers.authorization,
		body,
	}));
}

/** The numbers of all requests that arrived, those of the gateway with them. */
function idsOf({ requests }: ImagesApiServer): readonly string[] {
	return requests.flatMap(({ requestId, apimRequestId }) => [requestId, apimRequestId]).sort();
}

const fox = { prompt: 'A fox', size: '1024x1024', quality: 'low', output_format: 'png', stream: true };
const dated = 'api-version=2025-04-01-preview';

suite('the main job on Azure', () => {
	let api: ConnectedApi;

	async function connect(...[options, settings]: [Parameters<typeof connectToFakeApi>[1]?, Parameters<typeof connectToFakeApi>[2]?]) {
		api = await connectToFakeApi('azure', { gateway: '/studio', ...options }, settings);
	}

	teardown(async () => {
		await closeEverything();
		await api.close();
	});

	for (const [shape, settings, path, model] of [
		['the address of a resource', {}, '/openai/v1/images/generations', 'pictures'],
		['a version', { api: 'preview' }, '/openai/v1/images/generations?api-version=preview', 'pictures'],
		['a dated version', { api: '2025-04-01-preview' }, `/openai/deployments/pictures/images/generations?${dated}`, undefined],
		[
			'a whole sample of the portal',
			{ path: `/openai/deployments/pictures/images/generations?${dated}`, deployment: undefined },
			`/openai/deployments/pictures/images/generations?${dated}`,
			undefined,
		],
		['the address of a project', { path: '/api/projects/studio' }, '/openai/v1/images/generations', 'pictures'],
		['the address of a gateway', { path: '/studio' }, '/studio/images/generations', 'pictures'],
		[
			'the address of a gateway and a dated version',
			{ path: '/studio/openai', api: '2025-04-01-preview' },
			`/studio/openai/deployments/pictures/images/generations?${dated}`,
			undefined,
		],
	] as const) {
		test(`a connection with ${shape} brings a picture`, async () => {
			const { path: pasted = '', ...others }: { path?: string; [name: string]: unknown } = settings;
			await connect({}, ({ url }) => ({ baseUrl: `${url}${pasted}`, ...others }));
			const result = await generate({ prompt: 'A fox', size: '1024x1024', quality: 'low' });
			assert.deepEqual([result.failure, result.images.length], [undefined, 1]);
			assert.deepEqual(sentTo(api.server), [
				{
					asked: `POST ${path}`,
					key: canaryKey,
					authorization: undefined,
					body: { ...(model === undefined ? {} : { model }), ...fox },
				},
			]);
		});
	}

	test('both numbers of the request are in the result, the record and the ledger', async () => {
		await connect();
		const result = await generate({ prompt: 'A fox', quality: 'low' });
		assert.deepEqual(result.requestIds, ['req_000001', '00000000-0000-4000-8000-000000000001']);
		const folder = dirname(result.images[0]?.path ?? '');
		const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { requestIds: unknown };
		assert.deepEqual(record.requestIds, result.requestIds);
		const ledger = join(folder, '..', '..', 'ledger');
		const lines = readdirSync(ledger).flatMap(name => readFileSync(join(ledger, name), 'utf8').trimEnd().split('\n'));
		const settled = lines
			.map(line => JSON.parse(line) as { type: string; runId: string; requestIds?: unknown })
			.find(({ type, runId }) => type === 'settle' && runId === result.runId);
		assert.deepEqual(settled?.requestIds, result.requestIds);
	});

	test('several candidates are as many streams side by side', async () => {
		await connect();
		const result = await generate({ prompt: 'A fox', size: '1024x1024', quality: 'low', n: 3 });
		assert.deepEqual([result.status, result.images.map(({ index }) => index)], ['succeeded', [0, 1, 2]]);
		assert.deepEqual(
			api.server.accepted.map(({ body }) => body),
			Array(3).fill({ model: 'pictures', ...fox }),
		);
		assert.equal(new Set(api.server.requests.map(({ connection }) => connection)).size, 3);
		assert.deepEqual([...(result.requestIds ?? [])].sort(), idsOf(api.server));
	});

	test('a high quality is asked for with a partial picture, so that the gateway hears something in time', async () => {
		await connect();
		const result = await generate({ prompt: 'A fox', size: '1024x1024', quality: 'high' });
		assert.equal(result.status, 'succeeded');
		assert.deepEqual(
			api.server.requests.map(({ body }) => body),
			[{ model: 'pictures', ...fox, quality: 'high', partial_images: 1 }],
		);
	});

	test('a quality is always asked for, because Azure’s own is the dearest', async () => {
		await connect();
		await vscode.commands.executeCommand('imgprompt.generate', workspaceFile('hero.imgprompt'));
		assert.equal(api.server.requests[0]?.body?.['quality'], 'medium');
	});

	test('nothing is sent for WebP, which Azure does not make', async () => {
		await connect();
		const result = await generate({ prompt: 'A fox', format: 'webp' });
		assert.deepEqual([result.failure?.kind, api.server.requests.length], ['invalid', 0]);
	});

	test('v1 that wants a version names the mend, and works with it', async () => {
		await connect({ wantsApiVersion: true });
		const result = await generate({ prompt: 'A fox' });
		assert.deepEqual([result.failure?.kind, result.failure?.code], ['notConfigured', 'apiVersionRequired']);
		assert.match(result.failure?.message ?? '', /Set the API version of the connection to "preview"/);
		await api.close();
		await connect({ wantsApiVersion: true }, () => ({ api: 'preview' }));
		assert.equal((await generate({ prompt: 'A fox' })).status, 'succeeded');
	});

	const failures: readonly (readonly [string, Behaviour, FailureKind, RunResult['status'], RegExp])[] = [
		['a content filter inside a success', azureContentFilters.insideASuccess, 'refused', 'failed', /word the prompt differently/],
		['a content filter as plain text', azureContentFilters.asText, 'refused', 'failed', /word the prompt differently/],
		['a blocked resource', azureErrors.blocked, 'accountBlocked', 'failed', /not only this prompt/],
		['a firewall', azureErrors.firewall, 'notPermitted', 'failed', /network rules of 127\.0\.0\.1/],
		['a deployment that is not there', azureErrors.deploymentNotFound, 'modelUnavailable', 'failed', /“pictures”.*5 minutes/],
		['a gateway that gave up', azureErrors.gatewayTimeout, 'uncertain', 'uncertain', /120 seconds/],
	];
	for (const [what, behaviour, kind, status, message] of failures) {
		test(`${what} is ${kind}, is asked for once, says what to do and keeps both numbers`, async () => {
			await connect();
			api.server.behave(behaviour);
			const result = await generate({ prompt: 'A fox' });
			assert.deepEqual({ status: result.status, kind: result.failure?.kind }, { status, kind });
			assert.match(result.failure?.message ?? '', message);
			assert.deepEqual([...(result.requestIds ?? [])].sort(), idsOf(api.server));
			assert.equal(api.server.requests.length, 1);
		});
	}

	test('a test of the connection costs nothing and says what it cannot know', async () => {
		await connect();
		const report = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'fake');
		assert.deepEqual(
			report.checks.map(({ layer, isOk }) => [layer, isOk]),
			[
				['Address', true],
				['Answer', true],
				['Key', true],
			],
		);
		assert.match(report.untested ?? '', /deployment “pictures”.*first picture/);
		assert.deepEqual(
			api.server.requests.map(({ method, path }) => `${method} ${path}`),
			['GET /openai/v1/models'],
		);
	});
});
