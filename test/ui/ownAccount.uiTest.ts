import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { openWorkbench, type Workbench } from './harness';

const failure = (code: string, message: string) => ({ error: { code, message, type: 'invalid_request_error', param: null } });

suite('a user with an account', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;

	suiteSetup(async () => {
		server = await startImagesApiServer({ keys: [canaryKey], usual: { paceMs: 20 } });
		workbench = await openWorkbench({
			settings: {
				'imgprompt.connections': [{ name: 'work', kind: 'openai', baseUrl: server.baseUrl, model: 'gpt-image-2' }],
				'imgprompt.partialImages': 2,
			},
		});
		await workbench.openFile('hero.imgprompt');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
	});

	setup(() => server.reset());

	const setKeyWhenAsked = async () => {
		await generate();
		await workbench.webview.getByRole('button', { name: 'Set Key' }).click();
		await workbench.answer(canaryKey);
		await workbench.showNotification('was stored');
	};

	/** The button is Generate at first and Generate Again after a run. */
	const generate = () => workbench.webview.getByRole('button', { name: /^Generate/ }).click();

	test('sees the price before anything is sent', async () => {
		await workbench.page.locator('.codelens-decoration a', { hasText: 'Generate ≈ $0.05' }).waitFor();
		await workbench.page.locator('.codelens-decoration a', { hasText: 'Preview' }).click();
		await workbench.webview.getByText('≈ $0.047 estimated').waitFor();
		await workbench.screenshot('account-preview-dark');
		assert.equal(server.requests.length, 0);
	});

	test('is told that the key is missing, and the button asks for it', async () => {
		await setKeyWhenAsked();
		await workbench.screenshot('account-key-stored-dark');
		await workbench.runCommand('Notifications: Clear All Notifications');
		assert.equal(server.requests.length, 0);
	});

	test('sees partial pictures and the time while it is being made', async () => {
		server.behave({ hang: 'beforeFinal' });
		await generate();
		await workbench.webview.getByRole('timer').waitFor();
		await workbench.webview.getByRole('img', { name: 'Partial picture' }).waitFor();
		await workbench.webview.getByText('may still be billed').waitFor();
		await workbench.screenshot('account-running-dark');
	});

	test('cancels, and keeps what had arrived', async () => {
		await workbench.webview.getByRole('button', { name: 'Cancel' }).click();
		await workbench.webview.getByRole('timer').waitFor({ state: 'detached' });
		await workbench.webview.getByRole('img', { name: 'Partial picture' }).waitFor();
		await workbench.screenshot('account-cancelled-dark');
	});

	test('gets several candidates, walks them by keyboard and opens one', async () => {
		writeFileSync(join(workbench.workspace, 'badges.imgprompt'), '---\nn: 4\nsize: square\nquality: low\n---\nA round badge\n');
		await workbench.openFile('badges.imgprompt');
		await workbench.page.locator('.editor-group-container.active .codelens-decoration a', { hasText: 'Generate' }).click();
		const candidates = workbench.webview.getByRole('option').or(workbench.webview.getByRole('button', { name: /^Candidate/ }));
		await candidates.nth(3).waitFor();
		await workbench.screenshot('account-candidates-dark');
		await candidates.first().focus();
		await workbench.page.keyboard.press('ArrowRight');
		await workbench.page.keyboard.press('Enter');
		await workbench.webview
			.getByRole('img', { name: /Picture, 1024 × 1024 pixels|Candidate 2/ })
			.first()
			.waitFor();
		await workbench.screenshot('account-candidate-dark');
		assert.equal(server.accepted.length, 1);
	});

	test('is told what to do after a failure', async () => {
		server.behave({ status: 401, body: failure('invalid_api_key', 'Incorrect API key provided.') });
		await generate();
		await workbench.webview.getByRole('button', { name: 'Set Key' }).waitFor();
		await workbench.screenshot('account-failed-dark');
	});

	test('decides about a run whose outcome is not known', async () => {
		server.behave({ reset: 'midPicture' });
		await generate();
		await workbench.webview.getByText('The connection was lost after the request had left. It may have been billed.').first().waitFor();
		for (const name of ['Open Usage Page', 'Try Again Anyway', 'Dismiss']) {
			assert.equal(await workbench.webview.getByRole('button', { name }).isVisible(), true, name);
		}
		await workbench.screenshot('account-uncertain-dark');
		assert.equal(server.accepted.length, 1);
	});

	test('sees a rate limit of two hours count down, and need not wait', async () => {
		server.behave({ status: 429, headers: { 'retry-after': '7200' }, body: failure('rate_limit_exceeded', 'Rate limit reached.') });
		await workbench.webview.getByRole('button', { name: 'Try Again Anyway' }).click();
		await workbench.webview.getByRole('button', { name: 'Try Now' }).waitFor();
		await workbench.webview
			.getByText(/1:59:\d\d h/)
			.first()
			.waitFor();
		assert.equal(await workbench.webview.getByRole('button', { name: 'Cancel' }).first().isVisible(), true);
		await workbench.screenshot('account-waiting-dark');
		await workbench.webview.getByRole('button', { name: 'Try Now' }).click();
		await workbench.webview.getByRole('button', { name: 'Insert' }).or(candidate(1)).first().waitFor();
		assert.equal(server.requests.length, 2);
	});

	const candidate = (number: number) => workbench.webview.getByRole('option', { name: new RegExp(`^Candidate ${number}`) });

	test('finds a run that was under way when the window went away as uncertain', async () => {
		// Which panels there are is kept when a window is reloaded in order, and only now and then otherwise.
		await workbench.reload();
		// The secrets of a window in a browser end with its page.
		await setKeyWhenAsked();
		server.behave({ hang: 'afterHeaders' });
		await generate();
		await workbench.webview.getByText('may still be billed').waitFor();
		await workbench.reloadAtOnce();
		await workbench.webview.getByText('It may have been billed.').first().waitFor({ timeout: 40_000 });
		await workbench.screenshot('account-restored-uncertain-dark');
		assert.equal(server.accepted.length, 1);
	});

	test('never saw a policy broken in all these states', () => {
		assert.deepEqual(workbench.policyBreaches, []);
	});
});
