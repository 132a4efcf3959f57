import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ConnectionReport } from '../../src/core/run/ports';
import type { RunResult } from '../../src/core/run/runResult';
import { installAzureCli, type FakeAzureCli } from '../fakes/azureCli';
import { withEnvironment } from '../fakes/environment';
import { startIdentityServer } from '../fakes/identityServer';
import type { FakeToken } from '../fakes/imagesApi/azure';
import { canaryToken } from '../launch/lib/canary.mjs';
import { closeEverything, setUserSetting, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

const audience = 'https://ai.azure.com';
const tokens = (...names: readonly string[]): readonly FakeToken[] => names.map(name => ({ token: `${name}.${canaryToken}`, audience }));

async function generate(): Promise<RunResult> {
	const prompt = { prompt: 'A boat', size: 'square', quality: 'low' };
	const [result] = await vscode.commands.executeCommand<readonly RunResult[]>('imgprompt.generateFromInput', prompt);
	assert.ok(result);
	return result;
}

/** How a run ended, in short. */
function outcome({ status, failure }: RunResult): string {
	return failure ? `${status} ${failure.kind} ${failure.code ?? ''}`.trim() : status;
}

suite('an Azure connection that signs in with what the machine has', () => {
	let cli: FakeAzureCli;
	let api: ConnectedApi | undefined;
	let tenants = 0;

	setup(() => {
		cli = installAzureCli();
		tenants++;
	});
	teardown(async () => {
		cli.remove();
		await api?.close();
		api = undefined;
		await closeEverything();
	});

	/** Each test has a tenant of its own, because the extension keeps the tokens of the one before. */
	const signingIn = () => ({ auth: 'azureDefault', tenantId: `tenant${tenants}.example` });

	/** A resource that takes these tokens, and a machine on which `az` is installed. */
	async function withAzureCli(accepted: readonly FakeToken[], work: (api: ConnectedApi) => Promise<void>): Promise<void> {
		const connected = await connectToFakeApi('azure', { keys: [], tokens: accepted }, signingIn);
		api = connected;
		const environment = { AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', PATH: `${cli.folder}:/usr/bin:/bin` };
		await withEnvironment(environment, () => work(connected));
	}

	test('sends the token of the Azure CLI', () =>
		withAzureCli(tokens('az1'), async ({ server }) => {
			cli.signIn();
			assert.equal(outcome(await generate()), 'succeeded');
			assert.deepEqual(
				server.accepted.map(({ headers }) => [headers.authorization, headers['api-key']]),
				[[`Bearer az1.${canaryToken}`, undefined]],
			);
		}));

	test('asks the machine for nothing while it is only looked at', () =>
		withAzureCli([], async ({ server }) => {
			const uri = await writeWorkspaceFile('looked-at.imgprompt', 'A boat\n');
			await vscode.window.showTextDocument(uri);
			await vscode.commands.executeCommand('imgprompt.preview', uri);
			await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 10);
			await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(0, 1));
			assert.deepEqual([cli.calls, server.requests], [[], []]);
		}));

	test('sends nothing when nobody is signed in, and says what to run', () =>
		withAzureCli([], async ({ server }) => {
			const result = await generate();
			assert.equal(outcome(result), 'failed notSignedIn noAzureCredential');
			assert.match(result.failure?.message ?? '', /Run “az login” in a terminal/);
			assert.equal(server.requests.length, 0);
		}));

	test('takes another token after the host has refused one', () =>
		withAzureCli(tokens('az2'), async ({ server }) => {
			cli.signIn();
			assert.match(outcome(await generate()), /^failed notSignedIn/);
			assert.equal(outcome(await generate()), 'succeeded');
			assert.equal(server.accepted.length, 1);
		}));

	test('keeps a token for the next run, but not one that is about to end', () =>
		withAzureCli(tokens('az1', 'az2', 'az3'), async () => {
			cli.signIn(120);
			await generate();
			cli.signIn(3600);
			await generate();
			assert.equal(cli.calls.length, 2);
			await generate();
			assert.equal(cli.calls.length, 2);
		}));

	test('is tested with a token, and says who gave none', () =>
		withAzureCli(tokens('az2'), async () => {
			const test = (): Thenable<{ readonly failure?: { readonly kind: string } }> =>
				vscode.commands.executeCommand('imgprompt.testConnection', 'fake');
			assert.equal((await test()).failure?.kind, 'notSignedIn');
			cli.signIn();
			assert.equal((await test()).failure, undefined);
		}));

	test('sends the token of a managed identity, as on a virtual machine', async () => {
		const identity = await startIdentityServer();
		const connected = await connectToFakeApi('azure', { keys: [], tokens: tokens('t1') }, signingIn);
		api = connected;
		const environment = { AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential', AZURE_POD_IDENTITY_AUTHORITY_HOST: identity.origin };
		try {
			assert.equal(outcome(await withEnvironment(environment, generate)), 'succeeded');
		} finally {
			await identity.close();
		}
		assert.deepEqual(
			[
				identity.calls.map(({ path, query }) => [path, query['resource']]),
				connected.server.accepted.map(({ headers }) => headers.authorization),
			],
			[[['/metadata/identity/oauth2/token', audience]], [`Bearer t1.${canaryToken}`]],
		);
	});

	for (const [host, baseUrl] of [
		['one.openai.azure.com.lookalike.invalid', 'https://one.openai.azure.com.lookalike.invalid'],
		['xn--one-dma.invalid', 'https://oneé.invalid/openai/v1'],
		['one.azure-api.net', 'https://one.azure-api.net/images'],
	] as const) {
		test(`asks for no token that would go to ${host}, as long as nobody has allowed it`, () =>
			withAzureCli(tokens('az1'), async () => {
				cli.signIn();
				const entry = { name: 'fake', kind: 'azure', baseUrl, deployment: 'pictures', auth: 'azureDefault' };
				await setUserSetting('imgprompt.connections', [entry]);
				const result = await generate();
				assert.equal(outcome(result), 'failed notPermitted tokenNotApproved');
				assert.ok(result.failure?.message.includes(`an access token to ${host}, which is no address of Microsoft’s`), host);
				const { failure } = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'fake');
				assert.equal(failure?.code, 'tokenNotApproved');
				assert.deepEqual(cli.calls, []);
			}));
	}

	test('has nothing to sign in to, and says what to run instead', () =>
		withAzureCli([], async () => {
			await assert.rejects(async () => vscode.commands.executeCommand('imgprompt.signIn', 'fake'), /Run “az login” in a terminal/);
			assert.deepEqual(cli.calls, []);
		}));
});

suite('an Azure connection that signs in with a Microsoft account', () => {
	test('sends nothing and shows nothing when code starts a run and nobody is signed in', async () => {
		const connected = await connectToFakeApi('azure', { keys: [] }, () => ({ auth: 'microsoft' }));
		try {
			const result = await generate();
			assert.equal(outcome(result), 'failed notSignedIn signInNeeded');
			assert.equal(
				result.failure?.message,
				'“fake” needs your Microsoft account, and nobody is signed in for it. Sign in with “Image Prompt: Sign In”.',
			);
			assert.equal(connected.server.requests.length, 0);
		} finally {
			await connected.close();
			await closeEverything();
		}
	});
});
