import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type Behaviour, type ImagesApiServer } from '../fakes/imagesApiServer';
import { openWorkbench, type Workbench } from './harness';

/** How a run ends, and words by which its end is recognised. */
const ends: readonly (readonly [name: string, words: RegExp, behaviour: Behaviour])[] = [
	['done', /Duration/, {}],
	['several', /Duration/, {}],
	['failed', /The host failed/, { status: 500, body: { error: { message: 'The paint ran out.' } } }],
	['uncertain', /It may have been billed/, { reset: 'midPicture' }],
	['cancelled', /Cancelled. It may still be billed/, { hang: 'beforeHeaders' }],
];

suite('a window that was reloaded', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;
	const before = new Map<string, string>();

	suiteSetup(async () => {
		server = await startImagesApiServer({ personality: 'compatible' });
		workbench = await openWorkbench({
			viewport: { width: 1600, height: 900 },
			settings: {
				'imgprompt.connections': [{ name: 'studio', kind: 'compatible', baseUrl: server.baseUrl, auth: 'none' }],
				'workbench.editor.showTabs': 'multiple',
			},
			prepare: workspace => {
				for (const [name] of ends) {
					const text = `---\nn: ${name === 'several' ? 3 : 1}\nsize: square\n---\nA badge that is ${name}\n`;
					writeFileSync(join(workspace, `${name}.imgprompt`), text);
				}
			},
		});
		// Wide panels show their details.
		await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
	});

	/** All words of the visible panel, in the order of reading. */
	const words = async (): Promise<string> => (await workbench.webview.locator('.panel > :not([role=status])').allInnerTexts()).join('\n');

	for (const [name, shown, behaviour] of ends) {
		test(`first shows how a run ended: ${name}`, async () => {
			await workbench.openFile(`${name}.imgprompt`);
			server.behave(behaviour);
			await workbench.page.locator('.editor-group-container.active .codelens-decoration a', { hasText: 'Generate' }).click();
			await panelOf(name).waitFor();
			if (name === 'cancelled') {
				await workbench.webview.getByText('may still be billed').waitFor();
				await workbench.webview.getByRole('button', { name: 'Cancel' }).click();
			}
			await workbench.webview.getByText(shown).first().waitFor();
			before.set(name, await words());
			await workbench.screenshot(`restored-${name}-before-dark`);
		});
	}

	test('shows the same of each as before', async () => {
		await workbench.reload();
		for (const [name, shown] of ends) {
			await show(name);
			await panelOf(name).waitFor({ timeout: 20_000 });
			await workbench.webview.getByText(shown).first().waitFor({ timeout: 20_000 });
			await workbench.screenshot(`restored-${name}-after-dark`);
			assert.equal(await words(), before.get(name), name);
		}
		assert.equal(server.requests.length, ends.length, 'nothing was sent again');
	});

	test('says of deleted pictures that they were deleted', async () => {
		deletePicturesOf('A badge that is done');
		await workbench.reload();
		await show('done');
		await workbench.webview.getByText('This picture was deleted.').waitFor({ timeout: 20_000 });
		assert.equal(await workbench.webview.getByRole('button', { name: 'Insert' }).count(), 0);
		await workbench.screenshot('restored-deleted-dark');
	});

	test('breaks no policy', () => {
		assert.deepEqual(workbench.policyBreaches, []);
	});

	/** The visible panel, once it is the one of this prompt file. */
	const panelOf = (name: string) => workbench.webview.getByRole('heading', { name: `${name}.imgprompt — Image Prompt` });

	const show = (name: string): Promise<void> => workbench.page.locator('.tab', { hasText: `${name}.imgprompt — Image Prompt` }).click();

	const deletePicturesOf = (prompt: string): void => {
		const runs = join(workbench.globalStorage, 'runs');
		const isOfPrompt = (folder: string): boolean => readFileSync(join(runs, folder, 'run.json'), 'utf8').includes(prompt);
		const [folder] = readdirSync(runs).filter(isOfPrompt);
		assert.ok(folder, 'the run is kept');
		for (const name of readdirSync(join(runs, folder)).filter(file => file.endsWith('.png'))) {
			rmSync(join(runs, folder, name));
		}
	};
});
