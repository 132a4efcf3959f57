import * as assert from 'node:assert/strict';
import http from 'http';
import https from 'https';
import * as net from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { testCertificate } from '../../../fakes/certificate';
import { withEnvironment } from '../../../fakes/environment';
import { startImagesApiServer } from '../../../fakes/imagesApiServer';
import type { ImagesApiServer } from '../../../fakes/imagesApiServer';
import { createTransport } from '../../../../src/providers/transport/transport';
import type { TransportOptions } from '../../../../src/providers/transport/transport';
import { TransportError } from '../../../../src/providers/transport/transportError';

const body = JSON.stringify({ model: 'gpt-image-2', prompt: 'A boat' });
const headers = { authorization: 'Bearer test-key', 'content-type': 'application/json' };

/** Sends one generation request and says what came of it. */
async function exchange(url: string, options: Partial<TransportOptions> = {}, init: RequestInit = {}) {
	let left = 0;
	const transport = createTransport({ timeoutMs: 5000, signal: new AbortController().signal, onLeft: () => left++, ...options });
	try {
		const response = await transport(`${url}/v1/images/generations`, { method: 'POST', headers, body, ...init });
		return { left, status: response.status, text: await response.text(), headers: response.headers };
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		return { left, kind: error.kind, hasLeft: error.hasLeft, code: error.code };
	}
}

async function listen(onConnection: (socket: Socket) => void): Promise<Server & { readonly url: string; readonly secureUrl: string }> {
	const server = net.createServer(socket => {
		socket.on('error', () => undefined);
		onConnection(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return Object.assign(server, { url: `http://127.0.0.1:${port}`, secureUrl: `https://127.0.0.1:${port}` });
}

suite('transport', () => {
	let server: ImagesApiServer;
	const closers: (() => unknown)[] = [];

	suiteSetup(async () => {
		server = await startImagesApiServer();
	});
	suiteTeardown(() => server.close());
	setup(() => server.reset());
	teardown(async () => {
		for (const close of closers.splice(0).reverse()) {
			await close();
		}
	});

	test('carries request and answer, and says when the request has left', async () => {
		const found = await exchange(server.url);
		assert.deepEqual([found.left, found.status, server.accepted[0]?.body], [1, 200, { model: 'gpt-image-2', prompt: 'A boat' }]);
		assert.equal(found.headers?.get('x-request-id'), 'req_000001');
	});

	test('never uses a socket twice', async () => {
		await exchange(server.url);
		await exchange(server.url);
		assert.deepEqual(
			server.requests.map(({ connection }) => connection).length,
			new Set(server.requests.map(({ connection }) => connection)).size,
		);
		assert.equal(server.requests[0]?.headers.connection, 'close');
	});

	test('asks for an answer that is not compressed, and fails when it is', async () => {
		server.behave({ status: 200, body: 'x', headers: { 'content-encoding': 'gzip' } });
		const found = await exchange(server.url);
		assert.equal(server.requests[0]?.headers['accept-encoding'], 'identity');
		assert.deepEqual(found, { left: 1, kind: 'encoding', hasLeft: true, code: 'gzip' });
	});

	test('reads an answer that says in capitals that it is not compressed', async () => {
		const raw = await listen(socket =>
			socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\n\r\nplain')),
		);
		closers.push(() => raw.close());
		assert.equal((await exchange(raw.url)).text, 'plain');
	});

	test('tells the status of a refusal whose words are compressed, and waits for none of them', async () => {
		const answer = 'HTTP/1.1 401 Unauthorized\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b';
		let isClosed: Promise<unknown> | undefined;
		const raw = await listen(socket => {
			isClosed = new Promise(resolve => socket.once('close', resolve));
			socket.once('data', () => socket.write(answer));
		});
		closers.push(() => raw.close());
		const { status, text } = await exchange(raw.url);
		await isClosed;
		assert.deepEqual({ status, text }, { status: 401, text: '' });
	});

	test('calls lost at once what switches to another protocol', async () => {
		const answer = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
		const raw = await listen(socket => socket.once('data', () => socket.write(answer)));
		closers.push(() => raw.close());
		assert.deepEqual(await exchange(raw.url), { left: 1, kind: 'lost', hasLeft: true, code: 'HTTP 101' });
	});

	test('does not follow a redirect', async () => {
		server.behave({ status: 307, headers: { location: `${server.url}/elsewhere` } });
		const found = await exchange(server.url);
		assert.deepEqual([found.status, server.requests.length], [307, 1]);
	});

	test('sends a form as one', async () => {
		const form = new FormData();
		form.set('prompt', 'A boat');
		const found = await exchange(server.url, {}, { body: form, headers: { authorization: 'Bearer test-key' } });
		assert.equal(found.status, 415);
		assert.match(server.requests[0]?.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/);
	});

	for (const [name, behaviour, expected] of [
		['before the headers', { reset: 'beforeHeaders' }, { left: 1, kind: 'lost', hasLeft: true, code: 'ECONNRESET' }],
		['after the headers', { reset: 'afterHeaders' }, { left: 1, kind: 'lost', hasLeft: true, code: 'ECONNRESET' }],
		['in the body', { reset: 'midPicture', pictureBytes: 500_000 }, { left: 1, kind: 'lost', hasLeft: true, code: 'ECONNRESET' }],
	] as const) {
		test(`calls a connection lost that is reset ${name}`, async () => {
			server.behave(behaviour);
			assert.deepEqual(await exchange(server.url), expected);
		});
	}

	for (const hang of ['beforeHeaders', 'afterHeaders', 'midPicture'] as const) {
		test(`ends at the deadline when the host is silent (${hang})`, async () => {
			server.behave({ hang });
			assert.deepEqual(await exchange(server.url, { timeoutMs: 60 }), { left: 1, kind: 'timeout', hasLeft: true, code: undefined });
			await closedEarly(server);
		});

		test(`closes the socket when it is cancelled (${hang})`, async () => {
			server.behave({ hang });
			const controller = new AbortController();
			const found = exchange(server.url, { signal: controller.signal });
			await until(() => server.accepted.length === 1);
			controller.abort();
			assert.deepEqual(await found, { left: 1, kind: 'aborted', hasLeft: true, code: undefined });
			await closedEarly(server);
		});
	}

	test('sends nothing when it is cancelled before', async () => {
		const found = await exchange(server.url, { signal: AbortSignal.abort() });
		assert.deepEqual([found, server.requests.length], [{ left: 0, kind: 'aborted', hasLeft: false, code: undefined }, 0]);
	});

	test("follows the caller's own signal too", async () => {
		server.behave({ hang: 'beforeHeaders' });
		const controller = new AbortController();
		const found = exchange(server.url, {}, { signal: controller.signal });
		await until(() => server.accepted.length === 1);
		controller.abort();
		assert.equal((await found).kind, 'aborted');
	});

	test('lets go of the socket when the body is not wanted any more', async () => {
		server.behave({ pictureBytes: 5_000_000, paceMs: 5 });
		const transport = createTransport({ timeoutMs: 5000, signal: new AbortController().signal });
		const response = await transport(`${server.url}/v1/images/generations`, { method: 'POST', headers, body });
		await response.body?.cancel();
		await closedEarly(server);
	});

	test('holds back a host that sends faster than it is read', async () => {
		server.behave({ pictureBytes: 16_000_000 });
		const transport = createTransport({ timeoutMs: 20_000, signal: new AbortController().signal });
		const response = await transport(`${server.url}/v1/images/generations`, { method: 'POST', headers, body });
		await new Promise(resolve => setTimeout(resolve, 150));
		assert.equal(server.requests[0]?.finishedAt, undefined);
		await response.body?.cancel();
	});

	test('says that a refused connection never left', async () => {
		const dead = await listen(() => undefined);
		await new Promise(resolve => dead.close(resolve));
		assert.deepEqual(await exchange(dead.url), { left: 0, kind: 'connect', hasLeft: false, code: 'ECONNREFUSED' });
	});

	test('calls something lost that is not HTTP', async () => {
		const other = await listen(socket => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
		closers.push(() => other.close());
		const found = await exchange(other.url);
		assert.deepEqual([found.left, found.kind], [1, 'lost']);
	});

	test('calls an answer lost that is shorter than it says', async () => {
		const other = await listen(socket => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc'));
		closers.push(() => other.close());
		assert.equal((await exchange(other.url)).kind, 'lost');
	});

	suite('over TLS', () => {
		let secure: ImagesApiServer;

		suiteSetup(async () => {
			secure = await startImagesApiServer({ tls: testCertificate });
		});
		suiteTeardown(() => secure.close());
		setup(() => secure.reset());

		function trust(): void {
			https.globalAgent.options.ca = testCertificate.cert;
			closers.push(() => delete https.globalAgent.options.ca);
		}

		test('refuses a certificate that nobody has signed, and has not left then', async () => {
			assert.deepEqual(await exchange(secure.url), {
				left: 0,
				kind: 'certificate',
				hasLeft: false,
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			});
			assert.equal(secure.requests.length, 0);
		});

		test('refuses such a certificate, although a variable would have none checked', async () => {
			const found = await withEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, () => exchange(secure.url));
			assert.deepEqual(found, { left: 0, kind: 'certificate', hasLeft: false, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
			assert.equal(secure.requests.length, 0);
		});

		test('carries request and answer', async () => {
			trust();
			const found = await exchange(secure.url);
			assert.deepEqual([found.left, found.status, secure.accepted.length], [1, 200, 1]);
		});

		test('takes no socket that somebody else has kept alive', async () => {
			trust();
			const agentIsShared = https.globalAgent;
			await new Promise<void>(resolve =>
				https.get(`${secure.url}/v1/models`, { agent: agentIsShared, headers: { connection: 'keep-alive' } }, answer =>
					answer.resume().on('end', resolve),
				),
			);
			await new Promise(resolve => setImmediate(resolve));
			await exchange(secure.url);
			await exchange(secure.url);
			assert.equal(new Set(secure.requests.map(({ connection }) => connection)).size, 3);
		});

		test('calls a host that breaks off the handshake unreachable', async () => {
			const rude = await listen(socket => socket.once('data', () => socket.destroy()));
			closers.push(() => rude.close());
			const found = await exchange(rude.secureUrl);
			assert.deepEqual([found.left, found.kind, found.hasLeft], [0, 'tls', false]);
		});

		test('calls a host that does not speak TLS unreachable', async () => {
			const found = await exchange(server.url.replace('http:', 'https:'));
			assert.deepEqual([found.left, found.kind, found.hasLeft], [0, 'tls', false]);
		});

		test('can be cancelled in the handshake, which has not left', async () => {
			let isConnected = false;
			let isClosed = false;
			const silent = await listen(socket => {
				isConnected = true;
				socket.once('close', () => (isClosed = true)).resume();
			});
			closers.push(() => silent.close());
			const controller = new AbortController();
			const found = exchange(silent.secureUrl, { signal: controller.signal });
			await until(() => isConnected);
			controller.abort();
			assert.deepEqual(await found, { left: 0, kind: 'aborted', hasLeft: false, code: undefined });
			await until(() => isClosed);
		});

		test("knows a proxy's own answer from the host's", async () => {
			const { globalAgent } = https;
			https.globalAgent = new RefusingProxyAgent() as unknown as https.Agent;
			closers.push(() => (https.globalAgent = globalAgent));
			assert.deepEqual(await exchange('https://api.example.com'), { left: 0, kind: 'proxy', hasLeft: false, code: '407' });
		});

		test('can be cancelled while a proxy is looked for', async () => {
			const { globalAgent } = https;
			https.globalAgent = new SilentAgent() as unknown as https.Agent;
			closers.push(() => (https.globalAgent = globalAgent));
			const controller = new AbortController();
			const found = exchange('https://api.example.com', { signal: controller.signal });
			setImmediate(() => controller.abort());
			assert.deepEqual(await found, { left: 0, kind: 'aborted', hasLeft: false, code: undefined });
		});
	});
});

/** What VS Code's proxy agent does when the proxy refuses to connect: its answer is replayed on a stand-in for a socket. */
class RefusingProxyAgent extends http.Agent {
	readonly protocol = 'https:';

	override createConnection(): net.Socket {
		const socket = new net.Socket({ writable: false });
		setImmediate(() => {
			socket.push('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
			socket.push(null);
		});
		return socket;
	}
}

/** An agent that never comes up with a socket. */
class SilentAgent extends http.Agent {
	readonly protocol = 'https:';

	override createConnection(): undefined {
		return undefined;
	}
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) {
		await new Promise(resolve => setTimeout(resolve, 2));
	}
}

async function closedEarly(server: ImagesApiServer): Promise<void> {
	await until(() => server.requests.at(-1)?.closedEarlyAt !== undefined);
}
