import * as assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { GalleryPage, themeNames, type ThemeName } from '../gallery/galleryPage';
import { stateFor } from '../gallery/galleryState';
import { GalleryServer } from '../gallery/server';
import { galleryStates, type GalleryState } from '../gallery/states';
import { ensureChromium } from '../launch/lib/chromium.mjs';
import { chromiumOptions } from '../launch/lib/workbench.mjs';
import { axeViolations } from './axe';

const widths = [320, 600, 1200] as const;
const scriptBudget = 120_000;
const output = join(process.cwd(), 'out', 'gallery');

suite('The panel’s page', () => {
	const pageFolder = join(output, 'page');
	const server = new GalleryServer(pageFolder);
	let browser: Browser;

	suiteSetup(async () => {
		await buildPage(pageFolder);
		await server.start();
		browser = await chromium.launch(chromiumOptions(await ensureChromium()));
	});

	suiteTeardown(async () => {
		await browser.close();
		await server.stop();
	});

	const open = async (theme: ThemeName = 'dark', options: Parameters<Browser['newContext']>[0] = {}): Promise<GalleryPage> =>
		GalleryPage.open(await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options }), server.origin, theme);

	test('has a script of at most 120 kB', async () => {
		const { length } = await readFile(join(pageFolder, 'webview.js'));
		assert.ok(length <= scriptBudget, `${length} bytes`);
	});

	for (const theme of themeNames) {
		for (const state of galleryStates) {
			test(`shows ${state.name} in ${theme}: readable, within its width, without a breach of policy`, async () => {
				const gallery = await open(theme);
				await checkState(gallery, state, theme, server.origin);
				await gallery.page.context().close();
			});
		}
	}

	for (const forced of ['done', 'several', 'uncertain']) {
		test(`stays readable with forced colours and reduced motion: ${forced}`, async () => {
			const gallery = await open('hcDark', { forcedColors: 'active', reducedMotion: 'reduce' });
			await gallery.show(stateFor(named(forced), server.origin));
			await gallery.page.screenshot({ path: join(output, `forced-${forced}.png`) });
			assert.deepEqual(await axeViolations(gallery.page), []);
			await gallery.page.context().close();
		});
	}

	test('counts the seconds of a run by itself', async () => {
		const gallery = await open();
		await gallery.show(stateFor(named('running'), server.origin));
		const clock = gallery.page.getByRole('timer');
		assert.equal(await clock.textContent(), '1:05 min');
		await gallery.page.getByText('1:07 min').waitFor();
		await gallery.page.context().close();
	});

	test('drops a state that is older than the one it shows', async () => {
		const gallery = await open();
		await gallery.show(stateFor(named('done'), server.origin, 5));
		await gallery.page.evaluate(
			state => window.postMessage({ type: 'stateChanged', state }, '*'),
			stateFor(named('running'), server.origin, 4),
		);
		await gallery.page.evaluate(() => new Promise(requestAnimationFrame));
		assert.equal(await gallery.page.locator('.panel.done').count(), 1);
		await gallery.page.context().close();
	});

	test('walks the candidates with arrows, opens one with Enter, zooms by keys and returns with Escape', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('several'), server.origin));
		await page.getByRole('option', { name: 'Candidate 1 of 4' }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		assert.equal(await page.getByRole('option', { selected: true }).getAttribute('aria-label'), 'Candidate 3 of 4');
		await page.screenshot({ path: join(output, 'focus-several.png') });
		await page.keyboard.press('Enter');
		const picture = page.locator('zoom-picture');
		assert.match((await picture.getAttribute('aria-label')) ?? '', /^Candidate 3 of 4/);
		assert.equal(await picture.evaluate(element => element === document.activeElement), true);
		await page.keyboard.press('1');
		assert.deepEqual(await shownSize(page), { width: 1536, height: 1024 });
		await page.keyboard.press('+');
		assert.equal((await shownSize(page)).width, 1920);
		await page.screenshot({ path: join(output, 'zoomed.png') });
		await page.keyboard.press('Escape');
		assert.ok((await shownSize(page)).width < 1200);
		await page.keyboard.press('ArrowRight');
		assert.match((await picture.getAttribute('aria-label')) ?? '', /^Candidate 4 of 4/);
		await page.keyboard.press('Escape');
		assert.equal(
			await page.getByRole('option', { name: 'Candidate 4 of 4' }).evaluate(element => element === document.activeElement),
			true,
		);
		await page.context().close();
	});

	test('walks up and down between lines of candidates, of which a narrow panel has two columns', async () => {
		const gallery = await open('dark', { viewport: { width: 320, height: 640 } });
		const { page } = gallery;
		await gallery.show(stateFor(named('several'), server.origin));
		await page.getByRole('option', { name: 'Candidate 2 of 4' }).focus();
		await page.keyboard.press('ArrowDown');
		assert.equal(await page.getByRole('option', { selected: true }).getAttribute('aria-label'), 'Candidate 4 of 4');
		await page.keyboard.press('ArrowUp');
		assert.equal(await page.getByRole('option', { selected: true }).getAttribute('aria-label'), 'Candidate 2 of 4');
		const { width, height } = (await page.getByRole('option', { selected: true }).boundingBox()) ?? { width: 0, height: 1 };
		assert.ok(Math.abs(width / height - 1.5) < 0.02, `the ring stands at the picture: ${width} × ${height}`);
		await page.context().close();
	});

	test('pans a zoomed picture by dragging, within its edges', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('done'), server.origin));
		await page.locator('zoom-picture').focus();
		await page.keyboard.press('1');
		const before = await imageBox(page);
		await page.mouse.move(400, 300);
		await page.mouse.down();
		await page.mouse.move(350, 280, { steps: 4 });
		await page.mouse.up();
		const after = await imageBox(page);
		assert.deepEqual([after.x - before.x, after.y - before.y], [-50, -20]);
		await page.mouse.down();
		await page.mouse.move(400 - 5000, 0, { steps: 2 });
		await page.mouse.up();
		const stage = await page.locator('zoom-picture').boundingBox();
		const edge = await imageBox(page);
		assert.equal(Math.round(edge.x + edge.width), Math.round((stage?.x ?? 0) + (stage?.width ?? 0)));
		await page.context().close();
	});

	test('draws one picture pixel per device pixel at 1:1 on a dense screen', async () => {
		const gallery = await open('dark', { deviceScaleFactor: 2 });
		await gallery.show(stateFor(named('done'), server.origin));
		await gallery.page.keyboard.press('1');
		assert.deepEqual(await shownSize(gallery.page), { width: 768, height: 512 });
		await gallery.page.context().close();
	});

	test('asks the extension by opaque ids, once per press, and shows why it failed', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('done'), server.origin));
		await gallery.failNext('insert', undefined);
		await page.getByRole('button', { name: 'Insert' }).click();
		await page.getByRole('button', { name: 'Insert' }).click({ force: true });
		await gallery.failNext('saveAs', 'The disk is full.');
		await page.getByRole('button', { name: 'Save As…' }).click();
		await page.getByRole('alert').getByText('The disk is full.').waitFor();
		const { sent } = await gallery.traffic();
		const params = { runId: '20261120-090000-a1b2c3', index: 0 };
		assert.deepEqual(
			sent.map(({ method, params: given }) => [method, given]),
			[
				['ready', {}],
				['insert', params],
				['saveAs', params],
			],
		);
		await page.context().close();
	});

	test('stars a run by keyboard, says whether it is starred, and takes a failure back', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('done'), server.origin));
		const star = page.getByRole('switch', { name: 'Star' });
		assert.equal(await star.getAttribute('aria-checked'), 'false');
		await gallery.failNext('star', 'The disk is full.');
		await star.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('alert').getByText('The disk is full.').waitFor();
		assert.equal(await star.getAttribute('aria-checked'), 'false');
		await gallery.show(stateFor(named('done-starred'), server.origin, 2));
		assert.equal(await star.getAttribute('aria-checked'), 'true');
		await page.keyboard.press('Space');
		const { sent } = await gallery.traffic();
		assert.deepEqual(
			sent.filter(({ method }) => method === 'star').map(({ params }) => params),
			[true, false].map(isStarred => ({ runId: '20261120-090000-a1b2c3', isStarred })),
		);
		await page.context().close();
	});

	test('keeps its view, and nothing but ids, when it is loaded anew', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('several'), server.origin));
		await page.getByRole('option', { name: 'Candidate 2 of 4' }).click();
		await page.keyboard.press('1');
		await gallery.reload();
		await gallery.show(stateFor(named('several'), server.origin));
		assert.match((await page.locator('zoom-picture').getAttribute('aria-label')) ?? '', /^Candidate 2 of 4/);
		assert.deepEqual(await shownSize(page), { width: 1536, height: 1024 });
		const { kept } = await gallery.traffic();
		assert.deepEqual(Object.keys(kept as object), ['sessionId', 'view']);
		assert.doesNotMatch(JSON.stringify(kept), /subway|http|\.png/);
		await page.context().close();
	});

	test('reaches everything by Tab in the order of reading, and keeps the focus when a button goes', async () => {
		const gallery = await open();
		const { page } = gallery;
		await gallery.show(stateFor(named('running-partial'), server.origin));
		await page.getByRole('button', { name: 'Cancel' }).focus();
		await gallery.show(stateFor(named('done'), server.origin, 2));
		assert.equal(await page.evaluate(() => document.activeElement?.localName), 'main');
		assert.equal(await page.getByRole('status').textContent(), 'Done. One picture.');
		assert.deepEqual(await tabStops(page, 14), [
			'img Picture, 1536 × 1024 pixels',
			'button Zoom out (−)',
			'button Zoom in (+)',
			'button Fit to the space (0)',
			'button 1:1, one picture pixel per screen pixel (1)',
			'group Details',
			'button Copy request id req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10',
			'button Insert',
			'button Save As…',
			'button Copy Link',
			'button Reveal',
			'button Star',
			'button Open Prompt',
		]);
		await page.context().close();
	});
});

function named(name: string): GalleryState {
	const state = galleryStates.find(each => each.name === name);
	assert.ok(state, `no gallery state «${name}»`);
	return state;
}

/** The page as it is shipped, by the product's own bundling. */
async function buildPage(folder: string): Promise<void> {
	const bundling = createRequire(join(process.cwd(), 'package.json'))('./esbuild.js') as { buildPage(outdir: string): Promise<void> };
	await bundling.buildPage(folder);
}

async function checkState(gallery: GalleryPage, state: GalleryState, theme: ThemeName, origin: string): Promise<void> {
	const { page } = gallery;
	for (const [step, width] of widths.entries()) {
		await page.setViewportSize({ width, height: width === 320 ? 640 : 720 });
		await gallery.show(stateFor(state, origin, step + 1));
		const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ').toLowerCase();
		await page.screenshot({ path: join(output, `${state.name}-${theme}-${width}.png`) });
		// Only a picture may fold what else there is to say.
		if (width === 1200 || (await page.locator('.fold').count()) === 0) {
			assert.deepEqual(
				state.says.filter(words => !text.includes(words.toLowerCase())),
				[],
				`missing words in: ${text}`,
			);
		}
		assert.deepEqual(await overflowing(page), [], `wider than ${width} px`);
		// Colours don't depend on the width, so the narrow layout is examined in one theme only.
		if (width === 1200 || (width === 320 && theme === 'dark')) {
			assert.deepEqual(await axeViolations(page), []);
		}
	}
	assert.deepEqual((await gallery.traffic()).violations, []);
}

/** Elements that stick out of the window to the right, apart from what is clipped on purpose. */
function overflowing(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const limit = document.documentElement.clientWidth;
		const root = document.scrollingElement;
		const wide = [...document.querySelectorAll('#panel *')]
			.filter(element => !element.closest('zoom-picture, .candidates.strip, .visually-hidden'))
			.filter(element => element.getBoundingClientRect().right > limit + 0.5)
			.map(element => element.outerHTML.slice(0, 120));
		return root && root.scrollWidth > limit ? ['the page scrolls sideways', ...wide] : wide;
	});
}

async function imageBox(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
	const box = await page.locator('zoom-picture img').boundingBox();
	assert.ok(box);
	return box;
}

/** CSS pixels of the large picture. */
async function shownSize(page: Page): Promise<{ width: number; height: number }> {
	await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
	const { width, height } = await imageBox(page);
	return { width: Math.round(width), height: Math.round(height) };
}

/** Role and name of what Tab reaches, until the focus leaves the page or `limit`. */
async function tabStops(page: Page, limit: number): Promise<string[]> {
	const stops: string[] = [];
	for (let step = 0; step < limit; step++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const host = document.activeElement;
			if (!(host instanceof HTMLElement) || host === document.body) {
				return undefined;
			}
			const role = host.getAttribute('role') ?? (host.shadowRoot?.activeElement ? 'button' : host.localName);
			const label = host.getAttribute('aria-label') ?? host.shadowRoot?.activeElement?.getAttribute('aria-label');
			return `${role} ${label ?? host.textContent.trim()}`;
		});
		if (stop === undefined) {
			break;
		}
		stops.push(stop);
	}
	return stops;
}
