import * as assert from 'node:assert/strict';
import { systemClock } from '../../src/host/systemClock';
import { createDefaultCredential } from '../../src/providers/azure/defaultCredential';
import { startConnectProxy } from '../fakes/connectProxy';
import { withEnvironment } from '../fakes/environment';
import { clientSecret, startIdentityServer } from '../fakes/identityServer';
import { authorities, proxyAccount } from '../launch/lib/authorities.mjs';
import { activatedExtension, withSettings } from './harness';

const { corporate } = authorities;

suite('signing in to Azure behind a proxy', () => {
	test('asks for the token through the proxy, and trusts what NODE_EXTRA_CA_CERTS names', async () => {
		await activatedExtension();
		const [proxy, entra] = await Promise.all([
			startConnectProxy(proxyAccount),
			startIdentityServer({ isSecure: true, tls: corporate }),
		]);
		proxy.route('images.test:443', Number(new URL(entra.origin).port));
		const client = {
			AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
			AZURE_TENANT_ID: 'contoso',
			AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000001',
			AZURE_CLIENT_SECRET: clientSecret,
		};
		try {
			const source = createDefaultCredential({ clock: systemClock, environment: process.env });
			const request = {
				scope: 'https://ai.azure.com/.default',
				authority: 'https://images.test',
				signal: new AbortController().signal,
			};
			const address = `http://${proxyAccount.user}:${proxyAccount.password}@127.0.0.1:${proxy.port}`;
			const asked = await withSettings({ 'http.proxy': address }, () => withEnvironment(client, () => source.token(request)));
			assert.equal(asked.ok ? asked.value.kind : asked.failure.message, 'token');
			assert.deepEqual([...new Set(proxy.asked.map(({ target, answer }) => `${target} ${answer}`))], ['images.test:443 200']);
			assert.deepEqual(
				entra.calls.map(({ path }) => path),
				['/contoso/oauth2/v2.0/token'],
			);
		} finally {
			await Promise.all([proxy.close(), entra.close()]);
		}
	});
});
