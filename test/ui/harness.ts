import * as assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { canaries, checkSearch, searchFor } from '../launch/lib/canary.mjs';
import { keepBrowserState, noteWhatIsShown } from '../launch/lib/whatWasShown.mjs';
import { openWindow, screenshotFolder } from '../launch/lib/window.mjs';
import type { Window, WindowOptions } from '../launch/lib/window.mjs';

/** The kinds of themes in which everything must be readable. */
export const themes = {
	dark: 'Dark 2026',
	light: 'Light 2026',
	highContrast: 'Default High Contrast',
	highContrastLight: 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof themes;

/** The class that the workbench bears once a theme is in force, which is seconds after the window can be used. */
const themeClasses: Readonly<Record<Theme, string>> = {
	dark: 'vs-dark',
	light: 'vs',
	highContrast: 'hc-black',
	highContrastLight: 'hc-light',
};

/** A VS Code window and what a person does in it. */
export class Workbench {
	readonly #window: Window;
	readonly #policyBreaches: string[] = [];

	constructor(window: Window) {
		this.#window = window;
		window.page.on('console', message => {
			if (/Content Security Policy|Trusted(?:HTML|Script|ScriptURL|Types?)\b/i.test(message.text())) {
				this.#policyBreaches.push(message.text());
			}
		});
	}

	/** What the browser refused in any frame of the window, by a content security policy or for want of a trusted type. */
	get policyBreaches(): readonly string[] {
		return this.#policyBreaches;
	}

	get page(): Page {
		return this.#window.page;
	}

	/** Absolute path of the window's copy of the sample workspace. */
	get workspace(): string {
		return this.#window.scratch.workspace;
	}

	/** Absolute path of the folder in which the extension keeps its runs. */
	get globalStorage(): string {
		return join(this.#window.scratch.dataFolder, 'data', 'User', 'globalStorage', 'imgprompt.imgprompt');
	}

	/** Resolves when the window is drawn and its extensions are known. */
	async whenReady(): Promise<void> {
		await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
		await this.#palette('Image Prompt: Show Log');
		await this.page.keyboard.press('Escape');
		await this.#quickInput.waitFor({ state: 'hidden' });
	}

	/** Runs a command by its full title, such as `Image Prompt: Generate Image`, as a person does. */
	async runCommand(title: string): Promise<void> {
		const row = await this.#palette(title);
		await row.click();
	}

	/** Whether the command palette offers `title` now. */
	async offersCommand(title: string): Promise<boolean> {
		await this.page.keyboard.press('F1');
		const input = this.#quickInput.locator('input').first();
		await input.waitFor();
		await input.fill(`>${title}`);
		await this.#quickInput.locator('.monaco-list-row').first().waitFor();
		const isOffered = await this.#rows(title)
			.first()
			.waitFor({ timeout: 500 })
			.then(
				() => true,
				() => false,
			);
		await this.page.keyboard.press('Escape');
		await this.#quickInput.waitFor({ state: 'hidden' });
		return isOffered;
	}

	/** Opens a text file of the workspace by its relative path, and waits until its text is shown. */
	async openFile(path: string): Promise<void> {
		await this.openTab(path);
		await this.editorShows(path);
	}

	/** Opens a file of the workspace, whatever shows it, by its relative path. */
	async openTab(path: string): Promise<void> {
		await this.#insist(`«${path}» to be offered`, async () => {
			await this.page.keyboard.press('ControlOrMeta+P');
			await this.#quickInput.locator('input').first().fill(path, { timeout: 2000 });
			await this.#quickInput
				.locator('.monaco-list-row')
				.filter({ hasText: path.split('/').at(-1) ?? path })
				.first()
				.click({ timeout: 3000 });
		});
		await this.page.locator(`.tab.active[data-resource-name="${path.split('/').at(-1)}"]`).waitFor();
	}

	/** Waits until the active editor shows the file, and not still the one before under the new tab. */
	async editorShows(path: string): Promise<void> {
		await this.page.locator(`.editor-group-container.active .monaco-editor[data-uri$="/${path}"]`).first().waitFor();
	}

	/** Selects all of the editor's line that contains `text`. */
	async selectLine(text: string): Promise<void> {
		await this.editor.locator('.view-line').filter({ hasText: text }).first().click();
		await this.page.keyboard.press('End');
		await this.page.keyboard.press('Shift+Home');
	}

	/** The text editor in the active group. */
	get editor(): Locator {
		return this.page.locator('.editor-group-container.active .monaco-editor[data-uri]').first();
	}

	/** The page inside the newest visible webview. */
	get webview(): FrameLocator {
		return this.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
	}

	/** The frame of `webview`, to run something in it. */
	async webviewFrame(): Promise<Frame> {
		const element = await this.webview.locator('#panel').elementHandle();
		const frame = await element.ownerFrame();
		assert.ok(frame, 'no panel is shown');
		return frame;
	}

	/** Presses Tab until what `name` matches has the focus in the visible panel, and fails when it is never reached. */
	async tabTo(name: string | RegExp): Promise<void> {
		const frame = await this.webviewFrame();
		const passed: string[] = [];
		while (passed.length < 30) {
			await this.page.keyboard.press('Tab');
			const stop = await frame.evaluate(nameInFocus);
			if (typeof name === 'string' ? stop === name : name.test(stop)) {
				return;
			}
			passed.push(stop);
		}
		assert.fail(`Tab never reached ${String(name)}, only ${passed.join(', ')}.`);
	}

	/** Waits until `isTrue`, for what no locator can see. */
	async until(what: string, isTrue: () => boolean): Promise<void> {
		const end = Date.now() + 10_000;
		while (!isTrue()) {
			assert.ok(Date.now() < end, `Waited in vain for ${what}.`);
			await this.page.waitForTimeout(100);
		}
	}

	/** Answers the open input box. */
	async answer(text: string): Promise<void> {
		const input = this.#quickInput.locator('input').first();
		await input.waitFor();
		await input.fill(text);
		await this.page.keyboard.press('Enter');
	}

	/** Chooses a row of the open quick pick by a part of its text. */
	async choose(text: string): Promise<void> {
		await this.#quickInput.locator('.monaco-list-row').filter({ hasText: text }).first().click();
	}

	/** The messages that are shown now. */
	get notifications(): Locator {
		return this.page.locator('.notifications-toasts .notification-list-item');
	}

	/** Shows the list of notifications, when one with `text` has come; a window that is driven by tests shows no toasts. */
	async showNotification(text: string): Promise<void> {
		await this.#insist(`a notification «${text}»`, async () => {
			await this.runCommand('Notifications: Show Notifications');
			await this.page.locator('.notifications-center', { hasText: text }).waitFor({ timeout: 2000 });
		});
	}

	/** Loads the window anew. By command, because only then does it keep what it shows. */
	async reload(): Promise<void> {
		const isLoaded = this.page.waitForEvent('load');
		await this.runCommand('Developer: Reload Window');
		await isLoaded;
		await this.whenReady();
	}

	/** Loads the window's page anew without a word to the workbench, as when a browser dies and is started again. */
	async reloadAtOnce(): Promise<void> {
		await this.page.reload();
		await this.whenReady();
	}

	/** Bytes of a file of the workspace; throws when it does not exist. */
	readFile(path: string): Buffer {
		return readFileSync(join(this.workspace, path));
	}

	/** Writes `out/screenshots/NAME.png` (of the whole window, or of `part`) and returns its path. */
	async screenshot(name: string, part?: Locator): Promise<string> {
		mkdirSync(screenshotFolder, { recursive: true });
		const path = join(screenshotFolder, `${name}.png`);
		await (part ?? this.page).screenshot({ path });
		return path;
	}

	/** Closes the window. Fails when something of the key or the tokens of the tests was shown in it, or lies in what it leaves behind. */
	async close(): Promise<void> {
		const { page, scratch } = this.#window;
		try {
			if (!page.isClosed()) {
				await keepBrowserState(page, scratch);
			}
			const { isMet, detail } = checkSearch(searchFor(canaries, [scratch.folder]), { needsLogs: true });
			assert.ok(isMet, `The key or a token of the tests: ${detail}`);
		} finally {
			await this.#window.close();
		}
	}

	get #quickInput(): Locator {
		return this.page.locator('.quick-input-widget');
	}

	#rows(title: string): Locator {
		const label = title.replaceAll('"', '\\"');
		// Whole titles: one that only begins alike may have been used before and then stands first.
		return this.#quickInput.locator(`.monaco-list-row:is([aria-label="${label}"], [aria-label^="${label},"])`);
	}

	/** Opens the palette on `title`. An early query finds nothing and is not repeated by the workbench, so it is repeated here. */
	async #palette(title: string): Promise<Locator> {
		return this.#insist(`the palette to offer «${title}»`, async () => {
			await this.page.keyboard.press('F1');
			await this.#quickInput.locator('input').first().fill(`>${title}`, { timeout: 2000 });
			const row = this.#rows(title).first();
			await row.waitFor({ timeout: 2000 });
			return row;
		});
	}

	async #insist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
		const end = Date.now() + 30_000;
		for (;;) {
			try {
				return await attempt();
			} catch (error) {
				// Most likely the window was not yet ready for it.
				if (Date.now() > end) {
					throw new Error(`Waited in vain for ${what}.`, { cause: error });
				}
				await this.page.keyboard.press('Escape');
				await this.page.waitForTimeout(200);
			}
		}
	}
}

/** Runs in the panel's page: the accessible name of the element in focus, or nothing. */
function nameInFocus(): string {
	const host = document.activeElement;
	const inner = host?.shadowRoot?.activeElement;
	return inner?.getAttribute('aria-label') ?? host?.getAttribute('aria-label') ?? host?.textContent.trim() ?? '';
}

/** Opens a fresh window with the extension on a fresh copy of the sample workspace. Close it in `suiteTeardown`. */
export async function openWorkbench(options: WindowOptions & { readonly theme?: Theme } = {}): Promise<Workbench> {
	const { theme = 'dark', settings = {}, ...others } = options;
	const window = await openWindow({
		logLevel: 'imgprompt.imgprompt:trace',
		prepareBrowser: (context, scratch) => noteWhatIsShown(context, canaries, scratch),
		...others,
		settings: { 'workbench.colorTheme': themes[theme], ...settings },
	});
	const workbench = new Workbench(window);
	await workbench.whenReady();
	// A scratch folder of the caller's own has its own settings.
	if (!options.scratch) {
		await workbench.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor({ timeout: 60_000 });
	}
	return workbench;
}

/** Fails with the notifications' text when one is shown that nobody expected. */
export async function assertNoNotifications(workbench: Workbench): Promise<void> {
	assert.deepEqual(await workbench.notifications.allInnerTexts(), []);
}
