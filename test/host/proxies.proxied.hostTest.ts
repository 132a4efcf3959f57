import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ConnectionReport } from '../../src/core/run/ports';
import type { RunResult } from '../../src/core/run/runResult';
import { startConnectProxy, type ConnectProxy } from '../fakes/connectProxy';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { authorities, proxyAccount } from '../launch/lib/authorities.mjs';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, setUserSetting, withSettings } from './harness';

const { corporate, stranger } = authorities;

interface Attempt {
	readonly password: string;
	readonly connection: string;
	/** Where the settings say that the proxy is. */
	readonly port: number;
}

suite('A network behind a proxy', () => {
	let proxy: ConnectProxy;
	/** Its certificate is one of the authority in NODE_EXTRA_CA_CERTS. */
	let known: ImagesApiServer;
	/** Its certificate is one that nobody trusts, except for a proxy that inspects. */
	let unknown: ImagesApiServer;

	suiteSetup(async () => {
		await activatedExtension();
		proxy = await startConnectProxy(proxyAccount);
		const usual = { size: '64x48', pictureBytes: 24_000 };
		known = await startImagesApiServer({ keys: [canaryKey], tls: corporate, usual });
		unknown = await startImagesApiServer({ keys: [canaryKey], tls: stranger, usual });
		const connection = { name: 'behind', kind: 'openai', baseUrl: 'https://images.test/v1', model: 'gpt-image-2', auth: 'apiKey' };
		await setUserSetting('imgprompt.connections', [connection, { ...connection, name: 'nowhere', baseUrl: 'https://nowhere.test/v1' }]);
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'behind', canaryKey);
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'nowhere', canaryKey);
	});
	suiteTeardown(async () => {
		await vscode.commands.executeCommand('imgprompt.clearApiKey', 'behind');
		await vscode.commands.executeCommand('imgprompt.clearApiKey', 'nowhere');
		await setUserSetting('imgprompt.connections', undefined);
		await Promise.all([proxy.close(), known.close(), unknown.close()]);
	});
	setup(() => {
		[proxy, known, unknown].forEach(each => each.reset());
	});

	/** How a picture and a test of the connection come out when the proxy leads to `host`. */
	async function tryBoth(
		host: ImagesApiServer,
		{ password = proxyAccount.password, connection = 'behind', port = proxy.port }: Partial<Attempt> = {},
	) {
		proxy.route('images.test:443', Number(new URL(host.url).port));
		const address = `http://${proxyAccount.user}:${password}@127.0.0.1:${port}`;
		return withSettings({ 'http.proxy': address, 'imgprompt.connection': connection }, async () => {
			const wish = { prompt: 'A quiet lake', size: '1024x1024', quality: 'low' };
			const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', wish);
			const report = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', connection);
			assert.ok(result);
			assert.ok(!JSON.stringify([result, report]).includes(password), 'the password of the proxy is told');
			return { result, report, lastCheck: report.checks.at(-1) };
		});
	}

	function assertUnsent(result: RunResult, words: RegExp): void {
		assert.deepEqual([result.status, result.failure?.kind, result.images], ['failed', 'unreachable', []]);
		assert.match(result.failure?.message ?? '', words);
		assert.match(result.failure?.message ?? '', /Nothing was sent/);
		assert.deepEqual([known.requests, unknown.requests], [[], []]);
	}

	test('gives pictures, of hosts whose names only the proxy knows', async () => {
		const { result, report } = await tryBoth(known);
		assert.equal(result.status, 'succeeded', result.failure?.message);
		assert.equal(report.failure, undefined);
		assert.deepEqual(
			report.checks.map(({ layer, isOk }) => [layer, isOk]),
			[
				['Address', true],
				['TLS', true],
				['Answer', true],
				['Key', true],
				['Model', true],
			],
		);
		assert.equal(known.accepted.length, 1);
		assert.deepEqual([...new Set(proxy.asked.map(({ target, answer }) => `${target} ${answer}`))], ['images.test:443 200']);
	});

	test('whose password is wrong: the proxy is named, and nothing was sent', async () => {
		const { result, lastCheck } = await tryBoth(known, { password: 'wrong-pass-word' });
		assertUnsent(result, /^The proxy asks for a user name and password\..*http\.proxy/);
		assert.deepEqual([lastCheck?.layer, lastCheck?.isOk], ['Proxy', false]);
		assert.deepEqual([...new Set(proxy.asked.map(({ answer }) => answer))], [407]);
	});

	test('where the proxy finds no such host: the proxy is named, and nothing was sent', async () => {
		const { result, lastCheck } = await tryBoth(known, { connection: 'nowhere' });
		assertUnsent(result, /proxy/);
		assert.deepEqual([lastCheck?.layer, lastCheck?.isOk], ['Proxy', false]);
	});

	test('whose proxy is not there: it is the proxy that is named, not the host', async () => {
		const gone = await startConnectProxy(proxyAccount);
		const { port } = gone;
		await gone.close();
		const { result, lastCheck } = await tryBoth(known, { port });
		assertUnsent(result, /^The proxy made no connection\b.*http\.proxy/);
		assert.deepEqual([lastCheck?.layer, lastCheck?.isOk], ['Proxy', false]);
	});

	test('that is inspected by an authority in NODE_EXTRA_CA_CERTS works', async () => {
		proxy.inspectAs(corporate);
		const { result, report } = await tryBoth(unknown);
		assert.equal(result.status, 'succeeded', result.failure?.message);
		assert.equal(report.failure, undefined);
		assert.match(proxy.inspected, /^POST \/v1\/images\/generations /);
		assert.equal(unknown.accepted.length, 1);
	});

	test('that is inspected by an authority that is not there fails at TLS, and the way out is named', async () => {
		proxy.inspectAs(stranger);
		const { result, lastCheck } = await tryBoth(known);
		assertUnsent(result, /certificate of https:\/\/images\.test.*NODE_EXTRA_CA_CERTS/);
		assert.deepEqual([lastCheck?.layer, lastCheck?.isOk], ['TLS', false]);
		assert.match(lastCheck?.detail ?? '', /NODE_EXTRA_CA_CERTS/);
		assert.equal(proxy.inspected, '');
	});
});
