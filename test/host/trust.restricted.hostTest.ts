import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ConnectionReport } from '../../src/core/run/ports';
import type { RunResult } from '../../src/core/run/runResult';
import { activatedExtension, closeEverything, writeWorkspaceFile } from './harness';
import { connectToFakeApi } from './imagesApi';

suite('a window in Restricted Mode', () => {
	teardown(closeEverything);

	test('is not trusted, and the extension works in it', async () => {
		const extension = await activatedExtension();
		assert.deepEqual({ isTrusted: vscode.workspace.isTrusted, isActive: extension.isActive }, { isTrusted: false, isActive: true });
	});

	test('sends nothing, whoever asks for it', async () => {
		const api = await connectToFakeApi('openai');
		try {
			const file = await writeWorkspaceFile('untrusted.imgprompt', 'A red tulip');
			const runs = [
				await vscode.commands.executeCommand<RunResult[]>('imgprompt.generate', file),
				await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', { prompt: 'A red tulip' }),
			];
			const report = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'fake');
			assert.deepEqual(
				[...runs.flat().map(({ status, failure }) => [status, failure?.kind]), report.failure?.kind],
				[['failed', 'notPermitted'], ['failed', 'notPermitted'], 'notPermitted'],
			);
			assert.deepEqual(api.server.requests, []);
		} finally {
			await api.close();
		}
	});
});
