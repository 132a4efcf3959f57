import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { activatedExtension, closeEverything, workspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { lookAround } from './looking';

suite('somebody who only looks', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		await activatedExtension();
		api = await connectToFakeApi('openai');
	});
	suiteTeardown(() => api.close());
	teardown(closeEverything);

	test('sends nothing, and one request by generating', async () => {
		await lookAround();
		assert.deepEqual(api.server.requests, [], 'a request was made by looking');

		const file = workspaceFile('looking/plain.imgprompt');
		const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generate', file, {});
		assert.deepEqual([result?.status, api.server.requests.length], ['succeeded', 1]);
		// The panel of a run that is over, the page's own link, and the plan of the next one cost nothing either.
		await lookAround();
		assert.equal(api.server.requests.length, 1, 'a request was made by looking at a run');
	}).timeout(60_000);
});
