import * as assert from 'node:assert/strict';
import { createOpenAiProvider } from '../../../../src/providers/openai/openAiProvider';
import type { Behaviour } from '../../../fakes/imagesApiServer';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { ImagesApiServer } from '../../../fakes/imagesApiServer';
import { MemorySpool } from '../../../fakes/memorySpool';
import { pngPicture } from '../../../fakes/pictures';
import { callProvider, connectionTo } from './callProvider';
import type { Called } from './callProvider';

const now = Date.UTC(2026, 10, 20);
const provider = createOpenAiProvider({ clock: { now: () => now } });
const streaming = { stream: true, partial_images: 2 };

suite('OpenAI provider', () => {
	let server: ImagesApiServer;

	suiteSetup(async () => {
		server = await startImagesApiServer();
	});
	suiteTeardown(() => server.close());
	setup(() => server.reset());

	function call(
		body: Readonly<Record<string, string | number | boolean>> = {},
		options: Parameters<typeof callProvider>[3] = {},
	): Promise<Called> {
		return callProvider(provider, connectionTo(server.url), body, options);
	}

	test('sends exactly what the plan says, on the account of the key', async () => {
		await call({ quality: 'low', output_format: 'jpeg', output_compression: 80 });
		const [request] = server.requests;
		assert.deepEqual(request?.body, {
			model: 'gpt-image-2',
			prompt: 'A boat',
			size: '1024x1024',
			quality: 'low',
			output_format: 'jpeg',
			output_compression: 80,
		});
		assert.ok(request);
		const { host: _, 'content-length': __, ...headers } = request.headers;
		assert.deepEqual(headers, {
			accept: 'application/json, text/event-stream',
			'accept-encoding': 'identity',
			authorization: 'Bearer test-key',
			connection: 'close',
			'content-type': 'application/json',
			'user-agent': 'image-prompt',
		});
	});

	test('brings the picture of a plain answer byte by byte, with what the host says about it', async () => {
		const picture = pngPicture({ width: 64, height: 32, contentCredentials: true });
		server.behave({ picture });
		const { answer, spool, told } = await call();
		assert.deepEqual(told, ['left', 'accepted', 'final 0']);
		assert.deepEqual(spool.pictures[0]?.bytes, picture);
		const { pictures, ...rest } = answer;
		assert.equal(pictures.length, 1);
		assert.deepEqual(rest, {
			actual: { size: '64x32', quality: 'medium', format: 'png', background: 'opaque' },
			usage: { inputTokens: 8, outputTokens: 1756, totalTokens: 1764, inputTextTokens: 8, inputImageTokens: 0 },
			requestIds: ['req_000001'],
			hasLeft: true,
		});
	});

	test('brings several candidates of a plain answer in order', async () => {
		const { answer, told } = await call({ n: 3 });
		assert.deepEqual(told, ['left', 'accepted', 'final 0', 'final 1', 'final 2']);
		assert.deepEqual(
			answer.pictures.map(({ candidate }) => candidate),
			[0, 1, 2],
		);
		assert.equal(new Set(answer.pictures.map(({ sha256 }) => sha256)).size, 3);
	});

	test('numbers candidates as the plan does', async () => {
		const { answer } = await call(
			{},
			{ request: { candidates: [3], stream: false, body: { model: 'gpt-image-2', prompt: 'A boat' } } },
		);
		assert.deepEqual(
			answer.pictures.map(({ candidate }) => candidate),
			[3],
		);
	});

	test('streams partial pictures, then the picture', async () => {
		const { answer, told, spool } = await call({ ...streaming, output_format: 'webp' });
		assert.deepEqual(told, ['left', 'accepted', 'partial 0', 'partial 0', 'final 0']);
		assert.deepEqual(
			spool.pictures.map(({ role, state }) => [role, state]),
			[
				['partial', 'stored'],
				['partial', 'stored'],
				['final', 'stored'],
			],
		);
		assert.deepEqual([answer.pictures.length, answer.actual.format, answer.usage?.outputTokens], [1, 'webp', 1956]);
	});

	for (const [name, behaviour] of [
		['the type stands behind the picture', { typeLast: true }],
		['[DONE] is missing', { noDone: true }],
		['it comes in tiny pieces', { chunkBytes: 97 }],
		['fewer partial pictures come', { partials: 1 }],
		['the host never closes the stream', { hang: 'beforeDone' }],
		['the connection breaks after the final event', { reset: 'beforeDone' }],
	] as const satisfies readonly (readonly [string, Behaviour])[]) {
		test(`succeeds with a stream although ${name}`, async () => {
			server.behave(behaviour);
			const { answer, spool } = await call(streaming);
			assert.deepEqual([answer.failure, answer.pictures.length], [undefined, 1]);
			assert.deepEqual(spool.pictures.at(-1)?.role, 'final');
			assert.ok(spool.pictures.slice(0, -1).every(({ role }) => role === 'partial'));
		});
	}

	test('takes a plain answer where a stream was asked for, and the other way round', async () => {
		const b64_json = pngPicture({ width: 16, height: 16 }).toString('base64');
		server.behave(
			{ body: { data: [{ b64_json }] } },
			{ status: 200, body: `data: ${JSON.stringify({ type: 'image_generation.completed', b64_json })}\n\n` },
		);
		assert.equal((await call(streaming)).answer.pictures.length, 1);
		assert.equal((await call()).answer.pictures.length, 1);
	});

	test('succeeds with a plain answer although the host never closes the connection', async () => {
		server.behave({ hang: 'beforeDone' });
		const { answer } = await call();
		assert.deepEqual([answer.failure, answer.pictures.length], [undefined, 1]);
	});

	test('takes a picture of another type than was asked for', async () => {
		server.behave({ format: 'png' });
		const { answer } = await call({ output_format: 'webp' });
		assert.deepEqual([answer.failure, answer.actual.format], [undefined, 'png']);
	});

	test('keeps what came when it is less than asked for, without a failure of its own', async () => {
		server.behave({ candidates: 2 });
		const { answer } = await call({ n: 4 });
		assert.deepEqual([answer.failure, answer.pictures.map(({ candidate }) => candidate)], [undefined, [0, 1]]);
	});

	test('leaves out what was not asked for', async () => {
		server.behave({ candidates: 3 });
		const { answer, spool } = await call();
		assert.deepEqual([answer.failure, answer.pictures.length, spool.pictures.length], [undefined, 1, 1]);
	});

	for (const [status, headers, waits] of [
		[429, {}, 12_000],
		[503, {}, undefined],
		[503, { 'retry-after': '3' }, 3000],
	] as const) {
		test(`allows a repetition after ${status} ${waits === undefined ? 'only with a header' : `in ${waits} ms`}`, async () => {
			server.behave({ status, headers, body: { error: { message: 'Busy. Please try again in 12s.' } } });
			const { answer } = await call();
			assert.equal(answer.retryAfterMs, waits);
		});
	}

	for (const [name, body, behaviour, kind, message] of [
		['an answer without a picture', {}, { body: { created: 1, data: [] } }, 'badResponse', /holds no picture/],
		['an answer with nothing in it', {}, { body: {} }, 'badResponse', /holds no picture/],
		['an empty answer', {}, { status: 200 }, 'badResponse', /empty/],
		['an empty stream', streaming, { status: 200 }, 'uncertain', /before the picture/],
		[
			'HTML',
			{},
			{ body: '<!DOCTYPE html><title>Sign in</title>' },
			'badResponse',
			/an HTML page \(“Sign in”\).*address of the connection/,
		],
		['SVG', {}, { body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }, 'badResponse', /an SVG/],
		['text', {}, { body: 'Hello there' }, 'badResponse', /text \(“Hello there”\)/],
		['a bare picture', {}, { body: pngPicture({ width: 1, height: 1 }) }, 'badResponse', /bare picture/],
		['an answer that is no object', {}, { body: '[]' }, 'badResponse', /holds no picture/],
		['an answer nested without end', {}, { body: '['.repeat(1000) }, 'badResponse', /not one of an Images API/],
		['HTML where the picture should be', {}, { picture: 'html' }, 'badResponse', /is an HTML page/],
		['SVG where the picture should be', streaming, { picture: 'svg' }, 'badResponse', /is an SVG/],
		['a picture that is cut off', {}, { picture: 'truncated' }, 'badResponse', /cut off.*kept/],
		['a streamed picture that is cut off', streaming, { picture: 'truncated' }, 'badResponse', /cut off/],
		['a picture that is not base64', {}, { body: '{"data":[{"b64_json":"iVBORw0KG*oAAAA"}]}' }, 'badResponse', /damaged/],
		['a stream that ends before the picture', streaming, { cut: 'beforeFinal' }, 'uncertain', /before the final picture/],
		['a stream that ends in the picture', streaming, { cut: 'midPicture' }, 'uncertain', /before the final picture/],
		['a stream that ends in a partial picture', streaming, { cut: 'midPartial' }, 'uncertain', /before the final picture/],
		['a stream without a picture', streaming, { body: 'data: [DONE]\n\n' }, 'badResponse', /without a picture/],
		['an answer that ends in the middle', {}, { cut: 'midPicture' }, 'uncertain', /ends in the middle/],
		['a connection that breaks before the headers', {}, { reset: 'beforeHeaders' }, 'uncertain', /connection was lost/],
		['a connection that breaks in the picture', streaming, { reset: 'midPicture' }, 'uncertain', /connection was lost/],
		['a silent host', {}, { hang: 'beforeHeaders' }, 'uncertain', /did not finish within/],
		['a host that falls silent', streaming, { hang: 'midPartial' }, 'uncertain', /did not finish within/],
		[
			'an error in the middle of a stream',
			streaming,
			{ errorEvent: { error: { code: 'moderation_blocked', message: 'safety system', type: 'image_generation_user_error' } } },
			'refused',
			/moderation/,
		],
		['an error event', streaming, { errorEvent: { type: 'error', code: 'server_error', message: 'boom' } }, 'serverError', /boom/],
		[
			'an error event that the name alone tells',
			streaming,
			{ body: 'event: error\ndata: {"type":"invalid_request_error","message":"boom"}\n\n' },
			'rejected',
			/boom/,
		],
		['an error event in plain words', streaming, { body: 'event: error\ndata: out of memory\n\n' }, 'serverError', /out of memory/],
		[
			'an error inside a success',
			{},
			{ body: { created: 1, error: { code: 'contentFilter', message: 'Your task failed as a result of our safety system.' } } },
			'refused',
			/moderation/,
		],
		[
			'an error as text that is JSON',
			{},
			{ status: 400, body: '{"error":{"message":"Unknown parameter: \'style\'.","param":"style","code":"unknown_parameter"}}' },
			'rejected',
			/style/,
		],
		['a gateway page', {}, { status: 502, body: '<html><title>Bad Gateway</title></html>' }, 'uncertain', /gateway/],
		[
			'a redirect',
			{},
			{ status: 307, headers: { location: 'https://other.example.com/x?token=1' } },
			'notConfigured',
			/\(https:\/\/other\.example\.com\/x\)/,
		],
		[
			'a redirect to a script',
			{},
			{ status: 301, headers: { location: 'javascript:alert(1)' } },
			'notConfigured',
			/points elsewhere \(an address that can’t be read\)/,
		],
	] as const satisfies readonly (readonly [string, Readonly<Record<string, boolean | number>>, Behaviour, string, RegExp])[]) {
		test(`calls ${name} ${kind}, and does not repeat`, async () => {
			server.behave(behaviour);
			const { answer } = await call(body, { timeoutMs: 300 });
			assert.deepEqual([answer.failure?.kind, answer.hasLeft, answer.retryAfterMs], [kind, true, undefined]);
			assert.match(answer.failure?.message ?? '', message);
			assert.equal(server.requests.length, 1);
		});
	}

	test('keeps partial pictures when the rest is lost', async () => {
		server.behave({ reset: 'beforeFinal' });
		const { answer, told, spool } = await call(streaming);
		assert.deepEqual([answer.failure?.kind, answer.pictures], ['uncertain', []]);
		assert.deepEqual(told, ['left', 'accepted', 'partial 0', 'partial 0']);
		assert.ok(spool.pictures.every(({ state }) => state === 'stored'));
	});

	test('keeps the candidates that came before the connection broke', async () => {
		server.behave({ reset: 'beforeFinal' });
		const { answer } = await call({ n: 2 });
		assert.deepEqual([answer.failure?.kind, answer.pictures.length], ['uncertain', 2]);
	});

	test('keeps the bytes of a picture that broke off', async () => {
		server.behave({ reset: 'midPicture', pictureBytes: 100_000 });
		const { spool } = await call();
		assert.deepEqual(
			spool.pictures.map(({ state }) => state),
			['abandoned'],
		);
		assert.ok((spool.pictures[0]?.bytes.length ?? 0) > 40_000);
	});

	test('names the wait of a rate limit, and allows to repeat', async () => {
		server.behave({
			status: 429,
			headers: { 'retry-after': 'Fri, 20 Nov 2026 00:00:20 GMT' },
			body: { error: { code: 'rate_limit_exceeded', message: 'slow' } },
		});
		const { answer } = await call();
		assert.deepEqual([answer.failure?.kind, answer.retryAfterMs, answer.requestIds], ['rateLimited', 20_000, ['req_000001']]);
	});

	test('says that a server that is not there got nothing, and allows to repeat', async () => {
		const gone = await startImagesApiServer();
		const connection = connectionTo(gone.url);
		await gone.close();
		const { answer, told } = await callProvider(provider, connection);
		assert.deepEqual([answer.failure?.kind, answer.hasLeft, answer.retryAfterMs, told], ['unreachable', false, 500, []]);
	});

	test('refuses nothing on its own: the host does', async () => {
		const { answer } = await call({ size: '1920x1080' });
		assert.deepEqual([answer.failure?.kind, answer.failure?.parameter, answer.failure?.httpStatus], ['rejected', 'size', 400]);
	});

	for (const [name, hang, stream] of [
		['before the answer', 'beforeHeaders', false],
		['in a plain answer', 'midPicture', false],
		['between partial pictures', 'midPartial', true],
		['before the final picture', 'beforeFinal', true],
	] as const) {
		test(`can be cancelled ${name}, which closes the connection`, async () => {
			server.behave({ hang });
			const controller = new AbortController();
			const called = call(stream ? streaming : {}, { signal: controller.signal });
			await until(() => server.accepted.length === 1);
			await new Promise(resolve => setTimeout(resolve, 30));
			controller.abort();
			const { answer } = await called;
			assert.deepEqual([answer.isCancelled, answer.failure, answer.hasLeft], [true, undefined, true]);
			await until(() => server.requests[0]?.closedEarlyAt !== undefined);
		});
	}

	test('sends nothing when it was cancelled before', async () => {
		const { answer } = await call({}, { signal: AbortSignal.abort() });
		assert.deepEqual([answer.isCancelled, answer.hasLeft, server.requests.length], [true, false, 0]);
	});

	test('waits for a slow disk', async () => {
		server.behave({ pictureBytes: 400_000, chunkBytes: 5000 });
		const { answer, spool } = await call({}, { spool: new MemorySpool({ isSlow: true }) });
		assert.deepEqual([answer.failure, spool.pictures[0]?.bytes.length], [undefined, 400_000]);
	});

	for (const body of [{}, streaming]) {
		test(`tells when the disk fails (${body === streaming ? 'stream' : 'plain'}), and closes the connection`, async () => {
			const error = new Error('The disk is full.');
			const spool = new MemorySpool({ failure: { afterBytes: 100_000, error } });
			server.behave({ pictureBytes: 20_000_000, partials: 0 });
			await assert.rejects(call(body, { spool }), error);
			await until(() => server.requests[0]?.closedEarlyAt !== undefined);
			assert.deepEqual(
				spool.pictures.map(({ state }) => state),
				['abandoned'],
			);
		});
	}

	for (const key of ['', 'sk-with\nnewline', 'sk-“quoted”', ' sk-1']) {
		test(`sends nothing with the impossible key ${JSON.stringify(key)}, and does not repeat it`, async () => {
			const credential = { kind: 'apiKey', key } as const;
			const { answer } = await call({}, { credential });
			assert.deepEqual([answer.failure?.kind, answer.hasLeft, server.requests.length], ['notSignedIn', false, 0]);
			assert.doesNotMatch(answer.failure?.message ?? '', /sk-/);
			const report = await provider.test(connectionTo(server.url), credential, new AbortController().signal);
			assert.deepEqual(report.failure, answer.failure);
		});
	}

	test('takes nothing from the environment', async () => {
		const variables = {
			OPENAI_BASE_URL: 'http://127.0.0.1:9',
			OPENAI_API_KEY: 'sk-environment',
			OPENAI_ADMIN_KEY: 'sk-admin',
			OPENAI_ORG_ID: 'org-environment',
			OPENAI_PROJECT_ID: 'proj_environment',
			OPENAI_LOG: 'debug',
			OPENAI_CUSTOM_HEADERS: 'Authorization: Bearer sk-custom\nX-Stolen: yes\nContent-Type: text/plain',
			OPENAI_WEBHOOK_SECRET: 'whsec',
		};
		const before = { ...process.env };
		const printed: unknown[] = [];
		const { debug, info, log, warn } = console;
		Object.assign(process.env, variables);
		Object.assign(console, {
			debug: (...args: unknown[]) => printed.push(args),
			info: (...args: unknown[]) => printed.push(args),
			warn: (...args: unknown[]) => printed.push(args),
		});
		try {
			const { answer } = await call();
			assert.equal(answer.pictures.length, 1);
		} finally {
			Object.assign(console, { debug, info, log, warn });
			process.env = before;
		}
		const headers = server.requests[0]?.headers ?? {};
		assert.deepEqual(printed, []);
		assert.deepEqual([headers.authorization, headers['content-type']], ['Bearer test-key', 'application/json']);
		assert.deepEqual(
			Object.keys(headers).filter(name => /openai|stolen|stainless/.test(name)),
			[],
		);
	});
});

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) {
		await new Promise(resolve => setTimeout(resolve, 2));
	}
}
