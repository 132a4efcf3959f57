import * as assert from 'node:assert/strict';
import { createCompatibleProvider } from '../../../../src/providers/compatible/compatibleProvider';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { Behaviour, ImagesApiServer } from '../../../fakes/imagesApiServer';
import { MemorySpool } from '../../../fakes/memorySpool';
import { pngPicture } from '../../../fakes/pictures';
import { callProvider, connectionTo, testKey } from './callProvider';

const provider = createCompatibleProvider({ clock: { now: () => 0 } });

suite('compatible provider', () => {
	let server: ImagesApiServer;

	suiteSetup(async () => {
		server = await startImagesApiServer({ personality: 'compatible' });
	});
	suiteTeardown(() => server.close());
	setup(() => server.reset());

	function call(behaviour: Behaviour, options: Parameters<typeof callProvider>[3] & { n?: number } = {}) {
		server.behave(behaviour);
		const { n = 1, ...rest } = options;
		return callProvider(provider, connectionTo(server.url, 'compatible'), { response_format: 'b64_json', n }, rest);
	}

	for (const as of ['b64_json', 'dataUrl', 'url', 'relativeUrl'] as const) {
		test(`takes pictures as ${as}`, async () => {
			const { answer, told } = await call({ as }, { n: 2 });
			assert.deepEqual([answer.failure, answer.usage, answer.actual], [undefined, undefined, { size: '1024x1024', format: 'png' }]);
			assert.deepEqual(
				answer.pictures.map(({ candidate }) => candidate),
				[0, 1],
			);
			assert.deepEqual(told, ['left', 'accepted', 'final 0', 'final 1']);
		});
	}

	test('sends exactly what the plan says', async () => {
		await call({});
		assert.deepEqual(server.requests[0]?.body, {
			model: 'gpt-image-2',
			prompt: 'A boat',
			size: '1024x1024',
			response_format: 'b64_json',
			n: 1,
		});
	});

	test('leaves the authorization out when no key is needed', async () => {
		await call({ as: 'url' }, { credential: { kind: 'none' } });
		assert.deepEqual(
			server.requests.map(({ headers }) => headers.authorization),
			[undefined, undefined],
		);
	});

	test('shows the key to its own origin', async () => {
		await call({ as: 'url' }, { credential: testKey });
		assert.deepEqual(
			server.requests.map(({ headers }) => headers.authorization),
			['Bearer test-key', 'Bearer test-key'],
		);
	});

	for (const [name, url, where] of [
		['another origin', undefined, /points to http:\/\/localhost:\d+ for it/],
		['another scheme', 'file:///etc/passwd', /not its own/],
		['nonsense', 'http://', /not its own/],
		['another port', 'http://127.0.0.1:1/x.png', /127\.0\.0\.1:1 for it/],
	] as const) {
		test(`fetches nothing from ${name}`, async () => {
			const { answer } = await call(url === undefined ? { as: 'otherOriginUrl' } : { body: { data: [{ url }] } });
			assert.equal(answer.failure?.kind, 'badResponse');
			assert.match(answer.failure.message, where);
			assert.match(answer.failure.message, /only fetched from http:\/\/127\.0\.0\.1/);
			assert.equal(server.requests.length, 1);
		});
	}

	test('does not follow a picture that is not there', async () => {
		const { answer } = await call({ body: { data: [{ url: '/nowhere.png' }] } });
		assert.deepEqual([answer.failure?.kind, answer.pictures], ['badResponse', []]);
		assert.match(answer.failure?.message ?? '', /HTTP 404 .*\/nowhere\.png/);
	});

	test('judges what it has fetched', async () => {
		const { answer } = await call({ as: 'url', picture: 'html' });
		assert.match(answer.failure?.message ?? '', /is an HTML page/);
		const cut = await call({ as: 'url', picture: 'truncated' });
		assert.match(cut.answer.failure?.message ?? '', /cut off/);
	});

	test('keeps what could be fetched before a picture that could not', async () => {
		const { answer } = await call({ as: 'url' });
		assert.equal(answer.pictures.length, 1);
		const path = new URL(server.requests[1]?.path ?? '', server.url).pathname;
		const mixed = await call({ body: { data: [{ url: path }, { url: '/gone.png' }] } }, { n: 2 });
		assert.deepEqual([mixed.answer.pictures.length, mixed.answer.failure?.kind], [1, 'badResponse']);
	});

	test('fetches what can be fetched behind a picture that can not: all of them are paid for', async () => {
		const { answer } = await call({ as: 'url' });
		assert.equal(answer.pictures.length, 1);
		const path = new URL(server.requests[1]?.path ?? '', server.url).pathname;
		const data = [{ url: '/gone.png' }, { url: path }, { url: 'https://elsewhere.example/x.png' }];
		const mixed = await call({ body: { data } }, { n: 3 });
		assert.deepEqual(
			mixed.answer.pictures.map(({ candidate }) => candidate),
			[1],
		);
		assert.match(mixed.answer.failure?.message ?? '', /HTTP 404 .*\/gone\.png/);
	});

	test('fetches the one picture of two that did not come with the answer', async () => {
		await call({ as: 'url' });
		const path = new URL(server.requests[1]?.path ?? '', server.url).pathname;
		const base64 = pngPicture({ width: 64, height: 32 }).toString('base64');
		const { answer, told } = await call({ body: { data: [{ url: path }, { b64_json: base64, url: '/gone.png' }] } }, { n: 2 });
		assert.equal(answer.failure, undefined);
		assert.deepEqual(
			answer.pictures.map(({ candidate, width }) => [candidate, width]),
			[
				[0, 1024],
				[1, 64],
			],
		);
		assert.deepEqual(told, ['left', 'accepted', 'final 1', 'final 0']);
	});

	test('never shows the key in the address of a picture', async () => {
		const { answer } = await call({ body: { data: [{ url: `/gone/test-key/${'x'.repeat(5000)}.png` }] } });
		assert.match(answer.failure?.message ?? '', /HTTP 404 .*\/gone\/\[key\]\//);
		assert.ok((answer.failure?.message.length ?? 0) < 600);
	});

	for (const [name, error] of [
		['an empty text', ''],
		['an empty object', {}],
		['false', false],
	] as const) {
		test(`takes ${name} in \`error\` for no error`, async () => {
			const base64 = pngPicture({ width: 64, height: 32 }).toString('base64');
			const { answer } = await call({ body: { error, data: [{ b64_json: base64 }] } });
			assert.deepEqual([answer.failure, answer.pictures.length], [undefined, 1]);
		});
	}

	test('tells when the disk fails while it fetches', async () => {
		const error = new Error('The disk is full.');
		const spool = new MemorySpool({ failure: { afterBytes: 100, error } });
		await assert.rejects(call({ as: 'url' }, { spool }), error);
		assert.deepEqual(
			spool.pictures.map(({ state }) => state),
			['abandoned'],
		);
	});

	for (const [name, behaviour, kind, message] of [
		['text in error', { status: 400, body: { error: 'bad size' } }, 'rejected', /bad size/],
		['an object in error', { status: 500, body: { error: { message: 'out of memory' } } }, 'serverError', /out of memory/],
		['a detail', { status: 400, body: { detail: 'no such model here' } }, 'rejected', /no such model here/],
		['a message', { status: 501, body: { message: 'not implemented' } }, 'serverError', /not implemented/],
		['HTML', { status: 403, body: '<html><title>Forbidden</title></html>' }, 'notPermitted', /Forbidden/],
		['text', { status: 400, body: 'image generation models are not currently supported' }, 'rejected', /not currently supported/],
		['an error with status 200', { body: { error: 'model is loading' } }, 'serverError', /model is loading/],
	] as const satisfies readonly (readonly [string, Behaviour, string, RegExp])[]) {
		test(`understands ${name}`, async () => {
			const { answer } = await call(behaviour);
			assert.equal(answer.failure?.kind, kind);
			assert.match(answer.failure.message, message);
		});
	}
});
