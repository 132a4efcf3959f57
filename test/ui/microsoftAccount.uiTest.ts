import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { canaryToken, checkSearch, searchFor } from '../launch/lib/canary.mjs';
import { fakeMicrosoftAccount, installExtensions, makeScratch } from '../launch/lib/scratch.mjs';
import type { Scratch } from '../launch/lib/window.mjs';
import { openWorkbench, type Workbench } from './harness';

/** Tokens as the fake account issues them, one after another. */
const token = (number: number): string => `ms${number}.${canaryToken}`;

/** Nobody has this name, nor will: a token that is sent there arrives nowhere. */
const lookalike = 'one.openai.azure.com.lookalike.invalid';

suite('a user with a Microsoft account', () => {
	let server: ImagesApiServer;
	let scratch: Scratch;
	let workbench: Workbench;
	let resultFile: string;

	suiteSetup(async () => {
		const audience = 'https://ai.azure.com';
		server = await startImagesApiServer({
			personality: 'azure',
			keys: [],
			tokens: [1, 2, 3].map(number => ({ token: token(number), audience })),
		});
		const connection = {
			name: 'foundry',
			kind: 'azure',
			baseUrl: server.baseUrl,
			deployment: 'pictures',
			model: 'gpt-image-2',
			auth: 'microsoft',
		};
		scratch = makeScratch({
			'imgprompt.connections': [connection, { ...connection, name: 'lookalike', baseUrl: `https://${lookalike}` }],
			'imgprompt.connection': 'foundry',
			'workbench.colorTheme': 'Dark 2026',
		});
		installExtensions(scratch.extensionsFolder, [fakeMicrosoftAccount]);
		resultFile = join(scratch.folder, 'result.json');
		const env = { IMGPROMPT_TEST_TOKEN: canaryToken, IMGPROMPT_TEST_RESULT: resultFile };
		workbench = await openWorkbench({ scratch, env, logLevel: 'imgprompt.imgprompt:trace' });
		await workbench.openFile('hero.imgprompt');
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
		scratch.remove();
	});

	const generate = () => workbench.webview.getByRole('button', { name: /^Generate/ }).click();
	const consent = () => workbench.page.locator('.monaco-dialog-box', { hasText: 'wants to sign in using Microsoft' });
	const press = (name: string) => workbench.page.locator('.monaco-dialog-box').getByRole('button', { name }).click();
	const authorizations = () => server.accepted.map(({ headers }) => headers.authorization);

	const generateByCode = async () => {
		rmSync(resultFile, { force: true });
		await workbench.runCommand('Fake Microsoft Account: Generate by Code');
		await workbench.until('the result of the run by code', () => existsSync(resultFile));
		const [result] = JSON.parse(readFileSync(resultFile, 'utf8')) as { status: string; failure?: { kind: string; code?: string } }[];
		return result;
	};

	test('is not asked by looking, nor by a run that code starts: that one is told to sign in', async () => {
		await workbench.page.locator('.codelens-decoration a', { hasText: 'Generate' }).first().waitFor();
		const result = await generateByCode();
		assert.deepEqual([result?.status, result?.failure?.kind, result?.failure?.code], ['failed', 'notSignedIn', 'signInNeeded']);
		await workbench.webview.getByRole('button', { name: 'Sign In' }).waitFor();
		assert.equal(await consent().count(), 0);
		assert.equal(server.requests.length, 0);
	});

	test('is asked by VS Code itself after pressing Generate, allows it, and sees the picture', async () => {
		await generate();
		await consent().waitFor();
		await press('Allow');
		await workbench.choose('ada@example.com');
		await workbench.webview.getByRole('button', { name: 'Insert' }).first().waitFor();
		await workbench.screenshot('microsoft-picture-dark');
		assert.deepEqual(authorizations(), [`Bearer ${token(1)}`]);
	});

	test('is not asked again, neither by the next press nor by code', async () => {
		await generate();
		await workbench.until('the second picture', () => server.accepted.length === 2);
		const result = await generateByCode();
		assert.equal(result?.status, 'succeeded');
		assert.deepEqual(
			authorizations(),
			[1, 1, 1].map(number => `Bearer ${token(number)}`),
		);
	});

	test('who has signed out is asked anew, and without an answer nothing is sent', async () => {
		await workbench.runCommand('Fake Microsoft Account: Sign Out');
		assert.equal((await generateByCode())?.failure?.code, 'signInNeeded');
		await generate();
		await consent().waitFor();
		await press('Cancel');
		await workbench.webview.getByText('Nobody signed in for “foundry”, so nothing was sent.').first().waitFor();
		await workbench.webview.getByRole('button', { name: 'Sign In' }).waitFor();
		await workbench.screenshot('microsoft-signed-out-dark');
		assert.equal(server.requests.length, 3);
	});

	test('chooses another account with Sign In, and is told who it is', async () => {
		await workbench.webview.getByRole('button', { name: 'Sign In' }).click();
		await consent().waitFor();
		await press('Allow');
		await workbench.choose('ben@example.com');
		await workbench.showNotification('“foundry” is signed in as ben@example.com.');
		await workbench.screenshot('microsoft-signed-in-dark');
		await workbench.page.getByRole('button', { name: 'Test Connection' }).first().click();
		await workbench.showNotification('“foundry” works.');
		await workbench.page.getByRole('button', { name: /^Image Prompt connection: foundry[^]*Signed in as ben@example\.com/ }).waitFor();
		await workbench.runCommand('Notifications: Clear All Notifications');
		await generate();
		await workbench.until('the picture of the other account', () => server.accepted.length === 4);
		assert.equal(authorizations().at(-1), `Bearer ${token(2)}`);
	});

	test('signs in anew after the host has refused the token, and code is told to have that done', async () => {
		server.behave({ status: 401, body: { error: { code: '401', message: 'Access token is missing, invalid or revoked.' } } });
		await generate();
		await workbench.webview.getByRole('button', { name: 'Sign In' }).waitFor();
		assert.equal((await generateByCode())?.failure?.code, 'signInNeeded');
		await generate();
		await workbench.page.locator('.monaco-dialog-box', { hasText: 'did not accept the last sign-in for “foundry”' }).waitFor();
		await press('Allow');
		await workbench.until('the picture with the new token', () => server.accepted.length === 5);
		assert.equal(authorizations().at(-1), `Bearer ${token(3)}`);
	});

	test('is asked before a host that only looks like Azure gets a token, and after No nobody is signed in', async () => {
		const question = () => workbench.page.locator('.monaco-dialog-box', { hasText: `Send an access token to ${lookalike}?` });
		await workbench.runCommand('Image Prompt: Test Connection…');
		await workbench.choose('lookalike');
		await question().waitFor();
		await workbench.screenshot('token-lookalike-dark');
		await workbench.page.keyboard.press('Enter');
		await workbench.showNotification(`No access token was sent to ${lookalike}.`);
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.runCommand('Image Prompt: Test Connection…');
		await workbench.choose('lookalike');
		await question().waitFor();
		await press('Send the Token');
		await workbench.showNotification(`The name of https://${lookalike} could not be found.`);
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.runCommand('Image Prompt: Test Connection…');
		await workbench.choose('lookalike');
		await workbench.showNotification(`The name of https://${lookalike} could not be found.`);
		await workbench.runCommand('Notifications: Clear All Notifications');
	});

	test('finds Sign In in the palette', async () => {
		assert.equal(await workbench.offersCommand('Image Prompt: Sign In…'), true);
	});

	test('leaves no token behind', () => {
		const { isMet, detail } = checkSearch(searchFor(canaryToken, [scratch.folder]), { needsLogs: true });
		assert.ok(isMet, detail);
	});
});
