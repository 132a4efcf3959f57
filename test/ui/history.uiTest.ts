import * as assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { RunRecord } from '../../src/core/run/records';
import { finishedRecord, pictureOf, recordOf, resultOf } from '../gallery/sessions';
import { pngPicture } from '../fakes/pictures';
import { makeScratch } from '../launch/lib/scratch.mjs';
import type { Scratch } from '../launch/lib/window.mjs';
import { axeViolations } from './axe';
import { openWorkbench, themes, type Workbench } from './harness';

const png = pngPicture({ width: 320, height: 200 });

/** A run of some minutes after nine, with the name that such a run has. */
function runOf(minute: number, prompt: string, record: RunRecord): RunRecord {
	const runId = `20261119-09${String(minute).padStart(2, '0')}00-000000000000000${minute % 10}`;
	const startedAt = `2026-11-19T09:${String(minute).padStart(2, '0')}:00.000Z`;
	const { result } = record;
	return {
		...record,
		runId,
		startedAt,
		prompt,
		source: { kind: 'input' },
		...(result ? { result: { ...result, runId, startedAt } } : {}),
	};
}

const picture = pictureOf(0, { fileName: 'final-0.png', width: 320, height: 200, bytes: png.length });
const uncertain = recordOf({
	state: 'finished',
	result: resultOf({ status: 'uncertain', cost: { usd: 0.041, estimated: true }, failure: { kind: 'uncertain', message: 'Lost.' } }),
});
const history: readonly RunRecord[] = [
	runOf(0, 'A buoy in the rain', uncertain),
	runOf(1, 'A lighthouse at dusk', uncertain),
	runOf(2, 'A ferry in the fog', finishedRecord({}, { pictures: [picture] })),
	runOf(3, 'A harbour without boats', recordOf({ state: 'finished', result: resultOf({ status: 'failed' }) })),
	runOf(4, 'A map of the coast', finishedRecord({}, { hostKind: 'sandbox', connection: 'sandbox', pictures: [picture] })),
	// The process that made it is gone.
	runOf(5, 'A storm over the pier', recordOf({ state: 'left', owner: '1-dead-00' })),
];

suite('the history of runs', () => {
	let scratch: Scratch;
	let workbench: Workbench;

	suiteSetup(async () => {
		scratch = makeScratch({
			'workbench.colorTheme': themes.dark,
			'imgprompt.connections': [{ name: 'openai', kind: 'openai' }],
		});
		for (const record of history) {
			const folder = join(scratch.dataFolder, 'data', 'User', 'globalStorage', 'imgprompt.imgprompt', 'runs', record.runId);
			mkdirSync(folder, { recursive: true });
			writeFileSync(join(folder, 'run.json'), JSON.stringify(record, undefined, '\t'));
			if (record.pictures.length > 0) {
				writeFileSync(join(folder, picture.fileName), png);
			}
		}
		workbench = await openWorkbench({ scratch });
	});

	suiteTeardown(async () => {
		await workbench.close();
		scratch.remove();
	});

	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) {
			await workbench.page.keyboard.press(key);
		}
	};
	const list = (): Locator => workbench.page.locator('.quick-input-widget');
	const row = (text: string): Locator => list().locator('.monaco-list-row', { hasText: text });
	const statusItem = (): Locator => workbench.page.locator('.statusbar-item[id$="imgprompt.undecided"]');
	const onDisk = (index: number): RunRecord =>
		JSON.parse(readFileSync(join(workbench.globalStorage, 'runs', history[index]?.runId ?? '', 'run.json'), 'utf8')) as RunRecord;

	/** The words of all rows in their order, without what a person can't read in them. */
	const rows = async (): Promise<readonly string[]> =>
		(await list().locator('.monaco-list-row .quick-input-list-row:first-child .label-name').allInnerTexts()).map(text => text.trim());

	const showList = async (): Promise<void> => {
		await workbench.runCommand('Image Prompt: Show History…');
		await row('A ferry in the fog').waitFor();
	};

	/** Goes down the list until the row with these words is active. */
	const walkTo = async (text: string): Promise<void> => {
		for (let step = 0; (await list().locator('.monaco-list-row.focused', { hasText: text }).count()) === 0; step++) {
			assert.ok(step < 10, `the arrow keys never reached «${text}»`);
			await press('ArrowDown');
			await workbench.page.waitForTimeout(50);
		}
	};

	/** Presses Tab until the button of the active row with this name has the focus. */
	const tabTo = async (name: string): Promise<void> => {
		const passed: string[] = [];
		for (let step = 0; step < 6; step++) {
			await press('Tab');
			const label = await workbench.page.evaluate(nameInFocus);
			if (label.startsWith(name)) {
				return;
			}
			passed.push(label);
		}
		assert.fail(`Tab never reached «${name}», only ${passed.join(', ')}`);
	};

	test('begins with a message when a start finds a run that may have been billed', async () => {
		await workbench.runCommand('Image Prompt: Show History…');
		await row('A storm over the pier').waitFor();
		await press('Escape');
		assert.equal(onDisk(5).result?.status, 'uncertain');
		await workbench.showNotification('It may have been billed');
		assert.equal(await workbench.page.locator('.notifications-center .notification-list-item', { hasText: 'billed' }).count(), 1);
		await workbench.screenshot('history-notification-dark');
		await workbench.page.locator('.notifications-center').getByRole('button', { name: 'Show' }).click();
		await row('A storm over the pier').waitFor();
	});

	test('has the undecided runs on top, and the others from the newest on', async () => {
		await list().getByText('May have been billed: decide').waitFor();
		assert.deepEqual(await rows(), [
			'A storm over the pier',
			'A lighthouse at dusk',
			'A buoy in the rain',
			'A map of the coast',
			'A harbour without boats',
			'A ferry in the fog',
		]);
		const label = (await row('A ferry in the fog').getAttribute('aria-label')) ?? '';
		assert.match(label, /Nov 19, 2026.*1 picture · \$0\.041 · openai · gpt-image-2/);
		await workbench.screenshot('history-list-dark');
		await press('Escape');
	});

	test('says in the status bar that something waits for a decision', async () => {
		await statusItem().waitFor();
		assert.match((await statusItem().innerText()).trim(), /Billed\? 3$/);
		const label = await statusItem().locator('[aria-label]').first().getAttribute('aria-label');
		assert.match(label ?? '', /3 image runs may have been billed and wait for your decision/);
	});

	test('a run is dismissed in the list by keyboard, and is then one of the others', async () => {
		await statusItem().locator('a').click();
		await row('A storm over the pier').waitFor();
		await walkTo('A storm over the pier');
		await tabTo('Dismiss');
		await press('Enter');
		await workbench.until('the decision to be on disk', () => onDisk(5).isDismissed === true);
		await statusItem().getByText('Billed? 2').waitFor();
		assert.deepEqual((await rows()).slice(0, 3), ['A lighthouse at dusk', 'A buoy in the rain', 'A storm over the pier']);
		await list().locator('.monaco-list-row.focused', { hasText: 'A storm over the pier' }).waitFor();
		await list().locator('input:focus').waitFor();
		await press('ArrowUp');
		await list().locator('.monaco-list-row.focused', { hasText: 'A buoy in the rain' }).waitFor();
		await press('Escape');
		await list().waitFor({ state: 'hidden' });
	});

	test('a run is starred in the list by keyboard', async () => {
		await showList();
		await walkTo('A ferry in the fog');
		await tabTo('Star');
		await press('Enter');
		await workbench.until('the star to be on disk', () => onDisk(2).isStarred === true);
		await row('A ferry in the fog').locator('.codicon-star-full').first().waitFor();
		await workbench.screenshot('history-starred-dark');
		await press('Escape');
	});

	test('choosing a run opens the panel with it, and its star goes again', async () => {
		await showList();
		await walkTo('A ferry in the fog');
		await press('Enter');
		await workbench.webview.getByRole('img', { name: /Picture, 320/ }).waitFor();
		const star = workbench.webview.getByRole('switch', { name: 'Star' });
		assert.equal(await star.getAttribute('aria-checked'), 'true');
		await workbench.screenshot('history-panel-starred-dark');
		await workbench.tabTo('Star');
		await press('Enter');
		await workbench.webview.locator('vscode-toolbar-button.star:not(.starred)').waitFor();
		assert.equal(await star.getAttribute('aria-checked'), 'false');
		assert.equal(onDisk(2).isStarred, false);
		assert.deepEqual(await axeViolations(await workbench.webviewFrame()), []);
	});

	test('a run that is decided in the panel is no longer counted in the status bar, and nothing was sent', async () => {
		await showList();
		await walkTo('A lighthouse at dusk');
		await press('Enter');
		await workbench.webview.getByText('It may have been billed.').first().waitFor();
		await workbench.screenshot('history-panel-undecided-dark');
		await workbench.webview.getByRole('button', { name: 'Dismiss' }).click();
		await statusItem().getByText('Billed? 1').waitFor();
		assert.equal(onDisk(1).isDismissed, true);
	});

	for (const theme of ['light', 'highContrast'] as const) {
		test(`can be read in every theme: ${theme}`, async () => {
			await workbench.runCommand('Preferences: Color Theme');
			await workbench.page.locator('.quick-input-widget input').first().fill(themes[theme]);
			await row(themes[theme]).first().click();
			await showList();
			await workbench.screenshot(`history-list-${theme}`);
			await walkTo('A ferry in the fog');
			await press('Enter');
			await workbench.webview.getByRole('img', { name: /Picture, 320/ }).waitFor();
			await workbench.screenshot(`history-panel-${theme}`);
		});
	}

	test('breaks no policy', () => {
		assert.deepEqual(workbench.policyBreaches, []);
	});
});

/** Runs in the workbench: the accessible name of the element in focus, else what it is. */
function nameInFocus(): string {
	const focused = document.activeElement;
	return focused?.getAttribute('aria-label') ?? focused?.className ?? '';
}
