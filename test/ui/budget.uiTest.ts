import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { openWorkbench, type Workbench } from './harness';

suite('a user with a ceiling', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;

	suiteSetup(async () => {
		server = await startImagesApiServer({ personality: 'compatible' });
		workbench = await openWorkbench({
			settings: {
				'imgprompt.connections': [
					{ name: 'studio', kind: 'compatible', baseUrl: server.baseUrl, auth: 'none', model: 'gpt-image-2' },
					{ name: 'work', kind: 'openai', baseUrl: server.baseUrl, model: 'gpt-image-2' },
				],
				'imgprompt.connection': 'studio',
				'imgprompt.budget.perRunUsd': 0,
				'imgprompt.budget.perDayUsd': 5,
				'imgprompt.budget.onExceed': 'refuse',
				'window.dialogStyle': 'custom',
			},
			prepare: workspace => {
				for (const name of ['studio', 'work']) {
					writeFileSync(join(workspace, `${name}.imgprompt`), `---\nconnection: ${name}\n---\nA red tulip\n`);
				}
			},
		});
		await workbench.openFile('studio.imgprompt');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
	});

	const dialog = () => workbench.page.locator('.monaco-dialog-box');
	const generate = () =>
		workbench.page.locator('.editor-group-container .codelens-decoration a', { hasText: 'Generate' }).first().click();

	test('sees in the status bar what today has cost', async () => {
		await workbench.page.locator('.statusbar-item[aria-label*="Today: $0.00 of $5.00"]').waitFor();
	});

	test('is asked about a price that nobody knows, and sends nothing by saying no', async () => {
		await generate();
		await dialog().getByText('What this run costs is not known. Send it anyway?').waitFor();
		await dialog().getByText('Your ceiling per run is $0.00.').waitFor();
		await workbench.screenshot('budget-question-dark');
		await dialog().getByRole('button', { name: 'Cancel' }).click();
		await dialog().waitFor({ state: 'detached' });
		assert.equal(server.requests.length, 0);
	});

	test('sends it by Send Anyway, once', async () => {
		await generate();
		await dialog().getByRole('button', { name: 'Send Anyway' }).click();
		await workbench.webview.getByRole('button', { name: 'Insert' }).first().waitFor();
		assert.equal(server.requests.length, 1);
		await workbench.page.locator('.statusbar-item[aria-label*="Today: at least $0.00 of $5.00"]').waitFor();
	});

	test('is refused without a question where that is wanted, and led to the settings', async () => {
		await workbench.openFile('work.imgprompt');
		await workbench.page.locator('.editor-group-container.active .codelens-decoration a', { hasText: 'Generate ≈' }).click();
		await workbench.webview.getByText('and your ceiling is $0.00 per run.').first().waitFor();
		await workbench.screenshot('budget-refused-dark');
		assert.equal(server.requests.length, 1);
		await workbench.webview.getByRole('button', { name: 'Open Settings' }).click();
		await workbench.page.locator('.settings-editor').getByText('Per Run Usd').first().waitFor();
	});
});
