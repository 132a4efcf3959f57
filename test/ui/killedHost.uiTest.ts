import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../src/core/run/records';
import { startImagesApiServer, type ImagesApiServer } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { copyExtension, installExtensions, makeScratch } from '../launch/lib/scratch.mjs';
import type { Scratch } from '../launch/lib/window.mjs';
import { openWorkbench, themes, type Workbench } from './harness';

suite('an extension host that is killed while a picture is being made', () => {
	let server: ImagesApiServer;
	let workbench: Workbench;
	let killed: RunRecord;

	let scratch: Scratch;

	suiteSetup(async () => {
		server = await startImagesApiServer({ keys: [canaryKey] });
		scratch = makeScratch({
			'workbench.colorTheme': themes.dark,
			'imgprompt.connections': [{ name: 'work', kind: 'openai', baseUrl: server.baseUrl, model: 'gpt-image-2' }],
			'imgprompt.partialImages': 2,
		});
		// A window restarts the host of installed extensions; that of an extension under development it leaves dead.
		installExtensions(scratch.extensionsFolder, [copyExtension(scratch)]);
		workbench = await openWorkbench({ scratch, extension: null });
		await workbench.openFile('hero.imgprompt');
		await workbench.runCommand('Image Prompt: Set API Key…');
		await workbench.answer(canaryKey);
	});

	suiteTeardown(async () => {
		await workbench.close();
		await server.close();
		scratch.remove();
	});

	const runs = (): string => join(workbench.globalStorage, 'runs');

	function records(): readonly RunRecord[] {
		return readdirSync(runs()).map(runId => JSON.parse(readFileSync(join(runs(), runId, 'run.json'), 'utf8')) as RunRecord);
	}

	async function eventually<T>(what: string, find: () => T | undefined | false): Promise<T> {
		for (let tries = 0; tries < 600; tries++) {
			const found = find();
			if (found !== undefined && found !== false) {
				return found;
			}
			await workbench.page.waitForTimeout(100);
		}
		throw new Error(`Waited in vain for ${what}.`);
	}

	test('has written down whose run it is, and every partial picture that arrived', async () => {
		server.behave({ hang: 'beforeFinal' });
		await workbench.runCommand('Image Prompt: Generate Image');
		await workbench.webview.getByRole('img', { name: 'Partial picture' }).waitFor();
		killed = await eventually('both partial pictures', () => records().find(({ partials }) => partials.length === 2));
		assert.deepEqual([killed.state, killed.result], ['left', undefined]);
		// The owner of a run begins with the id of its process.
		process.kill(Number.parseInt(killed.owner, 10), 'SIGKILL');
	});

	test('leaves no panel behind that goes on counting', async () => {
		await workbench.webview.getByText('The extension does not answer any more.').waitFor();
		assert.equal(await workbench.webview.getByRole('timer').count(), 0);
		await workbench.screenshot('killed-host-old-panel-dark');
	});

	test('is followed by one that lists the run as uncertain, with all that had arrived', async () => {
		const [record, ...others] = await eventually('the run to be settled', () => {
			const all = records();
			return all.every(({ state }) => state === 'finished') && all;
		});
		assert.deepEqual([record?.result?.status, record?.result?.failure?.kind, others], ['uncertain', 'uncertain', []]);
		assert.deepEqual(record?.partials, killed.partials);
		for (const { fileName, sha256 } of killed.partials) {
			const path = join(runs(), killed.runId, fileName);
			assert.equal(existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex'), sha256);
		}
	});

	test('shows it so, and nothing was sent twice', async () => {
		await workbench.runCommand('Image Prompt: Open Panel');
		await workbench.webview.getByText('It may have been billed.').first().waitFor();
		await workbench.webview.getByRole('img', { name: 'Partial picture' }).waitFor();
		await workbench.screenshot('killed-host-dark');
		assert.equal(server.accepted.length, 1);
	});

	test('lists it until the user decides, also after another restart', async () => {
		const isListed = async (): Promise<void> => {
			await workbench.page.locator('.statusbar-item[id$="imgprompt.undecided"]').waitFor();
			await workbench.runCommand('Image Prompt: Show History…');
			await workbench.page.locator('.quick-input-widget').getByText('May have been billed: decide').waitFor();
			await workbench.page.keyboard.press('Escape');
		};
		await isListed();
		await workbench.reload();
		await workbench.webview.getByText('It may have been billed.').first().waitFor();
		await isListed();
		assert.equal(records()[0]?.isDismissed, undefined);
	});

	test('an attempt that comes to nothing decides nothing', async () => {
		// This window forgot the key as it was loaded anew: in a browser the secret storage lasts as long as the page.
		await workbench.webview.getByRole('button', { name: 'Try Again Anyway' }).click();
		await workbench.webview.getByText('There is no API key').first().waitFor();
		await workbench.page.locator('.statusbar-item[id$="imgprompt.undecided"]').waitFor();
		assert.deepEqual(
			records().map(({ isDismissed }) => isDismissed),
			[undefined],
		);
	});

	test('leaves a window in which the next picture can be made', async () => {
		await workbench.runCommand('Image Prompt: Set API Key…');
		await workbench.answer(canaryKey);
		await workbench.runCommand('Image Prompt: Show History…');
		await workbench.choose('may have been billed');
		await workbench.webview.getByRole('button', { name: 'Try Again Anyway' }).click();
		await workbench.webview.getByRole('button', { name: 'Insert' }).waitFor();
		assert.deepEqual(
			[
				server.accepted.length,
				records()
					.map(({ result }) => result?.status)
					.sort(),
			],
			[2, ['succeeded', 'uncertain']],
		);
		await workbench.page.locator('.statusbar-item[id$="imgprompt.undecided"]').waitFor({ state: 'detached' });
		assert.deepEqual(
			records()
				.map(({ isDismissed }) => isDismissed ?? false)
				.sort(),
			[false, true],
		);
	});
});
