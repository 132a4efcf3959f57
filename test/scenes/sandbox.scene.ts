import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Workbench } from '../ui/harness';
import { openScene, photograph } from './scene';

const sentence = 'Flower market at sunrise, watercolour, seen from above.';
const inSandbox = { timeout: 60_000 };

/** A page that looks like one: what stands before and after the sentence that becomes a picture. */
const page = `# The market

Zava Flower Delivery buys its flowers before the city wakes.

${sentence}

The first train takes them to the platforms at six.
`;

suite('pictures without an account', () => {
	let workbench: Workbench;

	teardown(() => workbench.close());

	test('a selected sentence, and then the link in its place', async () => {
		workbench = await openScene({
			showsFiles: true,
			viewport: { width: 1200, height: 700 },
			prepare: workspace => writeFileSync(join(workspace, 'docs', 'guide.md'), page),
		});
		await workbench.openFile('docs/guide.md');
		await workbench.selectLine(sentence);
		await workbench.runCommand('Image Prompt: Generate Image from Selection');
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor(inSandbox);
		await photograph(workbench, 'media/readme/selection.png');
		await workbench.webview.getByRole('button', { name: 'Insert' }).click();
		await workbench.answer('Flower market at sunrise');
		await workbench.webview
			.getByRole('contentinfo')
			.getByText(/^Inserted as /)
			.waitFor();
		await photograph(workbench, 'media/readme/inserted.png');
	});

	test('the steps of the walkthrough', async () => {
		workbench = await openScene({ viewport: { width: 960, height: 600 } });
		await workbench.runCommand('Image Prompt: New Prompt File');
		await workbench.choose('Illustration for a page');
		await workbench.page.locator('.codelens-decoration', { hasText: 'Preview' }).waitFor(inSandbox);
		await photograph(workbench, 'media/walkthrough/new-file.png', { part: { x: 0, y: 0, width: 960, height: 420 } });

		await workbench.page.locator('.codelens-decoration a', { hasText: 'Generate' }).click();
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor(inSandbox);
		await workbench.page.locator('.codelens-decoration a', { hasText: 'Generate' }).waitFor();
		await photograph(workbench, 'media/walkthrough/generate.png');

		await workbench.runCommand('Image Prompt: Add Connection…');
		await workbench.page.locator('.quick-input-widget').getByText('Compatible server').waitFor();
		await photograph(workbench, 'media/walkthrough/connect.png');
	});

	test('the last step of the walkthrough', async () => {
		workbench = await openScene({
			viewport: { width: 960, height: 600 },
			prepare: workspace => writeFileSync(join(workspace, 'docs', 'guide.md'), page),
		});
		await workbench.openFile('docs/guide.md');
		await workbench.selectLine(sentence);
		await workbench.runCommand('Image Prompt: Generate Image from Selection');
		await workbench.webview.getByRole('button', { name: 'Insert' }).click(inSandbox);
		await workbench.answer('Flower market at sunrise');
		await workbench.webview
			.getByRole('contentinfo')
			.getByText(/^Inserted as /)
			.waitFor();
		await photograph(workbench, 'media/walkthrough/insert.png');
	});
});
