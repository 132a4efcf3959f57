import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { outlast, silenceMs } from '../slow/longSilences';
import { setUserSetting, withSettings } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

suite('A host that says nothing for minutes, in the extension host', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		api = await connectToFakeApi('openai');
		const [connection] = vscode.workspace.getConfiguration('imgprompt').inspect<object[]>('connections')?.globalValue ?? [];
		await setUserSetting('imgprompt.connections', [{ ...connection, concurrency: 8 }]);
	});
	suiteTeardown(() => api.close());

	test('is waited for, before the headers and within the answer, streamed and plain', async function () {
		const ms = silenceMs();
		this.timeout(ms + 60_000);
		await withSettings({ 'imgprompt.partialImages': 1, 'imgprompt.timeoutSeconds': Math.round(ms / 1000) + 30 }, async () => {
			const lines = await outlast(api.server, ms, async ({ stream }) => {
				const wish = { prompt: 'A quiet lake', size: '1024x1024', quality: 'low', n: stream ? 1 : 2 };
				const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', wish);
				assert.ok(result, 'The command gave no result.');
				return result;
			});
			lines.forEach(line => console.log(`[test]       ${line}`));
		});
	});
});
