import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLoopback, normaliseBaseUrl } from '../../../../src/core/connection/normaliseBaseUrl';

const host = fc.oneof(
	fc.constantFrom(
		'localhost',
		'127.0.0.1',
		'127.1',
		'0.0.0.0',
		'[::1]',
		'[::ffff:7f00:1]',
		'192.168.0.1',
		'a.example:8443',
		'xn--bcher-kva.example',
	),
	fc.string(),
);
const pathUnit = fc.constantFrom('/', 'v1', 'images', 'generations', '.', '..', '%20', 'é', ' ', '\\', 'a');

suite('normaliseBaseUrl', () => {
	for (const [text, baseUrl, origin] of [
		['https://api.openai.com/v1', 'https://api.openai.com/v1', 'https://api.openai.com'],
		['https://api.openai.com/v1/', 'https://api.openai.com/v1', 'https://api.openai.com'],
		['https://api.openai.com', 'https://api.openai.com/v1', 'https://api.openai.com'],
		['https://eu.api.openai.com/', 'https://eu.api.openai.com/v1', 'https://eu.api.openai.com'],
		['  https://API.OpenAI.com/v1  ', 'https://api.openai.com/v1', 'https://api.openai.com'],
		['https://api.openai.com/v1/images/generations', 'https://api.openai.com/v1', 'https://api.openai.com'],
		['https://gw.example.com/v1/images/edits/', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com/team/v1/chat/completions', 'https://gw.example.com/team/v1', 'https://gw.example.com'],
		['https://gw.example.com/v1/responses', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com/v1/models', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com/v1/images', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com/images/generations', 'https://gw.example.com', 'https://gw.example.com'],
		['https://gw.example.com//v1//', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com:443/v1', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['https://gw.example.com:8443/v1', 'https://gw.example.com:8443/v1', 'https://gw.example.com:8443'],
		['https://gw.example.com/a/../v1', 'https://gw.example.com/v1', 'https://gw.example.com'],
		['http://localhost:8080', 'http://localhost:8080', 'http://localhost:8080'],
		['http://LOCALHOST:8080/v1/', 'http://localhost:8080/v1', 'http://localhost:8080'],
		['http://127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1', 'http://127.0.0.1:1234'],
		['http://127.8.9.10/v1', 'http://127.8.9.10/v1', 'http://127.8.9.10'],
		['http://127.1:80/v1', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
		['http://[::1]:8080/v1', 'http://[::1]:8080/v1', 'http://[::1]:8080'],
		['https://bücher.example/v1', 'https://xn--bcher-kva.example/v1', 'https://xn--bcher-kva.example'],
		['https://аpi.openai.com/v1', 'https://xn--pi-6kc.openai.com/v1', 'https://xn--pi-6kc.openai.com'],
		['https:\\\\gw.example.com\\v1', 'https://gw.example.com/v1', 'https://gw.example.com'],
	] as const) {
		test(`reads ${text} as ${baseUrl}`, () => {
			assert.deepEqual(normaliseBaseUrl(text), { ok: true, value: { baseUrl, origin } });
		});
	}

	for (const [text, expected] of [
		['', /must be complete/],
		['api.openai.com/v1', /must be complete/],
		['localhost:8080/v1', /must be complete/],
		['ftp://example.com', /must be complete/],
		['javascript:alert(1)', /must be complete/],
		['https://', /must be complete/],
		['https://exa mple.com', /must be complete/],
		['https://user:secret@example.com/v1', /user name or password/],
		['https://sk-secret@example.com/v1', /user name or password/],
		['https://example.com/v1?api-version=preview', /query/],
		['https://example.com/v1?', /query/],
		['https://example.com/v1#top', /fragment/],
		['https://example.com/v1#', /fragment/],
		['http://example.com/v1', /only for servers on this computer/],
		['http://localhost.example.com/v1', /only for servers on this computer/],
		['http://127.0.0.1.example.com/v1', /only for servers on this computer/],
		['http://128.0.0.1/v1', /only for servers on this computer/],
		['http://0.0.0.0/v1', /only for servers on this computer/],
		['http://[::]/v1', /only for servers on this computer/],
		['http://[::ffff:127.0.0.1]/v1', /only for servers on this computer/],
		['http://192.168.0.10:8080/v1', /only for servers on this computer/],
	] as const) {
		test(`refuses ${JSON.stringify(text)}`, () => {
			const result = normaliseBaseUrl(text);
			assert.ok(!result.ok);
			assert.match(result.failure, expected);
			assert.doesNotMatch(result.failure, /secret/);
		});
	}

	test('reads its own answer as the same address', () => {
		fc.assert(
			fc.property(fc.tuple(host, fc.string({ unit: pathUnit })), ([name, path]) => {
				const text = `https://${name}/${path}`;
				const once = normaliseBaseUrl(text);
				fc.pre(once.ok && !/\/(?:images|models|responses|embeddings|completions)$/.test(once.value.baseUrl));
				assert.deepEqual(normaliseBaseUrl(once.value.baseUrl), once);
			}),
			{ seed: 13 },
		);
	});

	test('reads host names with accents however often it is asked', () => {
		for (let time = 0; time < 20_000; time++) {
			assert.ok(normaliseBaseUrl('https://b\u00fccher.example').ok, `time ${time}`);
		}
	});

	test('never throws, and never lets http out of this computer', () => {
		fc.assert(
			fc.property(fc.constantFrom('http', 'https', 'HTTP'), host, fc.string(), (scheme, name, path) => {
				const result = normaliseBaseUrl(`${scheme}://${name}/${path}`);
				assert.ok(!result.ok || result.value.baseUrl.startsWith('https:') || isLoopback(new URL(result.value.baseUrl).hostname));
			}),
			{ seed: 14 },
		);
	});
});
