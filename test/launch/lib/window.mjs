import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { root } from './processes.mjs';
import { copyExtension, makeScratch } from './scratch.mjs';
import { startServer } from './server.mjs';
import { ensureTestHost } from './testHost.mjs';
import { chromiumOptions, workbenchAddress } from './workbench.mjs';

const openWindows = new Set();

/**
 * Opens a real VS Code with a server, user data and a workspace of its own, in a browser of its own. See window.d.mts for
 * the options.
 */
export async function openWindow(options = {}) {
	const { settings, env, isTrusted = true, headless = true, viewport = { width: 1280, height: 800 }, log = () => {} } = options;
	const { chromium } = await import('playwright-core');
	const [host, program] = [await ensureTestHost(), await ensureChromium()];
	const scratch = options.scratch ?? makeScratch(settings);
	await options.prepare?.(scratch.workspace);
	const extension = options.extension === undefined ? copyExtension(scratch) : options.extension;
	const server = await startServer(host, { ...scratch, isTrusted, env });
	const address = workbenchAddress(server.port, options.workspace ?? scratch.workspace, { ...options, extension });
	const browser = await chromium.launch(chromiumOptions(program, { headless }));
	const context = await browser.newContext({ viewport: headless ? viewport : null, permissions: ['clipboard-read', 'clipboard-write'] });
	await options.prepareBrowser?.(context, scratch);
	const page = await context.newPage();
	const close = async () => {
		openWindows.delete(window);
		await browser.close();
		await server.end();
		if (!options.scratch) {
			scratch.remove();
		}
	};
	const window = { page, address, scratch, ended: tellEnd(page, browser), close };
	openWindows.add(window);
	try {
		await page.exposeFunction('codeAutomationLog', (_type, args) => log(args.map(asText).join(' ')));
		await page.goto(address);
	} catch (error) {
		await close();
		throw error;
	}
	return window;
}

/** Resolves with the exit code when tests in the extension host end, and with `undefined` when the window goes first. */
function tellEnd(page, browser) {
	return new Promise(resolve => {
		void page.exposeFunction('codeAutomationExit', code => resolve(code));
		page.once('crash', () => resolve(undefined));
		page.once('close', () => resolve(undefined));
		browser.once('disconnected', () => resolve(undefined));
	});
}

const asText = value => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where screenshots go. */
export const screenshotFolder = join(root, 'out', 'screenshots');

/** Takes a picture of every window that is open, for somebody who wonders why a test failed. */
export async function photographOpenWindows(title) {
	mkdirSync(screenshotFolder, { recursive: true });
	const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
	for (const [index, { page }] of [...openWindows].entries()) {
		const path = join(screenshotFolder, `failed-${name}${index === 0 ? '' : `-${index}`}.png`);
		await page.screenshot({ path, timeout: 5000 }).catch(error => console.error(`No screenshot: ${error.message}`));
		console.log(`      ${path}`);
	}
}

/** Closes the windows that a test left open. */
export async function closeOpenWindows() {
	await Promise.all([...openWindows].map(window => window.close()));
}
