import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';

const openAi = {
	name: 'openai',
	kind: 'openai',
	baseUrl: 'https://api.openai.com/v1',
	origin: 'https://api.openai.com',
	model: 'gpt-image-2',
	auth: 'apiKey',
	concurrency: 2,
};

suite('parseConnections', () => {
	for (const value of [undefined, null, []]) {
		test(`has the sandbox alone for ${JSON.stringify(value)}`, () => {
			assert.deepEqual(parseConnections(value), { connections: [sandboxConnection], problems: [] });
		});
	}

	test('fills in what an OpenAI connection leaves out', () => {
		assert.deepEqual(parseConnections([{ name: 'openai', kind: 'openai' }]), {
			connections: [openAi, sandboxConnection],
			problems: [],
		});
	});

	test('takes empty texts for absent ones', () => {
		assert.deepEqual(parseConnections([{ name: 'openai', kind: 'openai', baseUrl: ' ', model: '' }]).connections[0], openAi);
	});

	test('keeps what an OpenAI connection says', () => {
		const entry = {
			name: 'eu',
			kind: 'openai',
			baseUrl: 'https://eu.api.openai.com',
			model: 'gpt-image-2.5-flare',
			auth: 'apiKey',
			concurrency: 8,
			capabilities: { maxCandidates: 4 },
		};
		assert.deepEqual(parseConnections([entry]).connections[0], {
			...entry,
			baseUrl: 'https://eu.api.openai.com/v1',
			origin: 'https://eu.api.openai.com',
		});
	});

	test('sends a compatible server no key and no model unless told to', () => {
		assert.deepEqual(parseConnections([{ name: 'local', kind: 'compatible', baseUrl: 'http://localhost:8080/v1/' }]).connections[0], {
			name: 'local',
			kind: 'compatible',
			baseUrl: 'http://localhost:8080/v1',
			origin: 'http://localhost:8080',
			model: '',
			auth: 'none',
			concurrency: 2,
		});
	});

	test('takes a key for a compatible server', () => {
		const [connection] = parseConnections([
			{ name: 'gw', kind: 'compatible', baseUrl: 'https://gw.example.com/v1', auth: 'apiKey' },
		]).connections;
		assert.equal(connection?.auth, 'apiKey');
	});

	test('leaves out the bad entries, tells each of them, and keeps the others in order', () => {
		const { connections, problems } = parseConnections([
			{ name: 'a', kind: 'openai' },
			{ name: 'b', kind: 'opnai' },
			17,
			{ name: 'c', kind: 'compatible', baseUrl: 'https://c.example.com/v1' },
		]);
		assert.deepEqual(
			connections.map(({ name }) => name),
			['a', 'c', 'sandbox'],
		);
		assert.deepEqual(problems, [
			{ name: 'b', message: 'Connection "b": "kind" must be "openai", "azure" or "compatible".' },
			{ message: 'Connection 3: The value must be an object.' },
		]);
	});

	for (const [entry, message] of [
		[{ kind: 'openai' }, 'Connection 1: "name" must be a text.'],
		[{ name: '', kind: 'openai' }, 'Connection 1: "name" must be a name of 1 to 100 characters on one line.'],
		[{ name: ' x', kind: 'openai' }, 'Connection " x": "name" must be a name of 1 to 100 characters on one line.'],
		[{ name: 'a\nb', kind: 'openai' }, 'Connection "a\nb": "name" must be a name of 1 to 100 characters on one line.'],
		[{ name: 'x' }, 'Connection "x": "kind" must be "openai", "azure" or "compatible".'],
		[
			{ name: 'x', kind: 'openai', baseURL: 'https://evil.example' },
			'Connection "x": "baseURL" is not known here. Did you mean "baseUrl"?',
		],
		[{ name: 'x', kind: 'openai', apiKey: 'sk-123' }, 'Connection "x": "apiKey" is not known here. Remove it.'],
		[{ name: 'x', kind: 'openai', concurrency: 0 }, 'Connection "x": "concurrency" must be at least 1.'],
		[{ name: 'x', kind: 'openai', concurrency: 33 }, 'Connection "x": "concurrency" must be at most 32.'],
		[{ name: 'x', kind: 'openai', concurrency: '2' }, 'Connection "x": "concurrency" must be a whole number.'],
		[
			{ name: 'x', kind: 'openai', model: 5, auth: 'basic' },
			'Connection "x": "model" must be a text. "auth" must be "apiKey", "microsoft", "azureDefault" or "none".',
		],
		[{ name: 'x', kind: 'openai', capabilities: [] }, 'Connection "x": "capabilities" must be an object.'],
		[
			{ name: 'x', kind: 'openai', auth: 'none' },
			'Connection "x": "auth" must be "apiKey" for OpenAI. For a server without keys use the kind "compatible".',
		],
		[
			{ name: 'x', kind: 'compatible' },
			'Connection "x": "baseUrl" is missing. Write the address of the server, such as http://localhost:8080/v1.',
		],
		[
			{ name: 'x', kind: 'compatible', baseUrl: 'http://example.com/v1' },
			'Connection "x": "baseUrl" must begin with https://; http:// is only for servers on this computer (localhost, 127.0.0.1, [::1]).',
		],
		[
			{ name: 'sandbox', kind: 'openai' },
			'Connection "sandbox": the sandbox always exists and needs no entry. Choose another name and kind, or remove the entry.',
		],
		[
			{ name: 'mine', kind: 'sandbox' },
			'Connection "mine": the sandbox always exists and needs no entry. Choose another name and kind, or remove the entry.',
		],
	] as const) {
		test(`explains what is wrong with ${JSON.stringify(entry)}`, () => {
			const { connections, problems } = parseConnections([entry]);
			assert.deepEqual(connections, [sandboxConnection]);
			assert.deepEqual(
				problems.map(problem => problem.message),
				[message],
			);
		});
	}

	test('uses the first of two connections with the same name', () => {
		const { connections, problems } = parseConnections([
			{ name: 'openai', kind: 'openai' },
			{ name: 'openai', kind: 'compatible', baseUrl: 'https://evil.example/v1' },
		]);
		assert.deepEqual(connections, [openAi, sandboxConnection]);
		assert.deepEqual(problems, [
			{
				name: 'openai',
				message: 'Connection "openai": another connection has the same name. Rename one of them; the first one is used.',
			},
		]);
	});

	test('lets a good entry have the name of a bad one before it', () => {
		const { connections } = parseConnections([
			{ name: 'openai', kind: 'nonsense' },
			{ name: 'openai', kind: 'openai' },
		]);
		assert.deepEqual(connections, [openAi, sandboxConnection]);
	});

	for (const value of [{}, 'openai', 3, true]) {
		test(`says that ${JSON.stringify(value)} is no list`, () => {
			assert.deepEqual(parseConnections(value), {
				connections: [sandboxConnection],
				problems: [{ message: 'The setting "imgprompt.connections" must be a list.' }],
			});
		});
	}

	test('never repeats credentials that stand in an address', () => {
		const { problems } = parseConnections([{ name: 'x', kind: 'openai', baseUrl: 'https://me:hunter2@api.openai.com/v1' }]);
		assert.equal(problems.length, 1);
		assert.doesNotMatch(JSON.stringify(problems), /hunter2/);
	});

	test('never throws, and always ends with the one sandbox', () => {
		const entry = fc.record(
			{
				name: fc.oneof(fc.string(), fc.constantFrom('sandbox', 'a')),
				kind: fc.oneof(fc.string(), fc.constantFrom('openai', 'compatible', 'azure', 'sandbox')),
				baseUrl: fc.oneof(fc.constantFrom('https://a.example/v1', 'http://localhost:1', 'http://a.example'), fc.string()),
				deployment: fc.oneof(fc.constant('img'), fc.string()),
				api: fc.oneof(fc.constantFrom('v1', '2025-04-01-preview'), fc.string()),
				auth: fc.constantFrom('apiKey', 'none', 'microsoft'),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.oneof(entry, fc.jsonValue()))), value => {
				const { connections, problems } = parseConnections(value);
				assert.equal(connections.at(-1), sandboxConnection);
				assert.equal(connections.filter(({ kind }) => kind === 'sandbox').length, 1);
				assert.equal(new Set(connections.map(({ name }) => name)).size, connections.length);
				assert.equal(connections.length - 1 + problems.length >= (Array.isArray(value) ? value.length : 0), true);
			}),
			{ seed: 12 },
		);
	});
});
