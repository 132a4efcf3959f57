import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { activatedExtension, closeEverything, workspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { lookAround } from './looking';

suite('somebody who looks at a workspace that is not trusted', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		await activatedExtension();
		api = await connectToFakeApi('compatible');
	});
	suiteTeardown(() => api.close());
	teardown(closeEverything);

	test('sends nothing, by generating neither', async () => {
		await lookAround();
		const file = workspaceFile('looking/plain.imgprompt');
		const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generate', file, {});
		assert.equal(result?.failure?.kind, 'notPermitted');
		assert.deepEqual(api.server.requests, []);

		await fetch(`${api.server.baseUrl}/models`);
		assert.equal(api.server.requests.length, 1, 'the server counts what reaches it');
	}).timeout(60_000);
});
