import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { startListener, type Listener } from './listener';
import { foreignValues, hostileValues, observe, spellingsBelow, spellingsOf, tidyUp, type Observed } from './redirectKit';
import { folderSettings, withWorkspaceSettings, type SettingsFile } from './workspaceSettings';

suite('a key in a workspace of two folders', () => {
	let home: ConnectedApi;
	let thief: Listener;
	let usual: Observed;
	const [first, second] = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
	const workspace = vscode.workspace.workspaceFile;
	assert.ok(first && second && workspace);
	const fromSecond = { runs: true, folder: second };

	suiteSetup(async () => {
		await activatedExtension();
		thief = await startListener();
		home = await connectToFakeApi('openai');
		usual = await observe(home, fromSecond);
	});
	suiteTeardown(async () => {
		await home.close();
		await thief.close();
	});
	setup(() => home.server.reset());
	teardown(async () => {
		await tidyUp();
		assert.deepEqual([thief.calls, thief.heard], [0, ''], 'somebody else was called');
	});

	const placeholders = hostileValues({ url: 'http://127.0.0.1:1' });
	const before = spellingsOf(placeholders).length;
	const files = [{ uri: workspace }, folderSettings(first), folderSettings(second)] as const;
	for (const [index, [spelling]] of [...spellingsOf(placeholders), ...spellingsBelow(placeholders)].entries()) {
		test(`no setting of the .code-workspace file or of a folder is in force: ${spelling}`, async () => {
			const values = hostileValues(thief);
			const [, settings] = [...spellingsOf(values), ...spellingsBelow(values)][index] ?? [];
			await withAll(files, settings, async () => {
				for (const file of index < before ? files : []) {
					assert.deepEqual(await foreignValues(file), []);
				}
				assert.deepEqual(await observe(home, fromSecond), usual);
				assert.deepEqual(
					home.server.requests.map(({ method, headers }) => [method, headers.authorization]),
					[['POST', `Bearer ${canaryKey}`]],
				);
			});
		});
	}
});

/** Runs `work` while each of `files` holds `settings`. */
function withAll([file, ...others]: readonly SettingsFile[], settings: unknown, work: () => Promise<void>): Promise<void> | void {
	return file ? withWorkspaceSettings(file, settings, () => withAll(others, settings, work)) : work();
}
