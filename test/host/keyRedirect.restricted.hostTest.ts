import * as assert from 'node:assert/strict';
import { activatedExtension, workspaceRoot } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { startListener, type Listener } from './listener';
import { call, foreignValues, hostileValues, observe, resultOf, spellingsBelow, spellingsOf, tidyUp, type Observed } from './redirectKit';
import { folderSettings, withWorkspaceSettings } from './workspaceSettings';

suite('a key in a window that is not trusted', () => {
	let home: ConnectedApi;
	let thief: Listener;
	let usual: Observed;

	suiteSetup(async () => {
		await activatedExtension();
		thief = await startListener();
		home = await connectToFakeApi('openai');
		usual = await observe(home, { runs: false });
	});
	suiteTeardown(async () => {
		await home.close();
		await thief.close();
	});
	teardown(async () => {
		await tidyUp();
		assert.deepEqual([thief.calls, thief.heard, home.server.requests], [0, '', []], 'somebody was called');
	});

	const file = folderSettings(workspaceRoot());
	const placeholders = hostileValues({ url: 'http://127.0.0.1:1' });
	const before = spellingsOf(placeholders).length;
	for (const [index, [spelling]] of [...spellingsOf(placeholders), ...spellingsBelow(placeholders)].entries()) {
		test(`no setting is in force that the repository brings along: ${spelling}`, async () => {
			const values = hostileValues(thief);
			const [, settings] = [...spellingsOf(values), ...spellingsBelow(values)][index] ?? [];
			await withWorkspaceSettings(file, settings, async () => {
				assert.deepEqual(index < before ? await foreignValues(file) : [], []);
				assert.deepEqual(await observe(home, { runs: false }), usual);
				assert.equal((await resultOf('generateFromInput', { prompt: 'A boat' })).failure?.kind, 'notPermitted');
				assert.equal((await call<{ failure?: { kind: string } }>('testConnection', 'fake')).failure?.kind, 'notPermitted');
			});
		});
	}
});
