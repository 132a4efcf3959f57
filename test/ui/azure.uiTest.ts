import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { axeViolations } from './axe';
import { openWorkbench, type Workbench } from './harness';

const dated = '2025-04-01-preview';

suite('connections, by keyboard', () => {
	let server: ImagesApiServer;
	let picky: ImagesApiServer;
	let workbench: Workbench;

	suiteSetup(async () => {
		server = await startImagesApiServer({ keys: [canaryKey], personality: 'azure' });
		picky = await startImagesApiServer({ keys: [canaryKey], personality: 'azure', wantsApiVersion: true });
		workbench = await openWorkbench();
		await workbench.openFile('hero.imgprompt');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await Promise.all([server.close(), picky.close()]);
	});

	const quickInput = () => workbench.page.locator('.quick-input-widget');

	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) {
			await workbench.page.keyboard.press(key);
		}
	};

	/** Waits for the question that says `words` in its title, its text, its list or its empty box, with the focus in it. */
	const asked = async (words: string): Promise<void> => {
		const inBox = workbench.page.locator(`input[placeholder*="${words.replaceAll('"', '\\"')}"]`);
		await quickInput()
			.filter({ hasText: words })
			.or(quickInput().filter({ has: inBox }))
			.first()
			.waitFor();
		await quickInput().locator('input:focus').waitFor();
	};

	/** Types an answer to the question that says `words`, in place of what is there. */
	const type = async (words: string, text: string): Promise<void> => {
		await asked(words);
		await press('ControlOrMeta+A');
		await workbench.page.keyboard.type(text);
	};

	const answer = async (words: string, text: string): Promise<void> => {
		await type(words, text);
		await press('Enter');
	};

	/** Chooses the row that begins with `row`, in the list under the question that says `words`. */
	const choose = async (words: string, row: string): Promise<void> => {
		await asked(words);
		await workbench.page.keyboard.type(row);
		await quickInput().locator('.monaco-list-row.focused', { hasText: row }).first().waitFor();
		await press('Enter');
	};

	/** VS Code empties the file before it writes it. */
	const userSettings = (): Readonly<Record<string, unknown>> => {
		const text = readFileSync(join(workbench.globalStorage, '..', '..', 'settings.json'), 'utf8');
		return JSON.parse(text || '{}') as Readonly<Record<string, unknown>>;
	};
	const entries = () => (userSettings()['imgprompt.connections'] ?? []) as readonly Readonly<Record<string, unknown>>[];
	const settled = (what: string, isTrue: () => boolean) => workbench.until(what, isTrue);

	const notified = async (words: string): Promise<void> => workbench.showNotification(words);
	const forgetNotices = () => workbench.runCommand('Notifications: Clear All Notifications');
	const manage = async (name: string): Promise<void> => {
		await workbench.runCommand('Image Prompt: Manage Connections…');
		await choose('Manage Connections', name);
	};

	test('the first panel offers Microsoft Foundry, and takes the address of a deployment as the portal shows it', async () => {
		await workbench.runCommand('Image Prompt: Open Panel');
		await workbench.webview.getByText('Add Microsoft Foundry').waitFor();
		assert.deepEqual(await axeViolations(await workbench.webviewFrame()), []);
		await workbench.tabTo('Add Microsoft Foundry');
		await press('Enter');
		await type('Paste any address', 'https://portal.azure.com/#home');
		await asked('must not be a page of the portal');
		await workbench.screenshot('azure-address-refused-dark');
		// What is wrong stands where the question was.
		await type('must not be a page of the portal', 'https://one.openai.azure.com.lookalike.example');
		await asked('one.openai.azure.com.lookalike.example is not Microsoft’s: whoever runs it gets your prompts, and the key or token.');
		await workbench.screenshot('azure-address-lookalike-dark');
		await type('is not Microsoft’s', `${server.url}/openai/deployments/pictures/images/generations?api-version=${dated}`);
		await asked(`Requests go to ${server.url}/openai/deployments/pictures/images/generations?api-version=${dated}`);
		await asked('The deployment "pictures" was taken from the address.');
		await workbench.screenshot('azure-address-dark');
		await press('Enter');
	});

	test('is asked which version, sees what each one means, and can go back', async () => {
		await asked('Which one is to be asked?');
		await asked('/openai/v1/images/generations');
		await workbench.screenshot('azure-version-dark');
		await press('Control+Alt+Minus');
		await asked('Paste any address');
		await press('Enter');
		await choose('Which one is to be asked?', 'Use v1');
	});

	test('finds the deployment filled in, says what it is, and gives a key', async () => {
		await asked('Name of the deployment');
		assert.equal(await quickInput().locator('input').first().inputValue(), 'pictures');
		await press('Enter');
		await asked('Which model is “pictures”?');
		await workbench.screenshot('azure-model-dark');
		await press('Enter');
		await answer('A name for the connection', 'foundry');
		await asked('How do you sign in to Azure?');
		await workbench.screenshot('azure-auth-dark');
		await choose('How do you sign in to Azure?', 'API key');
		await answer('API key. Leave it empty', canaryKey);
		await notified('“foundry” was added, and is used from now on.');
		assert.deepEqual(entries(), [
			{
				name: 'foundry',
				kind: 'azure',
				baseUrl: server.url,
				deployment: 'pictures',
				api: 'v1',
				model: 'gpt-image-2',
				auth: 'apiKey',
			},
		]);
	});

	test('tests it for nothing, and makes a test picture only when that is pressed', async () => {
		await workbench.page.getByRole('button', { name: 'Test Connection' }).first().click();
		await notified('“foundry” works. Checked:');
		await workbench.screenshot('azure-test-passed-dark');
		assert.equal(server.accepted.length, 0);
		await workbench.page.getByRole('button', { name: 'Make a Test Picture (≈ $0.0059)' }).first().click();
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor({ timeout: 30_000 });
		assert.equal(server.accepted.length, 1);
		const { model, size, quality } = server.accepted[0]?.body ?? {};
		assert.deepEqual({ model, size, quality }, { model: 'pictures', size: '1024x1024', quality: 'low' });
		await workbench.screenshot('azure-test-picture-dark');
		await forgetNotices();
	});

	test('sees every connection with its state, and goes back level by level with Escape', async () => {
		await workbench.runCommand('Image Prompt: Manage Connections…');
		await asked('foundry');
		await asked('Used by default · key set');
		await workbench.screenshot('manage-list-dark');
		await choose('Manage Connections', 'foundry');
		await asked('Replace API Key');
		await workbench.screenshot('manage-actions-dark');
		await choose('Replace API Key', 'Edit');
		await asked('What is to be changed?');
		await workbench.screenshot('manage-edit-dark');
		await press('Escape');
		await asked('Replace API Key');
		await press('Escape');
		await asked('Manage Connections');
		await press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
	});

	test('renames it, and the key is still there', async () => {
		await manage('foundry');
		await choose('Replace API Key', 'Edit');
		await choose('What is to be changed?', 'Name');
		await answer('Edit “foundry”', 'azure');
		await asked('Edit “azure”');
		assert.deepEqual(
			entries().map(({ name }) => name),
			['azure'],
		);
		assert.equal(userSettings()['imgprompt.connection'], 'azure');
		await press('Escape');
		await asked('Replace API Key');
	});

	test('duplicates it without the key unless it says otherwise', async () => {
		await choose('Replace API Key', 'Duplicate');
		await answer('A name for the copy', 'second');
		await choose('Copy the Key?', 'Without a key');
		await asked('Manage Connections');
		await asked('no key');
		await settled('two entries', () => entries().length === 2);
		await choose('Manage Connections', 'second');
		await choose('Set API Key', 'Edit');
		await choose('What is to be changed?', 'Address');
		await type('Address. For another host', `${picky.url}/openai/v1`);
		await asked(`Requests go to ${picky.url}/openai/v1/images/generations`);
		await workbench.screenshot('manage-address-dark');
		await press('Enter');
		await asked('What is to be changed?');
		await press('Escape');
		await choose('Set API Key', 'Set API Key');
		await answer('API Key of “second”', 'wrong-key');
		await asked('Replace API Key');
	});

	test('is told that the key is refused, sets another one, and lets the version be mended', async () => {
		await choose('Replace API Key', 'Test Connection');
		await notified('“second” does not work yet.');
		await workbench.screenshot('azure-test-key-refused-dark');
		await workbench.page.getByRole('button', { name: 'Set API Key' }).first().click();
		await answer('API Key of “second”', canaryKey);
		await notified('The key of “second” was stored.');
		await workbench.page.getByRole('button', { name: 'Test Connection' }).first().click();
		await notified('wants an api-version');
		await workbench.screenshot('azure-test-version-dark');
		await workbench.page.getByRole('button', { name: 'Use api-version=preview' }).first().click();
		await notified('“second” works. Checked:');
		assert.equal(entries()[1]?.['api'], 'preview');
		assert.equal(server.accepted.length + picky.accepted.length, 1);
		await forgetNotices();
	});

	test('is told that a key does not go to another host', async () => {
		await manage('second');
		await choose('Replace API Key', 'Edit');
		await choose('What is to be changed?', 'Address');
		await answer('Address. For another host', server.url);
		await asked('What is to be changed?');
		await press('Escape');
		await asked('Set API Key');
		await press('Escape');
		await asked('Manage Connections');
		await press('Escape');
		await quickInput().waitFor({ state: 'hidden' });
		await notified('was not taken along; it was forgotten');
		await workbench.screenshot('manage-key-left-dark');
		await forgetNotices();
	});

	test('makes it the default, and deletes it after a question', async () => {
		await manage('second');
		await choose('Set API Key', 'Use by Default');
		await asked('Manage Connections');
		await settled('the default', () => userSettings()['imgprompt.connection'] === 'second');
		await choose('Manage Connections', 'second');
		await choose('Set API Key', 'Delete');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.getByText('Delete the connection “second”?').waitFor();
		await workbench.screenshot('manage-delete-dark');
		await press('Enter');
		await asked('Manage Connections');
		await settled('one entry', () => entries().length === 1);
		assert.equal(userSettings()['imgprompt.connection'], undefined);
		await press('Escape');
	});

	test('is shown in the panel what helps when the host wants a version', async () => {
		picky.reset();
		await workbench.runCommand('Image Prompt: Add Connection…');
		await choose('Who makes the pictures?', 'Microsoft Foundry');
		await answer('Paste any address', picky.url);
		await answer('Name of the deployment', 'pictures');
		await choose('Which model is “pictures”?', 'gpt-image-2');
		await answer('A name for the connection', 'picky');
		await choose('How do you sign in to Azure?', 'API key');
		await answer('API key. Leave it empty', canaryKey);
		await notified('“picky” was added.');
		await workbench.page.getByRole('button', { name: 'Use by Default' }).first().click();
		await settled('the default', () => userSettings()['imgprompt.connection'] === 'picky');
		await press('ControlOrMeta+1');
		await workbench.openFile('hero.imgprompt');
		await workbench.runCommand('Image Prompt: Generate Image');
		await workbench.webview.getByRole('button', { name: 'Use api-version=preview' }).waitFor();
		await workbench.screenshot('azure-panel-version-dark');
		await workbench.webview.getByRole('button', { name: 'Use api-version=preview' }).click();
		await notified('Generate again to use it.');
		assert.equal(entries().find(({ name }) => name === 'picky')?.['api'], 'preview');
		assert.equal(picky.accepted.length, 0);
	});
});

for (const theme of ['light', 'highContrast'] as const) {
	suite(`connections in the theme ${theme}`, () => {
		let server: ImagesApiServer;
		let workbench: Workbench;

		suiteSetup(async () => {
			server = await startImagesApiServer({ keys: [canaryKey], personality: 'azure' });
			workbench = await openWorkbench({
				theme,
				settings: {
					'imgprompt.connections': [
						{ name: 'foundry', kind: 'azure', baseUrl: server.url, deployment: 'pictures', auth: 'microsoft' },
						{ name: 'old', kind: 'azure', baseUrl: 'http://example.com' },
						{ name: 'keyed', kind: 'azure', baseUrl: server.url, deployment: 'pictures', auth: 'apiKey' },
					],
				},
			});
			await workbench.openFile('hero.imgprompt');
		});

		suiteTeardown(async () => {
			await workbench.close();
			await server.close();
		});

		const row = (text: string) => workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();

		test('a connection, one that can’t be used and the reason are listed, with what can be done', async () => {
			await workbench.runCommand('Image Prompt: Manage Connections…');
			await row('not signed in').waitFor();
			await row('must begin with https://').waitFor();
			await workbench.screenshot(`manage-list-${theme}`);
			await workbench.choose('foundry');
			await row('Sign In…').waitFor();
			await workbench.screenshot(`manage-actions-${theme}`);
			await workbench.choose('Edit…');
			await row('Tenant').waitFor();
			await workbench.screenshot(`manage-edit-${theme}`);
			for (const shown of ['Sign In…', 'not signed in']) {
				await workbench.page.keyboard.press('Escape');
				await row(shown).waitFor();
			}
			await workbench.page.keyboard.press('Escape');
		});

		test('an address is shown back, and refused with the reason', async () => {
			await workbench.runCommand('Image Prompt: Add Connection…');
			await row('Microsoft Foundry (Azure)').waitFor();
			await workbench.screenshot(`add-kinds-${theme}`);
			await workbench.choose('Microsoft Foundry (Azure)');
			await workbench.page.locator('.quick-input-widget', { hasText: 'Paste any address' }).waitFor();
			await workbench.page.keyboard.type('https://res.services.ai.azure.com/api/projects/mine');
			const message = workbench.page.locator('.quick-input-message');
			await message.getByText('Requests go to https://res.services.ai.azure.com/openai/v1/images/generations').waitFor();
			await workbench.screenshot(`azure-address-${theme}`);
			await workbench.page.keyboard.type('/#x');
			await message.getByText('must not contain a fragment').waitFor();
			await workbench.screenshot(`azure-address-refused-${theme}`);
			await workbench.page.keyboard.press('Escape');
		});

		test('versions, models and credentials are listed with what they mean', async () => {
			const { keyboard } = workbench.page;
			await workbench.runCommand('Image Prompt: Add Connection…');
			await row('Microsoft Foundry (Azure)').waitFor();
			await workbench.choose('Microsoft Foundry (Azure)');
			await workbench.page.locator('.quick-input-widget', { hasText: 'Paste any address' }).waitFor();
			await keyboard.type('https://res.openai.azure.com/openai/deployments/pictures?api-version=2025-04-01-preview');
			await keyboard.press('Enter');
			await row('Keep 2025-04-01-preview').waitFor();
			await workbench.screenshot(`azure-version-${theme}`);
			await keyboard.press('Enter');
			await workbench.page.locator('.quick-input-widget', { hasText: 'Name of the deployment' }).waitFor();
			await keyboard.press('Enter');
			await row('gpt-image-1-mini').waitFor();
			await workbench.screenshot(`azure-model-${theme}`);
			await keyboard.press('Enter');
			await workbench.page.locator('.quick-input-widget', { hasText: 'A name for the connection' }).waitFor();
			await keyboard.press('Enter');
			await row('Needs the role Cognitive Services OpenAI User').waitFor();
			await workbench.screenshot(`azure-auth-${theme}`);
			await keyboard.press('Escape');
		});

		test('a failed test says what is missing, and offers it', async () => {
			await workbench.runCommand('Image Prompt: Test Connection…');
			await workbench.choose('keyed');
			await workbench.showNotification('“keyed” does not work yet. Key: There is no API key for “keyed”');
			await workbench.page.getByRole('button', { name: 'Set API Key' }).first().waitFor();
			await workbench.screenshot(`azure-test-failed-${theme}`);
			await workbench.runCommand('Notifications: Clear All Notifications');
		});

		test('another deployment that is named after a model is that model from now on', async () => {
			await workbench.runCommand('Image Prompt: Manage Connections…');
			await workbench.choose('keyed');
			await workbench.choose('Edit…');
			await workbench.choose('Deployment');
			await workbench.page.locator('.quick-input-widget input:focus').waitFor();
			await workbench.page.keyboard.press('ControlOrMeta+A');
			await workbench.page.keyboard.type('gpt-image-1-mini');
			await workbench.page.keyboard.press('Enter');
			await workbench.page.locator('.monaco-list-row', { hasText: /Model.*gpt-image-1-mini/ }).waitFor();
			await workbench.page.keyboard.press('Escape');
		});
	});
}
