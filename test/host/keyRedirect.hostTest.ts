import * as assert from 'node:assert/strict';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, withSettings, workspaceRoot, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { startListener, type Listener } from './listener';
import {
	call,
	foreignValues,
	hostileValues,
	observe,
	resultOf,
	settingNames,
	spellingsBelow,
	spellingsOf,
	tidyUp,
	type Observed,
} from './redirectKit';
import { folderSettings, withWorkspaceSettings } from './workspaceSettings';

suite('a key that others would like to have', () => {
	let home: ConnectedApi;
	let thief: Listener;

	suiteSetup(async () => {
		await activatedExtension();
		thief = await startListener();
		home = await connectToFakeApi('openai');
	});
	suiteTeardown(async () => {
		await home.close();
		await thief.close();
	});

	setup(() => home.server.reset());
	teardown(async () => {
		await tidyUp();
		assert.deepEqual({ calls: thief.calls, heard: thief.heard }, { calls: 0, heard: '' }, 'somebody else was called');
	});

	suite('and the settings of a repository', () => {
		let usual: Observed;

		suiteSetup(async () => {
			usual = await observe(home, { runs: true });
		});

		test('every setting of the manifest is tried', async () => {
			assert.deepEqual(Object.keys(hostileValues(thief)).sort(), [...(await settingNames())].sort());
		});

		test('each of them is seen to be in force when the user sets it', async () => {
			const { 'imgprompt.connections': connections, 'imgprompt.connection': connection, ...others } = hostileValues(thief);
			const partialImages = { 'imgprompt.partialImages': others['imgprompt.partialImages'] };
			const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !(name in partialImages)));
			for (const settings of [
				{ 'imgprompt.connections': connections },
				{ 'imgprompt.connection': connection },
				partialImages, // several candidates come without a stream
				rest,
			]) {
				const observed = await withSettings(settings, () => observe(home, { runs: true }));
				const unchanged = Object.keys(settings).filter(name => observed[name] === usual[name]);
				assert.deepEqual(unchanged, []);
			}
		});

		const file = folderSettings(workspaceRoot());
		const placeholders = hostileValues({ url: 'http://127.0.0.1:1' });
		for (const [index, [spelling]] of spellingsOf(placeholders).entries()) {
			test(`none is in force that it brings along: ${spelling}`, async () => {
				const [, settings] = spellingsOf(hostileValues(thief))[index] ?? [];
				await withWorkspaceSettings(file, settings, async () => {
					assert.deepEqual(await foreignValues(file), []);
					await nothingHasChanged();
				});
			});
		}
		for (const [index, [spelling]] of spellingsBelow(placeholders).entries()) {
			test(`none is in force that VS Code lets pass: ${spelling}`, async () => {
				const [, settings] = spellingsBelow(hostileValues(thief))[index] ?? [];
				await withWorkspaceSettings(file, settings, nothingHasChanged);
			});
		}

		async function nothingHasChanged(): Promise<void> {
			assert.deepEqual(await observe(home, { runs: true }), usual);
			assert.deepEqual(
				home.server.requests.map(({ method, headers }) => [method, headers.authorization]),
				[['POST', `Bearer ${canaryKey}`]],
			);
		}
	});

	suite('and the environment', () => {
		const names = ['OPENAI_BASE_URL', 'OPENAI_API_BASE', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_BASE_URL', 'OPENAI_API_HOST'];
		const proxies = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'npm_config_proxy'];
		let variables: Readonly<Record<string, string>>;
		let before: NodeJS.ProcessEnv;

		setup(() => {
			variables = {
				...Object.fromEntries(names.map(name => [name, `${thief.url}/v1`])),
				...Object.fromEntries(proxies.map(name => [name, thief.url])),
				NODE_USE_ENV_PROXY: '1',
				NO_PROXY: '',
				OPENAI_API_KEY: 'sk-environment',
				OPENAI_ADMIN_KEY: 'sk-admin',
				AZURE_OPENAI_API_KEY: 'sk-azure',
				OPENAI_API_VERSION: '2000-01-01',
				OPENAI_ORG_ID: 'org-environment',
				OPENAI_PROJECT_ID: 'proj_environment',
				OPENAI_WEBHOOK_SECRET: 'whsec',
				AZURE_AUTHORITY_HOST: thief.url,
				AZURE_TENANT_ID: 'thief.example',
				AZURE_CLIENT_ID: 'thief',
				AZURE_CLIENT_SECRET: 'secret-environment',
				AZURE_OPENAI_AD_TOKEN: 'token-environment',
				AZURE_OPENAI_DEPLOYMENT: 'thief',
				AZURE_POD_IDENTITY_AUTHORITY_HOST: thief.url,
				AZURE_LOG_LEVEL: 'verbose',
				IDENTITY_ENDPOINT: thief.url,
				IDENTITY_HEADER: 'header-environment',
				MSI_ENDPOINT: thief.url,
				MSI_SECRET: 'msi-environment',
				OPENAI_LOG: 'debug',
				OPENAI_CUSTOM_HEADERS: `Authorization: Bearer sk-custom\nHost: 127.0.0.1:${thief.port}\nX-Stolen: yes`,
				NODE_DEBUG: 'http,net',
			};
			before = { ...process.env };
			Object.assign(process.env, variables);
		});
		teardown(() => {
			for (const name of Object.keys(variables)) {
				if (before[name] === undefined) {
					Reflect.deleteProperty(process.env, name);
				} else {
					process.env[name] = before[name];
				}
			}
		});

		test('no variable says where it goes, or what goes with it', async () => {
			assert.equal((await resultOf('generateFromInput', { prompt: 'A boat' })).status, 'succeeded');
			assert.equal((await call<{ failure?: unknown }>('testConnection', 'fake')).failure, undefined);
			assert.deepEqual(
				home.server.requests.map(({ method, path }) => `${method} ${path}`),
				['POST /v1/images/generations', 'GET /v1/models'],
			);
			for (const { headers } of home.server.requests) {
				assert.deepEqual([headers.authorization, headers.host], [`Bearer ${canaryKey}`, new URL(home.server.url).host]);
				assert.deepEqual(
					Object.keys(headers).filter(name => /openai|stolen|stainless|api-key|proxy/.test(name)),
					[],
				);
			}
		});
	});

	suite('and a connection of the user’s that was edited', () => {
		const entry = (baseUrl: string, change: object = {}): object => ({ name: 'fake', kind: 'openai', baseUrl, ...change });

		for (const [what, moved] of [
			['another port', () => entry(`${thief.url}/v1`)],
			['another port, as a compatible server', () => entry(`${thief.url}/v1`, { kind: 'compatible', auth: 'apiKey' })],
			['another name of the same host', () => entry(home.server.baseUrl.replace('127.0.0.1', 'localhost'))],
			['another scheme', () => entry(home.server.baseUrl.replace('http:', 'https:'))],
			['another scheme and port', () => entry(`https://127.0.0.1:${thief.port}/v1`)],
			['an address that holds the former one', () => entry(`${thief.url}/${encodeURIComponent(home.server.url)}/v1`)],
		] as const) {
			test(`does not follow to ${what}`, async () => {
				await withSettings({ 'imgprompt.connections': [moved()] }, async () => {
					const { failure } = await call<{ failure?: { kind: string } }>('testConnection', 'fake');
					const result = await resultOf('generateFromInput', { prompt: 'A boat' });
					assert.deepEqual([failure?.kind, result.failure?.kind], ['notConfigured', 'notConfigured']);
				});
				assert.deepEqual(home.server.requests, []);
			});
		}

		for (const address of ['{url}@127.0.0.1:{port}/v1', 'http://user:word@127.0.0.1:{port}/v1', 'http://example.com/v1']) {
			test(`does not go to ${address}, which is no address of a connection`, async () => {
				const baseUrl = address.replace('{url}', home.server.url).replace('{port}', String(thief.port));
				await withSettings({ 'imgprompt.connections': [entry(baseUrl)] }, async () => {
					assert.equal((await resultOf('generateFromInput', { prompt: 'A boat' })).runId, '');
				});
				assert.deepEqual(home.server.requests, []);
			});
		}

		test('goes with it to another path of the same origin, and is there again when the address is', async () => {
			await withSettings({ 'imgprompt.connections': [entry(`${home.server.url}/v2`)] }, () =>
				resultOf('generateFromInput', { prompt: 'A boat' }),
			);
			await resultOf('generateFromInput', { prompt: 'A boat' });
			assert.deepEqual(
				home.server.requests.map(({ path, headers }) => [path, headers.authorization]),
				['/v2', '/v1'].map(version => [`${version}/images/generations`, `Bearer ${canaryKey}`]),
			);
		});
	});

	suite('and a prompt file', () => {
		for (const front of [
			'connection: other',
			'connection: {url}/v1',
			'connection: fake@{url}',
			'connection:\n  name: fake\n  baseUrl: {url}/v1',
			'connection: [fake, other]',
			'baseUrl: {url}/v1',
			'base_url: {url}/v1',
			'endpoint: {url}/v1',
			'apiKey: sk-x',
			'auth: none',
			'headers:\n  host: {url}',
			'connections:\n  - name: fake\n    kind: openai\n    baseUrl: {url}/v1',
			'imgprompt.connections: []',
			'__proto__:\n  connection: other',
			'model: gpt-image-2\nproxy: {url}',
		]) {
			test(`cannot carry it away by ${JSON.stringify(front)}`, async () => {
				const other = { name: 'other', kind: 'openai', baseUrl: `${thief.url}/v1` };
				const fake = { name: 'fake', kind: 'openai', baseUrl: home.server.baseUrl };
				await withSettings({ 'imgprompt.connections': [fake, other] }, async () => {
					const text = `---\n${front.replaceAll('{url}', thief.url)}\n---\nA boat\n`;
					const uri = await writeWorkspaceFile('redirect/hostile.imgprompt', text);
					const { runId, failure } = await resultOf('generate', uri, {});
					const expected = front === 'connection: other' ? 'notConfigured' : 'invalid';
					assert.deepEqual([runId, failure?.kind], ['', expected]);
				});
				assert.deepEqual(home.server.requests, []);
			});
		}

		test('can name a connection that has its own key, which then hears of no other', async () => {
			const friend = await startListener();
			const fake = { name: 'fake', kind: 'openai', baseUrl: home.server.baseUrl };
			const other = { name: 'friend', kind: 'openai', baseUrl: `${friend.url}/v1` };
			await withSettings({ 'imgprompt.connections': [fake, other] }, async () => {
				await call('setApiKey', 'friend', 'sk-of-the-friend');
				const uri = await writeWorkspaceFile('redirect/friend.imgprompt', '---\nconnection: friend\n---\nA boat\n');
				await resultOf('generate', uri, {});
				await call('clearApiKey', 'friend');
			});
			assert.match(friend.heard, /^POST \/v1\/images\/generations [^]*authorization: Bearer sk-of-the-friend/);
			assert.equal(friend.heardKey, false);
			assert.deepEqual([friend.calls, home.server.requests], [1, []]);
			await friend.close();
		});
	});

	suite('and the arguments of a command', () => {
		const prompt = 'A boat';
		const elsewhere = (): object => ({ name: 'fake', kind: 'openai', baseUrl: `${thief.url}/v1`, origin: home.server.url });
		const options: readonly (readonly [string, () => object])[] = [
			['baseUrl', () => ({ baseUrl: `${thief.url}/v1` })],
			['apiKey', () => ({ apiKey: 'sk-x' })],
			['headers', () => ({ headers: { host: thief.url } })],
			['a connection as an object', () => ({ connection: elsewhere() })],
			['a connection as a list', () => ({ connection: [elsewhere()] })],
			['an address as a connection', () => ({ connection: `${thief.url}/v1` })],
			['connections', () => ({ connections: [elsewhere()] })],
			['settings', () => ({ settings: hostileValues(thief) })],
			['a credential', () => ({ credential: { kind: 'none' } })],
		];
		for (const [what, given] of options) {
			test(`cannot carry it away by ${what}`, async () => {
				const uri = await writeWorkspaceFile('redirect/plain.imgprompt', 'A boat\n');
				const results = [
					await resultOf('generateFromInput', { prompt, ...given() }),
					await resultOf('generateFromSelection', { prompt, ...given() }),
					await resultOf('generate', uri, given()),
				];
				assert.deepEqual(
					results.map(({ runId, failure }) => [runId, failure?.kind]),
					results.map(() => ['', 'invalid']),
				);
				assert.deepEqual(home.server.requests, []);
			});
		}

		test('cannot move a connection, nor test it elsewhere', async () => {
			await assert.rejects(Promise.resolve(call('addConnection', elsewhere())));
			await assert.rejects(Promise.resolve(call('addConnection', { name: 'fake', kind: 'openai', baseUrl: `${thief.url}/v1` })));
			for (const args of [[elsewhere()], ['fake', elsewhere()], [`fake@${home.server.url}`], [`${thief.url}/v1`]]) {
				await Promise.resolve(call('testConnection', ...args)).catch(() => undefined);
			}
			assert.deepEqual(
				home.server.requests.filter(({ method }) => method !== 'GET'),
				[],
			);
		});

		test('can add a connection elsewhere, which has no key', async () => {
			await withSettings({ 'imgprompt.connections': undefined, 'imgprompt.connection': undefined }, async () => {
				for (const name of [`fake@${home.server.url}`, 'Fake', 'fake\u200b']) {
					await Promise.resolve(call('addConnection', { name, kind: 'openai', baseUrl: `${thief.url}/v1` })).catch(
						() => undefined,
					);
					const { runId } = await resultOf('generateFromInput', { prompt, connection: name });
					assert.equal(runId, '', name);
				}
			});
			assert.deepEqual(home.server.requests, []);
		});
	});
});
