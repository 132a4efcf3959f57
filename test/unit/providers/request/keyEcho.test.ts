import * as assert from 'node:assert/strict';
import http from 'http';
import type { AddressInfo } from 'node:net';
import { createCompatibleProvider } from '../../../../src/providers/compatible/compatibleProvider';
import { pngPicture } from '../../../fakes/pictures';
import { callProvider, connectionTo } from './callProvider';

/** What a server answers that has seen the key. */
interface Echo {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: unknown;
}

const picture = pngPicture({ width: 16, height: 16 }).toString('base64');
const keys = ['sk-canary0123456789', 'odd.key+with/Canary77=='];

/** Every place in which a host's words get into a result, with the key in it. */
const echoes: readonly (readonly [string, (key: string) => Echo])[] = [
	[
		'words, code and parameter',
		key => ({ status: 400, body: { error: { message: `Not ${key}`, code: `c ${key}`, param: `p ${key}` } } }),
	],
	[
		'categories of a moderation',
		key => ({
			status: 400,
			body: {
				error: { code: 'moderation_blocked', moderation_details: { moderation_stage: 'input', categories: [key, 'violence'] } },
			},
		}),
	],
	['a text of status 200', key => ({ body: `Authorization: Bearer ${key}` })],
	['a text that is cut off inside the key', key => ({ body: `${'x'.repeat(110)}${key}` })],
	['the title of a page', key => ({ body: `<html><title>${key}</title>` })],
	['the title of a page of an error', key => ({ status: 502, body: `<html><title>${key}</title>` })],
	['a request id', key => ({ headers: { 'x-request-id': key }, body: { data: [{ b64_json: picture }] } })],
	['parameters', key => ({ body: { data: [{ b64_json: picture }], quality: key, background: `${'b'.repeat(30)}${key}` } })],
	['the address of a picture', key => ({ body: { data: [{ url: `/gone/${encodeURIComponent(key)}.png` }] } })],
	['a redirect', key => ({ status: 307, headers: { location: `https://other.example/${key}?key=${key}` }, body: '' })],
	['an error inside a success', key => ({ body: { error: `no ${key}` } })],
	['a list of models', key => ({ body: { data: [{ id: `image ${key}` }, { id: encodeURIComponent(key) }] } })],
];

suite('A host that repeats the key', () => {
	let server: http.Server;
	let url: string;
	let answer: Echo = { body: '' };

	suiteSetup(async () => {
		server = http.createServer((request, response) => {
			request.resume();
			response.writeHead(
				request.method === 'GET' && !request.url?.endsWith('/models') ? 404 : (answer.status ?? 200),
				answer.headers,
			);
			response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	suiteTeardown(() => server.close());

	const provider = createCompatibleProvider({ clock: { now: () => 0 } });

	for (const key of keys) {
		/** Nothing of it is left, not even a beginning that would be of use. */
		const assertClean = (told: unknown): void => {
			const text = JSON.stringify(told);
			for (const piece of [key, encodeURIComponent(key), key.slice(0, 8)]) {
				assert.ok(!text.includes(piece), text);
			}
		};

		for (const [place, echo] of echoes) {
			test(`in ${place} (${key.slice(0, 3)}…) is not repeated by us`, async () => {
				answer = echo(key);
				const credential = { kind: 'apiKey', key } as const;
				const progress: unknown[] = [];
				const called = await callProvider(
					provider,
					connectionTo(url, 'compatible'),
					{},
					{ credential, onProgress: told => progress.push(told) },
				);
				assertClean([called.answer, progress]);
				assertClean(
					await provider.test({ ...connectionTo(url, 'compatible'), model: 'm' }, credential, new AbortController().signal),
				);
			});
		}
	}

	test('and writes without end or from right to left stays short and the right way round', async () => {
		const long = 'x\u202e\n'.repeat(1000);
		for (const { status, body } of [
			{
				status: 400,
				body: {
					error: {
						message: long,
						code: 'moderation_blocked',
						moderation_details: { categories: Array(5).fill(long) },
					},
				},
			},
			{ status: 307, body: '' },
			{ status: 200, body: { data: [{ b64_json: picture }], quality: long, background: long } },
			{ status: 200, body: { data: [{ b64_json: picture }], usage: { input_tokens: 1e308, output_tokens: 1e308 } } },
		]) {
			answer = { status, body, headers: { location: `/${'x'.repeat(9000)}` } };
			const text = JSON.stringify((await callProvider(provider, connectionTo(url, 'compatible'))).answer);
			assert.ok(text.length < 2500, text);
			assert.doesNotMatch(text, /\u202e|\\n|e\+30|null/);
		}
	});
});
