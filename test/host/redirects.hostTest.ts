import * as assert from 'node:assert/strict';
import * as http from 'http';
import type { AddressInfo } from 'node:net';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, closeEverything, setUserSetting } from './harness';
import { startListener, type Listener } from './listener';
import { call, resultOf } from './redirectKit';

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
}

/** The host whom the user trusts, and who now answers everything as ordered. */
interface Home {
	readonly port: number;
	readonly requests: readonly string[];
	readonly keys: readonly (string | undefined)[];
	answer: Answer;
	reset(): void;
	close(): Promise<void>;
}

async function startHome(): Promise<Home> {
	let requests: string[] = [];
	let keys: (string | undefined)[] = [];
	const server = http.createServer((request, response) => {
		requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
		const { authorization, 'api-key': apiKey } = request.headers;
		keys.push(authorization ?? (typeof apiKey === 'string' ? `api-key ${apiKey}` : undefined));
		request.resume();
		request.once('end', () => {
			response.writeHead(home.answer.status, home.answer.headers);
			response.end(home.answer.body);
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const home: Home = {
		port: (server.address() as AddressInfo).port,
		answer: { status: 500, headers: {} },
		get requests() {
			return requests;
		},
		get keys() {
			return keys;
		},
		reset() {
			[requests, keys] = [[], []];
		},
		close: () => new Promise<void>(resolve => server.close(() => resolve())),
	};
	return home;
}

suite('a host that sends the key on', () => {
	let home: Home;
	let thief: Listener;

	suiteSetup(async () => {
		await activatedExtension();
		[home, thief] = [await startHome(), await startListener()];
	});
	suiteTeardown(async () => {
		await home.close();
		await thief.close();
	});

	setup(() => home.reset());
	teardown(async () => {
		await closeEverything();
		assert.deepEqual({ calls: thief.calls, heard: thief.heard }, { calls: 0, heard: '' }, 'somebody else was called');
	});

	for (const { kind, base, key, checks } of [
		{ kind: 'openai', base: '/v1', key: `Bearer ${canaryKey}`, checks: ['GET /v1/models'] },
		{ kind: 'compatible', base: '/v1', key: `Bearer ${canaryKey}`, checks: ['GET /v1/models'] },
		{ kind: 'azure', base: '/openai/v1', key: `api-key ${canaryKey}`, checks: ['GET /openai/v1/models'] },
	] as const) {
		const order = `POST ${base}/images/generations`;
		suite(`as ${kind}`, () => {
			suiteSetup(async () => {
				const connection = {
					name: 'sender',
					kind,
					baseUrl: `http://127.0.0.1:${home.port}${base}`,
					...(kind === 'azure' ? { deployment: 'pictures' } : {}),
					model: 'gpt-image-2',
					auth: 'apiKey',
				};
				await setUserSetting('imgprompt.connections', [connection]);
				await call('setApiKey', 'sender', canaryKey);
			});
			suiteTeardown(async () => {
				await call('clearApiKey', 'sender');
				await setUserSetting('imgprompt.connections', undefined);
			});

			for (const [where, target] of [
				['another path of its own', () => '/v1/models?again'],
				['its own origin in full', () => `http://127.0.0.1:${home.port}/v2/images/generations`],
				['another name of itself', () => `http://localhost:${home.port}/v1/images/generations`],
				['itself with another scheme', () => `https://127.0.0.1:${home.port}/v1/images/generations`],
				['another port', () => `${thief.url}/v1/images/generations`],
				['another port and name', () => `http://localhost:${thief.port}/v1/images/generations`],
				['another port and scheme', () => `https://127.0.0.1:${thief.port}/v1/images/generations`],
				['another port without a scheme', () => `//127.0.0.1:${thief.port}/v1/images/generations`],
				['another port with a name and password', () => `http://127.0.0.1:${home.port}@127.0.0.1:${thief.port}/`],
			] as const) {
				for (const status of [301, 302, 303, 307, 308]) {
					test(`is not followed to ${where} (${status})`, async () => {
						home.answer = { status, headers: { location: target() } };
						const result = await resultOf('generateFromInput', { prompt: 'A boat' });
						const { failure } = await call<{ failure?: object }>('testConnection', 'sender');
						assert.deepEqual(home.requests, [order, ...checks]);
						assert.deepEqual(new Set(home.keys), new Set([key]));
						assert.equal(result.status, 'failed');
						assert.ok(kind === 'compatible' || failure);
						assert.doesNotMatch(JSON.stringify([result, failure]), new RegExp(canaryKey.slice(10, 20)));
					});
				}
			}

			for (const [how, answer] of [
				['as the address of the picture', url => ({ body: JSON.stringify({ data: [{ url: `${url}/a.png` }] }) })],
				['as an address without a scheme', url => ({ body: JSON.stringify({ data: [{ url: `${url.slice(5)}/a.png` }] }) })],
				[
					'in an event of a stream',
					url => ({ headers: { 'content-type': 'text/event-stream' }, body: `data: {"url":"${url}"}\n\n` }),
				],
				[
					'in headers',
					url => ({ headers: { refresh: `0; url=${url}`, link: `<${url}>; rel=preload`, 'alt-svc': url, location: url } }),
				],
				[
					'as a page',
					url => ({ headers: { 'content-type': 'text/html' }, body: `<meta http-equiv="refresh" content="0; url=${url}">` }),
				],
				['with a wish to try again there', url => ({ status: 503, headers: { 'retry-after': '0', location: url } })],
				['as its proxy', url => ({ status: 305, headers: { location: url } })],
				['as one of several choices', url => ({ status: 300, headers: { location: url } })],
			] as const satisfies readonly (readonly [string, (url: string) => Partial<Answer>])[]) {
				test(`is not followed to an address that it gives ${how}`, async () => {
					home.answer = { status: 200, headers: {}, ...answer(thief.url) };
					const result = await resultOf('generateFromInput', { prompt: 'A boat' });
					assert.equal(result.images.length, 0);
					assert.deepEqual(
						home.requests.filter(line => line !== order),
						[],
					);
				});
			}
		});
	}
});
