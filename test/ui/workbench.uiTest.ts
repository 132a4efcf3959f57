import * as assert from 'node:assert/strict';
import { assertNoNotifications, openWorkbench } from './harness';
import type { Workbench } from './harness';

suite('the workbench with the extension', () => {
	let workbench: Workbench;

	suiteSetup(async () => {
		workbench = await openWorkbench();
	});

	suiteTeardown(() => workbench.close());

	test('offers its commands in the palette', async () => {
		for (const title of ['Generate Image from a Prompt…', 'New Prompt File', 'Open Panel', 'Add Connection…', 'Set API Key…']) {
			assert.ok(await workbench.offersCommand(`Image Prompt: ${title}`), title);
		}
	});

	test('hides commands that cannot work now', async () => {
		for (const title of ['Insert Picture', 'Cancel Generation']) {
			assert.equal(await workbench.offersCommand(`Image Prompt: ${title}`), false, title);
		}
	});

	test('opens a prompt file in its own language', async () => {
		await workbench.openFile('hero.imgprompt');
		await workbench.page.locator('.statusbar-item', { hasText: 'Image Prompt' }).first().waitFor();
		await assertNoNotifications(workbench);
	});
});
