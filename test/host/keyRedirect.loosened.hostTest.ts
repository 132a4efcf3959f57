import * as assert from 'node:assert/strict';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, workspaceRoot } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { startListener, type Listener } from './listener';
import { foreignValues, hostileValues, observe, settingNames, spellingsOf, tidyUp, type Observed } from './redirectKit';
import { folderSettings, withWorkspaceSettings } from './workspaceSettings';

/**
 * Here the manifest lets a folder change every setting. It shows two things: that the other windows’ tests would find each such setting by
 * its name, and that even then nothing but the user’s own values is in force.
 */
suite('a key, and a manifest that lets a folder change every setting', () => {
	let home: ConnectedApi;
	let thief: Listener;
	let usual: Observed;
	const file = folderSettings(workspaceRoot());

	suiteSetup(async () => {
		await activatedExtension();
		thief = await startListener();
		home = await connectToFakeApi('openai');
		usual = await observe(home, { runs: true });
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

	test('each setting that a folder changes is found by its name', async () => {
		await withWorkspaceSettings(file, hostileValues(thief), async () => {
			const found = new Set((await foreignValues(file)).map(line => line.slice(0, line.indexOf(':'))));
			assert.deepEqual([...found].sort(), [...(await settingNames())].sort());
		});
	});

	const placeholders = hostileValues({ url: 'http://127.0.0.1:1' });
	for (const [index, [spelling]] of spellingsOf(placeholders).entries()) {
		test(`none is in force all the same: ${spelling}`, async () => {
			const [, settings] = spellingsOf(hostileValues(thief))[index] ?? [];
			await withWorkspaceSettings(file, settings, async () => {
				assert.deepEqual(await observe(home, { runs: true }), usual);
				assert.deepEqual(
					home.server.requests.map(({ method, headers }) => [method, headers.authorization]),
					[['POST', `Bearer ${canaryKey}`]],
				);
			});
		});
	}
});
