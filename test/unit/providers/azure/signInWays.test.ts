import * as assert from 'node:assert/strict';
import { accountOf, firstStep, nameOfWay, type FailedWay } from '../../../../src/providers/azure/signInWays';

const bare: readonly FailedWay[] = [
	{
		message:
			'EnvironmentCredential is unavailable. No underlying credential could be used. To troubleshoot, visit https://aka.ms/azsdk/js/identity/environmentcredential/troubleshoot.',
	},
	{
		message: 'WorkloadIdentityCredential: is unavailable. tenantId, clientId, and federatedTokenFilePath are required parameters.',
	},
	{ message: 'ManagedIdentityCredential: Authentication failed. Message Attempted to use the IMDS endpoint, but it is not available.' },
	{ message: 'Visual Studio Code Authentication is not available. Ensure you have the Azure Resources Extension installed.' },
	{
		credential: 'AzureCliCredential',
		message:
			"Azure CLI could not be found. Please visit https://aka.ms/azure-cli for installation instructions and then, once installed, authenticate to your Azure account using 'az login'.",
	},
	{
		credential: 'AzurePowerShellCredential',
		message: 'Error: Unable to execute PowerShell. Ensure that it is installed in your system.',
	},
	{
		credential: 'AzureDeveloperCliCredential',
		message: "Azure Developer CLI couldn't be found. To mitigate this issue, see the guidelines.",
	},
	{ message: 'Failed to acquire token using broker authentication' },
	{
		message:
			'Broker for WAM was requested, but no plugin was configured or no authentication record was found. You must install the @azure/identity-broker plugin package.',
	},
];

suite('the account of ways to sign in', () => {
	test('has one line for each that could have served', () => {
		assert.deepEqual(accountOf(bare, {}), [
			'Environment: AZURE_TENANT_ID and AZURE_CLIENT_ID are not set.',
			'Workload identity: AZURE_FEDERATED_TOKEN_FILE is not set.',
			'Managed identity: no endpoint answered.',
			'Azure CLI: not installed.',
			'Azure PowerShell: not installed.',
			'Azure Developer CLI: not installed.',
		]);
	});

	for (const [situation, way, environment, line] of [
		[
			'only the secret is missing',
			bare[0],
			{ AZURE_TENANT_ID: 'a', AZURE_CLIENT_ID: 'b' },
			'Environment: AZURE_CLIENT_SECRET is not set.',
		],
		['the client is missing', bare[0], { AZURE_TENANT_ID: 'a' }, 'Environment: AZURE_CLIENT_ID is not set.'],
		[
			'Entra refuses',
			{
				credential: 'EnvironmentCredential',
				message: 'x Status code: 400\nAADSTS7000215: Invalid client secret provided. Trace ID: 1',
			},
			{},
			'Environment: AADSTS7000215: Invalid client secret provided.',
		],
		[
			'a proxy answers for an identity endpoint that is not there',
			{
				credential: 'ManagedIdentityCredential',
				message:
					'ManagedIdentityCredential: Authentication failed. Message A client error occured.\nHttp status code: 403\nHttp status message: denied\nHeaders: {"via":"proxy.example.com"}',
			},
			{},
			'Managed identity: its endpoint, or a proxy, answered with status 403.',
		],
		[
			'nobody is signed in to the CLI',
			{ message: "Please run 'az login' from a command prompt to authenticate before using this credential." },
			{},
			'Azure CLI: nobody is signed in, run “az login”.',
		],
		[
			'nobody is signed in to PowerShell',
			{ message: "Please run 'Connect-AzAccount' from PowerShell to authenticate before using this credential." },
			{},
			'Azure PowerShell: nobody is signed in, run “Connect-AzAccount”.',
		],
		['a way that is not known', { credential: 'NewCredential', message: 'It is\nnot here.' }, {}, 'Another way: It is not here.'],
		[
			'a program repeats what it should not',
			{ credential: 'AzureCliCredential', message: `ERROR: hunter2 and ${'eyJ0eXAi'.repeat(8)}.` },
			{ AZURE_CLIENT_SECRET: 'hunter2' },
			'Azure CLI: ERROR: [secret] and […].',
		],
	] as const) {
		test(`says why, when ${situation}`, () => {
			assert.deepEqual(accountOf(way ? [way] : [], environment), [line]);
		});
	}

	for (const [account, step] of [
		[['Azure CLI: nobody is signed in, run “az login”.'], 'Run “az login” in a terminal, then try again.'],
		[
			['Azure CLI: not installed.', 'Azure Developer CLI: nobody is signed in, run “azd auth login”.'],
			'Run “azd auth login” in a terminal, then try again.',
		],
		[
			['Azure CLI: not installed.'],
			'Install the Azure CLI and run “az login”, or let the connection sign in with your Microsoft account.',
		],
		[
			['Environment: AADSTS7000215: Invalid client secret provided.'],
			'Mend what is named below, or let the connection sign in with your Microsoft account.',
		],
	] as const) {
		test(`names what to do first after “${account.join(' ')}”`, () => assert.equal(firstStep(account), step));
	}

	test('names who served, and the whole chain when that is not known', () => {
		assert.deepEqual(['AzureCliCredential', 'EnvironmentCredential', 'NewCredential', undefined].map(nameOfWay), [
			'Azure CLI',
			'Environment',
			'DefaultAzureCredential',
			'DefaultAzureCredential',
		]);
	});
});
