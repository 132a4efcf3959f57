import * as assert from 'node:assert/strict';
import https from 'https';
import { setLogLevel } from '@azure/logger';
import { canaryToken } from '../../../launch/lib/canary.mjs';
import { installAzureCli, type FakeAzureCli } from '../../../fakes/azureCli';
import { testCertificate } from '../../../fakes/certificate';
import { withEnvironment } from '../../../fakes/environment';
import { clientSecret, identityHeader, startIdentityServer, type IdentityServer } from '../../../fakes/identityServer';
import type { Credential } from '../../../../src/core/connection/connection';
import type { Result } from '../../../../src/core/result';
import type { RunFailure } from '../../../../src/core/run/failure';
import type { TokenRequest } from '../../../../src/core/run/ports';
import { createDefaultCredential } from '../../../../src/providers/azure/defaultCredential';

const scope = 'https://ai.azure.com/.default';
const minute = 60_000;

function request(change: Partial<TokenRequest> = {}): TokenRequest {
	return { scope, authority: 'https://login.microsoftonline.com', signal: new AbortController().signal, ...change };
}

/** A source whose clock is the real one, moved on by as much as a test likes. */
function movableSource() {
	let movedMs = 0;
	const clock = { now: () => Date.now() + movedMs, sleep: () => Promise.reject(new Error('Nobody was expected to sleep.')) };
	const source = createDefaultCredential({ clock, environment: process.env });
	return { source, move: (ms: number) => void (movedMs += ms) };
}

function found(result: Result<Credential, RunFailure>): string {
	return result.ok && result.value.kind === 'token' ? `${result.value.source}: ${result.value.token}` : JSON.stringify(result);
}

function failed(result: Result<Credential, RunFailure>): RunFailure {
	assert.ok(!result.ok, found(result));
	return result.failure;
}

suite('signing in with what the machine has', () => {
	let identity: IdentityServer;
	let cli: FakeAzureCli;

	suiteSetup(async () => {
		identity = await startIdentityServer();
	});
	suiteTeardown(() => identity.close());
	setup(() => {
		identity.behaviour = {};
		cli = installAzureCli();
	});
	teardown(() => cli.remove());

	/** Microsoft's library keeps the first endpoint and the first client that it is given, so that there is one of each here. */
	const { source: managedSource } = movableSource();
	const managed = (): Record<string, string> => ({
		AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
		IDENTITY_ENDPOINT: `${identity.origin}/msi/token`,
		IDENTITY_HEADER: identityHeader,
	});
	const commandLine = (): Record<string, string> => ({
		AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
		PATH: `${cli.folder}:/usr/bin:/bin`,
	});

	test('takes the token of a managed identity, and says so', () =>
		withEnvironment(managed(), async () => {
			const before = identity.calls.length;
			assert.match(found(await managedSource.token(request())), new RegExp(`^Managed identity: t\\d+\\.${canaryToken}$`));
			const [call] = identity.calls.slice(before);
			assert.deepEqual([call?.path, call?.query['resource']], ['/msi/token', 'https://ai.azure.com']);
		}));

	test('asks a managed identity again when its token is about to end', () =>
		withEnvironment(managed(), async () => {
			identity.behaviour = { lifetimeSeconds: 60 };
			const short = request({ scope: 'https://short.example/.default' });
			const [first, second] = [found(await managedSource.token(short)), found(await managedSource.token(short))];
			assert.match(first, /^Managed identity/);
			assert.notEqual(first, second);
		}));

	test('takes the token of the Azure CLI for resource and tenant, and keeps it until shortly before it ends', () =>
		withEnvironment(commandLine(), async () => {
			cli.signIn();
			const { source, move } = movableSource();
			const own = request({ tenantId: 'contoso.onmicrosoft.com' });
			assert.equal(found(await source.token(own)), `Azure CLI: az1.${canaryToken}`);
			move(50 * minute);
			assert.equal(found(await source.token(own)), `Azure CLI: az1.${canaryToken}`);
			move(6 * minute);
			assert.equal(found(await source.token(own)), `Azure CLI: az2.${canaryToken}`);
			assert.equal(
				cli.calls[0],
				'account get-access-token --output json --resource https://ai.azure.com --tenant contoso.onmicrosoft.com',
			);
		}));

	test('gives no token again that was refused', () =>
		withEnvironment(commandLine(), async () => {
			cli.signIn();
			const { source } = movableSource();
			await source.token(request());
			source.forget();
			assert.equal(found(await source.token(request())), `Azure CLI: az2.${canaryToken}`);
		}));

	test('asks for each scope by itself', () =>
		withEnvironment(commandLine(), async () => {
			cli.signIn();
			const { source } = movableSource();
			await source.token(request());
			await source.token(request({ scope: 'https://cognitiveservices.azure.com/.default' }));
			assert.deepEqual(
				cli.calls.map(line => /--resource (\S+)/.exec(line)?.[1]),
				['https://ai.azure.com', 'https://cognitiveservices.azure.com'],
			);
		}));

	test('signs in as soon as somebody has run az login, without a restart', () =>
		withEnvironment(commandLine(), async () => {
			const { source } = movableSource();
			assert.deepEqual(failed(await source.token(request())), {
				kind: 'notSignedIn',
				code: 'noAzureCredential',
				message:
					'There is no way to sign in to Azure on this machine yet. Run “az login” in a terminal, then try again. Azure CLI: nobody is signed in, run “az login”.',
			});
			cli.signIn();
			assert.match(found(await source.token(request())), /^Azure CLI: az2/);
		}));

	test('says of every way why it gave no token', () =>
		withEnvironment({ ...managed(), ...commandLine(), AZURE_TOKEN_CREDENTIALS: '' }, async () => {
			identity.behaviour = {
				refusal: { status: 400, body: { error: 'invalid_request', error_description: 'No identity is assigned' } },
			};
			const { message } = failed(await managedSource.token(request({ scope: 'https://refused.example/.default' })));
			for (const part of [
				'Environment: AZURE_TENANT_ID and AZURE_CLIENT_ID are not set.',
				'Workload identity: AZURE_FEDERATED_TOKEN_FILE is not set.',
				'Managed identity: No identity is assigned.',
				'Azure CLI: nobody is signed in, run “az login”.',
			]) {
				assert.ok(message.includes(part), `${part} is not in: ${message}`);
			}
		}));

	test('quotes what a program says, without what looks like a token', () =>
		withEnvironment(commandLine(), async () => {
			cli.fail(`ERROR: AADSTS50173: The grant has expired. Token ${'abcdefgh'.repeat(8)}`);
			const { source } = movableSource();
			const { message } = failed(await source.token(request()));
			assert.match(message, /Azure CLI: AADSTS50173: The grant has expired\.$/);
		}));

	test('ends at once when it is cancelled, also while a program takes its time', () =>
		withEnvironment(commandLine(), async () => {
			cli.hang();
			const { source } = movableSource();
			const controller = new AbortController();
			const result = source.token(request({ signal: controller.signal }));
			controller.abort();
			assert.equal(failed(await result).code, 'cancelled');
		}));

	test('ends the request to a managed identity when it is cancelled', () =>
		withEnvironment(managed(), async () => {
			identity.behaviour = { isSilent: true };
			const controller = new AbortController();
			const before = identity.calls.length;
			const result = managedSource.token(request({ scope: 'https://silent.example/.default', signal: controller.signal }));
			while (identity.calls.length === before) {
				await new Promise(resolve => setImmediate(resolve));
			}
			controller.abort();
			assert.equal(failed(await result).code, 'cancelled');
			identity.behaviour = {};
			assert.match(found(await managedSource.token(request({ scope: 'https://silent.example/.default' }))), /^Managed identity/);
		}));

	test('writes nothing to the console, however much the library is told to', () =>
		withEnvironment(managed(), async () => {
			setLogLevel('verbose'); // as AZURE_LOG_LEVEL does
			const write = process.stderr.write.bind(process.stderr);
			const written: string[] = [];
			process.stderr.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
			try {
				assert.match(found(await managedSource.token(request({ scope: 'https://logged.example/.default' }))), /^Managed identity/);
			} finally {
				process.stderr.write = write;
			}
			assert.deepEqual(written, []);
		}));

	suite('with a client secret in the environment', () => {
		let entra: IdentityServer;

		suiteSetup(async () => {
			entra = await startIdentityServer({ isSecure: true });
		});
		suiteTeardown(() => entra.close());

		const client = (secret: string): Record<string, string> => ({
			AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
			AZURE_TENANT_ID: 'contoso',
			AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000001',
			AZURE_CLIENT_SECRET: secret,
		});

		/** The authority is spoken to over https only, and its certificate is checked: here it is trusted for once. */
		async function trusting<T>(work: () => Promise<T>): Promise<T> {
			const { ca } = https.globalAgent.options;
			https.globalAgent.options.ca = testCertificate.cert;
			try {
				return await work();
			} finally {
				https.globalAgent.options.ca = ca;
			}
		}

		test('asks the authority of the connection’s cloud, and nobody else', () =>
			trusting(() =>
				withEnvironment({ ...client(clientSecret), AZURE_AUTHORITY_HOST: 'https://elsewhere.example' }, async () => {
					const result = await movableSource().source.token(request({ authority: entra.origin }));
					assert.match(found(result), new RegExp(`^Environment: t1\\.${canaryToken}$`));
					assert.deepEqual(
						entra.calls.map(({ path, form }) => [path, form['scope']?.includes(scope), form['grant_type']]),
						[['/contoso/oauth2/v2.0/token', true, 'client_credentials']],
					);
				}),
			));

		test('says what Entra says of a wrong secret, and not the secret', () =>
			trusting(() =>
				withEnvironment(client('hunter2-hunter2'), async () => {
					const { message } = failed(await movableSource().source.token(request({ authority: entra.origin })));
					assert.match(message, /Environment: AADSTS7000215: Invalid client secret provided\./);
					assert.ok(!message.includes('hunter2'));
				}),
			));

		test('does not trust a certificate that nobody vouches for', () =>
			withEnvironment(client(clientSecret), async () => {
				const before = entra.calls.length;
				const { message } = failed(await movableSource().source.token(request({ authority: entra.origin })));
				assert.match(message, /Environment: /);
				assert.equal(entra.calls.length, before);
			}));
	});
});
