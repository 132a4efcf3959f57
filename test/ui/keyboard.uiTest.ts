import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { axeViolations } from './axe';
import { openWorkbench, type Workbench } from './harness';

suite('by keyboard alone', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;

	suiteSetup(async () => {
		server = await startImagesApiServer({ personality: 'compatible' });
		workbench = await openWorkbench({
			settings: { '[markdown]': { 'editor.wordWrap': 'off' } },
			prepare: workspace => writeFileSync(join(workspace, 'badges.imgprompt'), '---\nn: 4\nsize: square\n---\nA round badge\n'),
		});
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
	});

	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) {
			await workbench.page.keyboard.press(key);
		}
	};

	/** Waits until the open input box can be typed into. */
	const boxIsReady = () => workbench.page.locator('.quick-input-widget input:focus').waitFor();

	const editorIsReady = () => workbench.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();

	const open = async (path: string): Promise<void> => {
		await press('ControlOrMeta+1', 'ControlOrMeta+P');
		await boxIsReady();
		await workbench.page.keyboard.type(path);
		await workbench.page
			.locator('.quick-input-widget .monaco-list-row', { hasText: path.split('/').at(-1) ?? path })
			.first()
			.waitFor();
		await press('Enter');
		await workbench.editorShows(path);
		await editorIsReady();
	};

	const run = async (title: string): Promise<void> => {
		await press('F1');
		await boxIsReady();
		await workbench.page.keyboard.type(title);
		await workbench.page
			.locator(`.quick-input-widget .monaco-list-row.focused:is([aria-label="${title}"], [aria-label^="${title},"])`)
			.waitFor();
		await press('Enter');
	};

	/** Types the answer to a question that is recognised by some of its words; the text that is there is replaced. */
	const answer = async (question: string, text: string): Promise<void> => {
		await workbench.page.locator('.quick-input-widget', { hasText: question }).waitFor();
		await boxIsReady();
		await press('ControlOrMeta+A');
		await workbench.page.keyboard.type(text);
	};

	const inPanel = (locator: string) => workbench.webview.locator(locator);

	test('a selected sentence becomes a picture with a link below it', async () => {
		await open('docs/guide.md');
		await press('ControlOrMeta+Home', 'ArrowDown', 'ArrowDown', 'Shift+End');
		await workbench.page.locator('.statusbar-item', { hasText: '59 selected' }).waitFor();
		await run('Image Prompt: Generate Image from Selection');
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor();
		await press('ControlOrMeta+2');
		await workbench.tabTo('Insert');
		await press('Enter');
		await answer('Alternative text', 'A flower market');
		await workbench.screenshot('keyboard-alt-dark');
		await press('Enter');
		await workbench.webview.getByText(/^Inserted as /).waitFor();
		assert.match((await workbench.webview.getByRole('status').textContent()) ?? '', /^Picture inserted as docs\/images\//);
		await press('ControlOrMeta+1');
		await editorIsReady();
		await workbench.page.locator('.view-line', { hasText: '![A flower market](images/a-flower-market.png)' }).waitFor();
		await press('ControlOrMeta+S');
		const text = [
			'# Guide\n\nWatercolour of a flower market at sunrise, seen from above.\n\n',
			'![A flower market](images/a-flower-market.png)\n\nText after the picture.\n',
		].join('');
		await workbench.until('the page to be saved', () => workbench.readFile('docs/guide.md').toString() === text);
	});

	test('the focus comes back to the button after the question', async () => {
		await press('ControlOrMeta+2');
		await workbench.tabTo('Insert');
		await press('Enter');
		await boxIsReady();
		await press('Escape');
		await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
		const frame = await workbench.webviewFrame();
		await frame.waitForFunction(() => document.activeElement?.textContent.trim() === 'Insert');
	});

	test('a compatible server is added from the banner, and its address is checked while it is typed', async () => {
		await workbench.tabTo('Add a Compatible Server');
		await press('Enter');
		const reason = workbench.page.locator('.quick-input-widget .quick-input-message');
		for (const [address, words] of [
			['ftp://example.com/v1', 'http'],
			['http://example.com/v1', 'https'],
			[server.baseUrl, `Requests go to ${server.baseUrl}/images/generations`],
		] as const) {
			await answer('Add a Compatible Server', address);
			await reason.filter({ hasText: words }).waitFor();
			await workbench.screenshot(`keyboard-address-${words.length}-dark`);
		}
		await press('Enter');
		await answer('A name for the connection', 'studio');
		await press('Enter');
		await answer('The model to ask for', '');
		await press('Enter');
		await workbench.page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'No key' }).waitFor();
		await press('Enter');
		await workbench.webview.locator('.host', { hasText: 'studio' }).waitFor();
		assert.equal(await workbench.webview.getByRole('button', { name: 'Add OpenAI' }).count(), 0);
	});

	test('four candidates are walked, opened, zoomed and left again', async () => {
		await open('badges.imgprompt');
		await run('Image Prompt: Generate Image');
		await workbench.webview.getByRole('option').nth(3).waitFor();
		await press('ControlOrMeta+2');
		await workbench.tabTo('Candidate 1 of 4');
		await press('ArrowRight', 'ArrowDown');
		await inPanel('[role=option]:focus[aria-label="Candidate 4 of 4"]').waitFor();
		await workbench.screenshot('keyboard-candidates-dark');
		await press('Enter');
		await inPanel('zoom-picture:focus[aria-label^="Candidate 4 of 4"]').waitFor();
		await press('1', '+');
		await workbench.webview.getByText('125%').waitFor();
		await press('0', 'Escape');
		await inPanel('[role=option]:focus[aria-label="Candidate 4 of 4"]').waitFor();
		assert.deepEqual(
			server.accepted.map(({ body }) => body?.['n']),
			[4],
		);
	});

	test('a run is started and cancelled', async () => {
		server.behave({ hang: 'beforeHeaders' });
		await workbench.tabTo('Details');
		await press('ControlOrMeta+1');
		await editorIsReady();
		await run('Image Prompt: Generate Image');
		await workbench.webview.getByText('may still be billed').waitFor();
		await press('ControlOrMeta+2');
		await workbench.tabTo('Cancel');
		await workbench.screenshot('keyboard-running-dark');
		await press('Enter');
		await workbench.webview
			.getByText(/^Cancelled/)
			.first()
			.waitFor();
		await workbench.tabTo(/^Generate/);
	});

	test('nobody hears more than once what happened, and nothing lacks a name or a contrast', async () => {
		assert.match((await workbench.webview.getByRole('status').textContent()) ?? '', /^Cancelled/);
		assert.deepEqual(await axeViolations(await workbench.webviewFrame()), []);
	});

	test('no policy was broken on the way, and a breach would have been noticed', async () => {
		assert.deepEqual(workbench.policyBreaches, []);
		await (await workbench.webviewFrame()).evaluate(() => document.body.setAttribute('style', 'color: red'));
		await workbench.page.waitForTimeout(200);
		assert.equal(workbench.policyBreaches.length, 1);
	});
});
