import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { installAzureCli } from '../fakes/azureCli';
import { withEnvironment } from '../fakes/environment';
import { closeEverything } from './harness';
import { connectToFakeApi } from './imagesApi';

suite('signing in from a window in Restricted Mode', () => {
	teardown(closeEverything);

	for (const auth of ['azureDefault', 'microsoft']) {
		test(`does not happen, whoever asks for it: ${auth}`, async () => {
			const cli = installAzureCli();
			cli.signIn();
			const api = await connectToFakeApi('azure', { keys: [] }, () => ({ auth }));
			try {
				await withEnvironment({ AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential', PATH: `${cli.folder}:/usr/bin:/bin` }, async () => {
					await vscode.commands.executeCommand('imgprompt.generateFromInput', { prompt: 'A red tulip' });
					await vscode.commands.executeCommand('imgprompt.testConnection', 'fake');
					await assert.rejects(async () => vscode.commands.executeCommand('imgprompt.signIn', 'fake'), /not trusted/);
				});
				assert.deepEqual([cli.calls, api.server.requests], [[], []]);
			} finally {
				await api.close();
				cli.remove();
			}
		});
	}
});
