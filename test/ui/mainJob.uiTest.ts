import * as assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench, type Theme, type Workbench } from './harness';

const sentence = 'Watercolour of a flower market at sunrise, seen from above.';

suite('the first picture of a new user', () => {
	let workbench: Workbench;

	suiteSetup(async () => {
		// Each line of the page on one line of the screen, so that a link can be read off it.
		workbench = await openWorkbench({ settings: { '[markdown]': { 'editor.wordWrap': 'off' } } });
	});

	suiteTeardown(() => workbench.close());

	test('a selected sentence becomes a picture that appears beside the page', async () => {
		await workbench.openFile('docs/guide.md');
		await workbench.selectLine(sentence);
		await workbench.runCommand('Image Prompt: Generate Image from Selection');
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor();
		await workbench.webview.getByText('Sandbox picture: no model was called').waitFor();
		for (const name of ['Add OpenAI', 'Add Microsoft Foundry', 'Add a Compatible Server']) {
			assert.equal(await workbench.webview.getByRole('button', { name }).isVisible(), true, name);
		}
		await workbench.screenshot('first-picture-done-dark');
	});

	test('Insert asks for the alternative text, and writes file and link at the cursor', async () => {
		await workbench.webview.getByRole('button', { name: 'Insert' }).click();
		const question = workbench.page.locator('.quick-input-widget input').first();
		await question.waitFor();
		assert.equal(await question.inputValue(), sentence.replace(/\.$/, ''));
		await workbench.screenshot('first-picture-alt-dark');
		await workbench.page.keyboard.press('Enter');
		await workbench.webview.getByText(/^Inserted as /).waitFor();
		const names = readdirSync(join(workbench.workspace, 'docs', 'images'));
		assert.equal(names.length, 1);
		const line = await workbench.page.locator('.view-line').filter({ hasText: '![' }).innerText();
		assert.ok(line.replaceAll('\u00a0', ' ').endsWith(`](images/${names[0]})`), line);
		await workbench.screenshot('first-picture-inserted-dark');
	});

	test('one undo takes back link and file', async () => {
		await workbench.page.locator('.view-line').filter({ hasText: '![' }).click();
		await workbench.page.keyboard.press('ControlOrMeta+Z');
		await workbench.page.locator('.view-line').filter({ hasText: '![' }).waitFor({ state: 'detached' });
		await assert.doesNotReject(async () => {
			for (
				let tries = 0;
				existsSync(join(workbench.workspace, 'docs', 'images')) &&
				readdirSync(join(workbench.workspace, 'docs', 'images')).length > 0;
				tries++
			) {
				assert.ok(tries < 50, 'the file is still there');
				await workbench.page.waitForTimeout(100);
			}
		});
	});

	test('the panel is the same after the window was reloaded', async () => {
		await workbench.reload();
		await workbench.webview.getByText('Sandbox picture: no model was called').waitFor({ timeout: 20_000 });
		assert.equal(await workbench.webview.getByRole('button', { name: 'Insert' }).isVisible(), true);
		await workbench.screenshot('first-picture-restored-dark');
	});

	test('a second run takes the place of the first in the same panel', async () => {
		await workbench.webview.getByRole('button', { name: 'Generate Again' }).click();
		await workbench.webview.getByText(/^Inserted as /).waitFor({ state: 'detached' });
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor({ timeout: 15_000 });
		assert.equal(await workbench.page.locator('.tab', { hasText: 'Image Prompt' }).count(), 1);
	});
});

for (const theme of ['light', 'highContrast'] as const satisfies readonly Theme[]) {
	suite(`a prompt file in the theme ${theme}`, () => {
		let workbench: Workbench;

		suiteSetup(async () => {
			workbench = await openWorkbench({ theme });
		});

		suiteTeardown(() => workbench.close());

		test('shows price and actions above its first line, and its picture in the panel', async () => {
			await workbench.openFile('hero.imgprompt');
			await workbench.page.locator('.codelens-decoration', { hasText: 'Preview' }).waitFor();
			await workbench.page.locator('.codelens-decoration a', { hasText: 'Preview' }).click();
			await workbench.webview.getByRole('button', { name: 'Generate', exact: true }).waitFor();
			await workbench.screenshot(`prompt-file-preview-${theme}`);
			await workbench.webview.getByRole('button', { name: 'Generate', exact: true }).click();
			await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor({ timeout: 15_000 });
			await workbench.screenshot(`prompt-file-done-${theme}`);
			await workbench.webview.getByRole('button', { name: 'Insert' }).click();
			await workbench.webview.getByText(/^Inserted as /).waitFor();
			assert.equal(existsSync(join(workbench.workspace, 'images', 'hero.png')), true);
		});
	});
}
