import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FailureKind } from '../../src/core/run/failure';
import type { RunResult } from '../../src/core/run/runResult';
import type { Behaviour } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { closeEverything, eventually, openEditor, readWorkspaceFile, withSettings, workspaceFile, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

const sentence = 'Watercolour of a flower market at sunrise, seen from above.';

async function run(command: string, ...args: unknown[]): Promise<RunResult> {
	const [result, ...others] = await vscode.commands.executeCommand<RunResult[]>(`imgprompt.${command}`, ...args);
	assert.ok(result, `${command} gave no result.`);
	assert.deepEqual(others, []);
	return result;
}

function assertKept(result: RunResult): void {
	for (const image of result.images) {
		const bytes = readFileSync(image.path);
		assert.equal(bytes.length, image.bytes);
		assert.equal(createHash('sha256').update(bytes).digest('hex'), image.sha256);
		assert.equal(vscode.Uri.parse(image.uri).fsPath, image.path);
	}
}

suite('the main job on the sandbox', () => {
	teardown(closeEverything);

	test('a prompt file gives a picture of exactly the requested size, kept before it is told of', async () => {
		const uri = workspaceFile('hero.imgprompt');
		const result = await run('generate', uri);
		assert.equal(result.status, 'succeeded');
		assertKept(result);
		assert.deepEqual(
			{
				...result,
				runId: '',
				startedAt: '',
				durationMs: 0,
				requestIds: [],
				images: result.images.map(({ width, height, format, index }) => ({ width, height, format, index })),
			},
			{
				runId: '',
				status: 'succeeded',
				connection: 'sandbox',
				model: 'gpt-image-2',
				operation: 'generate',
				images: [{ width: 1536, height: 1024, format: 'png', index: 0 }],
				requested: { size: '1536x1024', quality: 'medium', format: 'png', n: 1 },
				actual: {
					size: '1536x1024',
					quality: 'medium',
					format: 'png',
					n: 1,
					...('background' in result.actual ? { background: result.actual.background } : {}),
				},
				usage: { ...result.usage, outputTokens: 1372 },
				cost: { usd: 0, estimated: false },
				requestIds: [],
				startedAt: '',
				durationMs: 0,
			},
		);
		assert.deepEqual(JSON.parse(JSON.stringify(result)), result, 'a result is plain JSON');
	});

	test('a selected sentence becomes a picture in the project and a link below it', async () => {
		const guide = workspaceFile('docs/guide.md');
		const before = new TextDecoder().decode(await readWorkspaceFile('docs/guide.md'));
		await openEditor(guide, sentence);
		const result = await run('generateFromSelection');
		const inserted = await vscode.commands.executeCommand<{ asset: string; link: string }>('imgprompt.insert', result.runId, 0, {
			uri: guide,
			alt: 'Flower market',
		});
		assert.match(inserted.link, /^!\[Flower market\]\(images\/[a-z-]+\.png\)$/);
		assert.deepEqual(readFileSync(inserted.asset), readFileSync(result.images[0]?.path ?? ''));
		const document = await vscode.workspace.openTextDocument(guide);
		assert.equal(document.getText(), before.replace(sentence, `${sentence}\n\n${inserted.link}`));
	});

	test('the keys of a caller are those of the file format', async () => {
		const result = await run('generateFromInput', {
			prompt: 'A {{colour}} fox',
			size: 'square',
			quality: 'low',
			format: 'jpeg',
			n: 2,
			vars: { colour: 'red' },
		});
		assert.deepEqual(
			result.images.map(({ width, height, format }) => ({ width, height, format })),
			[
				{ width: 1024, height: 1024, format: 'jpeg' },
				{ width: 1024, height: 1024, format: 'jpeg' },
			],
		);
		assertKept(result);
	});

	test('a fence in a Markdown page is a prompt file', async () => {
		const uri = await writeWorkspaceFile('fence.md', 'Text\n\n```imgprompt\n---\nsize: portrait\n---\nA fox\n```\n');
		await openEditor(uri, 'A fox');
		const result = await run('generate');
		assert.deepEqual(result.requested.size, '1024x1536');
		const inserted = await vscode.commands.executeCommand<{ link: string }>('imgprompt.insert', result.runId, 0, { uri });
		const page = await vscode.workspace.openTextDocument(uri);
		assert.ok(page.getText().endsWith(`A fox\n\`\`\`\n\n${inserted.link}\n`), page.getText());
	});

	test('an invalid prompt is a result with its problems, and nothing is started', async () => {
		const uri = await writeWorkspaceFile('bad.imgprompt', '---\nsize: 1920x1080\nquallity: low\n---\nA fox\n');
		const result = await run('generate', uri);
		assert.equal(result.status, 'failed');
		assert.equal(result.failure?.kind, 'invalid');
		assert.deepEqual(
			result.failure.problems?.map(({ code }) => code),
			['sizeGrid', 'unknownKey'],
		);
		assert.equal(result.runId, '');
	});

	test('a preview is the plan as JSON', async () => {
		const plan = await vscode.commands.executeCommand<Record<string, unknown>>('imgprompt.preview', workspaceFile('hero.imgprompt'));
		assert.equal(plan['status'], 'ready');
		assert.equal(
			plan['prompt'],
			'Interior of an empty subway car (no people).\nWide-angle view looking down the aisle, cool fluorescent light.',
		);
	});
});

suite('the main job on an OpenAI account', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		api = await connectToFakeApi('openai');
	});

	suiteTeardown(() => api.close());

	setup(() => api.server.reset());

	teardown(closeEverything);

	test('sends one streamed request with what the plan says and nothing else', async () => {
		const result = await run('generate', workspaceFile('hero.imgprompt'));
		assert.equal(result.status, 'succeeded', result.failure?.message);
		assert.deepEqual(
			api.server.requests.map(({ body }) => body),
			[
				{
					model: 'gpt-image-2',
					prompt: 'Interior of an empty subway car (no people).\nWide-angle view looking down the aisle, cool fluorescent light.',
					size: '1536x1024',
					quality: 'medium',
					output_format: 'png',
					stream: true,
				},
			],
		);
		assert.equal(result.images.length, 1);
		assertKept(result);
		assert.equal(result.requestIds?.length, 1);
		assert.equal(result.cost?.estimated, false);
	});

	test('several candidates are one request without a stream', async () => {
		const result = await run('generateFromSelection', { prompt: 'A fox', n: 3, size: '1024x1024', quality: 'low' });
		assert.equal(result.images.length, 3);
		assert.deepEqual(
			api.server.accepted.map(({ body }) => [body?.['n'], body?.['stream']]),
			[[3, undefined]],
		);
	});

	const failures: readonly [string, Behaviour, FailureKind, RunResult['status'], RegExp][] = [
		[
			'a wrong key',
			{
				status: 401,
				body: {
					error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key', param: null },
				},
			},
			'notSignedIn',
			'failed',
			/key/i,
		],
		[
			'an organisation that is not verified',
			{
				status: 403,
				body: {
					error: {
						message: 'Your organization must be verified to use the model `gpt-image-2`.',
						type: 'invalid_request_error',
						code: null,
						param: null,
					},
				},
			},
			'notPermitted',
			'failed',
			/verif/i,
		],
		[
			'a model that is not there',
			{
				status: 404,
				body: {
					error: {
						message: 'The model `x` does not exist or you do not have access to it.',
						type: 'invalid_request_error',
						code: 'model_not_found',
						param: null,
					},
				},
			},
			'modelUnavailable',
			'failed',
			/model/i,
		],
		[
			'a refusal',
			{
				status: 400,
				body: {
					error: {
						message: 'Your request was rejected by the safety system.',
						type: 'image_generation_user_error',
						code: 'moderation_blocked',
						param: null,
						moderation_details: { moderation_stage: 'input', categories: ['violence'] },
					},
				},
			},
			'refused',
			'failed',
			/violence/,
		],
		[
			'an exhausted quota',
			{
				status: 429,
				headers: { 'retry-after': '1' },
				body: {
					error: {
						message: 'You exceeded your current quota.',
						type: 'insufficient_quota',
						code: 'insufficient_quota',
						param: null,
					},
				},
			},
			'quotaExceeded',
			'failed',
			/quota|billing/i,
		],
		[
			'a rejected parameter',
			{
				status: 400,
				body: {
					error: {
						message: "Unknown parameter: 'quality'.",
						type: 'invalid_request_error',
						code: 'unknown_parameter',
						param: 'quality',
					},
				},
			},
			'rejected',
			'failed',
			/quality/,
		],
		[
			'an error in the middle of a stream',
			{
				errorEvent: {
					error: {
						message: 'Your request was rejected by the safety system.',
						type: 'image_generation_user_error',
						code: 'moderation_blocked',
					},
				},
			},
			'refused',
			'failed',
			/safety|refused/i,
		],
		['a stream that ends too early', { cut: 'beforeFinal' }, 'uncertain', 'uncertain', /billed/],
		['a connection that is lost', { reset: 'midPicture' }, 'uncertain', 'uncertain', /billed/],
		['a page instead of a picture', { picture: 'html' }, 'badResponse', 'failed', /HTML/],
	];
	for (const [what, behaviour, kind, status, message] of failures) {
		test(`${what} is ${kind}, is asked for once, and says what to do`, async () => {
			api.server.behave(behaviour);
			const result = await run('generateFromSelection', { prompt: 'A fox' });
			assert.deepEqual({ status: result.status, kind: result.failure?.kind }, { status, kind });
			assert.match(result.failure?.message ?? '', message);
			assert.equal(api.server.requests.length, 1);
		});
	}

	test('a rate limit is waited for as long as the host says, then the picture comes', async () => {
		const limit = { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded', param: null } };
		api.server.behave({ status: 429, headers: { 'retry-after': '1' }, body: limit });
		const result = await run('generateFromSelection', { prompt: 'A fox' });
		assert.equal(result.status, 'succeeded');
		const [first, second] = api.server.requests;
		assert.ok((second?.arrivedAt ?? 0) - (first?.arrivedAt ?? 0) >= 1000);
	});

	test('cancelling closes the connection and keeps the partial picture', async () => {
		api.server.behave({ hang: 'beforeFinal' });
		const running = run('generateFromSelection', { prompt: 'A fox' });
		await eventually('the request', () => api.server.accepted.length === 1);
		await new Promise(resolve => setTimeout(resolve, 300));
		const cancelledAt = performance.now();
		await vscode.commands.executeCommand('imgprompt.cancel');
		const result = await running;
		assert.equal(result.status, 'cancelled');
		const closedAt = await eventually('the connection to close', () => api.server.accepted[0]?.closedEarlyAt);
		assert.ok(closedAt - cancelledAt < 500, `closed after ${closedAt - cancelledAt} ms`);
	});

	test('without a key nothing is sent', async () => {
		await vscode.commands.executeCommand('imgprompt.clearApiKey', 'fake');
		const result = await run('generateFromSelection', { prompt: 'A fox' });
		assert.equal(result.failure?.kind, 'notConfigured');
		assert.equal(api.server.requests.length, 0);
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'fake', canaryKey);
	});

	test('several connections and none chosen is a failure for code, not a question', async () => {
		const others = vscode.workspace.getConfiguration().inspect<unknown[]>('imgprompt.connections')?.globalValue ?? [];
		await withSettings(
			{ 'imgprompt.connections': [...others, { name: 'other', kind: 'openai' }], 'imgprompt.connection': undefined },
			async () => {
				const result = await run('generateFromSelection', { prompt: 'A fox' });
				assert.equal(result.failure?.kind, 'notConfigured');
				assert.equal(api.server.requests.length, 0);
			},
		);
	});
});

suite('the main job on a compatible server', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		api = await connectToFakeApi('compatible');
	});

	suiteTeardown(() => api.close());
	teardown(closeEverything);

	setup(() => api.server.reset());

	for (const as of ['b64_json', 'dataUrl', 'url', 'relativeUrl'] as const) {
		test(`takes a picture as ${as}, and sends no key`, async () => {
			api.server.behave({ as, omit: ['usage'] });
			const result = await run('generateFromSelection', { prompt: 'A fox', size: '512x512' });
			assert.equal(result.status, 'succeeded', result.failure?.message);
			assertKept(result);
			const generation = api.server.requests.find(({ path }) => path.endsWith('/images/generations'));
			assert.deepEqual(Object.keys(generation?.body ?? {}).sort(), ['model', 'prompt', 'response_format', 'size']);
			assert.ok(api.server.requests.every(({ headers }) => headers.authorization === undefined));
		});
	}

	test('refuses a picture at another address', async () => {
		api.server.behave({ as: 'otherOriginUrl' });
		const result = await run('generateFromSelection', { prompt: 'A fox', size: '512x512' });
		assert.equal(result.failure?.kind, 'badResponse');
	});
});
