import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import type { Workbench } from '../ui/harness';
import { drawLighthouse, type Light } from './drawing';
import { openScene, photograph } from './scene';

const prompt = `---
size: landscape
quality: medium
output: images/lighthouse.{{ext}}
alt: A lighthouse on a cliff at dusk
---
Illustration for the start page of a
documentation site.
Scene: a rocky coast at dusk, calm sea.
Subject: a lighthouse on a cliff, its lamp lit.
Style: flat shapes, limited palette of deep blue,
sand and orange.
Composition: wide, the lighthouse on the right
third, empty sky on the left.
No text, no logos, no watermark.
`;

const candidates = prompt.replace('quality: medium', 'quality: low\nn: 4');
const mistake = prompt.replace('size: landscape', 'size: 1920x1080');

suite('pictures of a user with an account', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;

	suiteSetup(async () => {
		server = await startImagesApiServer();
		workbench = await openScene({
			viewport: { width: 1120, height: 700 },
			settings: { 'imgprompt.connections': [{ name: 'openai', kind: 'openai', baseUrl: server.baseUrl, model: 'gpt-image-2' }] },
			prepare: workspace => {
				writeFileSync(join(workspace, 'lighthouse.imgprompt'), prompt);
				writeFileSync(join(workspace, 'candidates.imgprompt'), candidates);
				writeFileSync(join(workspace, 'mistake.imgprompt'), mistake);
			},
		});
		await workbench.runCommand('Image Prompt: Set API Key…');
		await workbench.page.locator('.quick-input-widget', { hasText: 'API Key of' }).waitFor();
		await workbench.answer('test-key');
		await workbench.runCommand('Notifications: Show Notifications');
		await workbench.page.locator('.notifications-center', { hasText: 'was stored' }).waitFor();
		await workbench.runCommand('Notifications: Clear All Notifications');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
	});

	const codeLens = (title: string) => workbench.editor.locator('.codelens-decoration a', { hasText: title });
	const generate = () => codeLens('Generate').click();

	test('a mistake that is found before anything is sent', async () => {
		await workbench.openFile('mistake.imgprompt');
		await codeLens('Fix 1 problem').waitFor();
		await workbench.editor.getByText('1920x1080').hover();
		await workbench.page.locator('.monaco-hover', { hasText: 'multiple of 16' }).waitFor();
		const part = { x: 0, y: 0, width: 900, height: 340 };
		await photograph(workbench, 'media/readme/problem.png', { keepsPointer: true, part });
		await workbench.runCommand('View: Close Editor');
	});

	test('a prompt file, its price and its picture', async () => {
		server.behave({ picture: await drawLighthouse(workbench.page.context(), 'dusk') });
		await workbench.openFile('lighthouse.imgprompt');
		await generate();
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor();
		await codeLens('Generate').waitFor();
		await photograph(workbench, 'media/readme/panel.png');
	});

	test('a run whose outcome is not known', async () => {
		server.behave({ reset: 'midPicture' });
		await generate();
		await workbench.webview.getByRole('button', { name: 'Try Again Anyway' }).waitFor();
		await photograph(workbench, 'media/readme/uncertain.png', { part: { x: 560, y: 0, width: 560, height: 380 } });
	});

	test('four candidates', async () => {
		const lights: readonly Light[] = ['dusk', 'night', 'dawn', 'storm'];
		const pictures = await Promise.all(lights.map(light => drawLighthouse(workbench.page.context(), light)));
		const usage = {
			input_tokens: 95,
			output_tokens: 608,
			total_tokens: 703,
			input_tokens_details: { image_tokens: 0, text_tokens: 95 },
		};
		const data = pictures.map(picture => ({ b64_json: picture.toString('base64') }));
		server.behave({ body: { created: 1763600000, size: '1536x1024', quality: 'low', output_format: 'png', usage, data } });
		await workbench.openFile('candidates.imgprompt');
		await generate();
		await workbench.webview.getByRole('option', { name: 'Candidate 4 of 4' }).waitFor();
		await photograph(workbench, 'media/readme/candidates.png');
	});
});
