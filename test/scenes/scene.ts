import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WindowOptions } from '../launch/lib/window.mjs';
import { openWorkbench, type Theme, type Workbench } from '../ui/harness';
import { asPalettePng } from './palettePng';

/** Part of a window, in pixels. */
export interface Part {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Nothing in the window but what the picture is about. */
const bareSettings = {
	'breadcrumbs.enabled': false,
	'editor.minimap.enabled': false,
	'editor.renderWhitespace': 'none',
	'editor.lightbulb.enabled': 'off',
	'editor.occurrencesHighlight': 'off',
	'editor.renderLineHighlight': 'none',
	'editor.scrollBeyondLastLine': false,
	'editor.overviewRulerBorder': false,
	'window.commandCenter': false,
	'window.autoDetectColorScheme': false,
	'window.autoDetectHighContrast': false,
	'workbench.activityBar.location': 'hidden',
	'workbench.layoutControl.enabled': false,
	'workbench.navigationControl.enabled': false,
	'problems.decorations.enabled': false,
};

/** Opens a window that is to be photographed, without the side bar unless it `showsFiles`. */
export async function openScene(options: WindowOptions & { readonly theme?: Theme; readonly showsFiles?: boolean }): Promise<Workbench> {
	const { showsFiles = false, settings = {}, ...others } = options;
	const workbench = await openWorkbench({ ...others, settings: { ...bareSettings, ...settings } });
	if (!showsFiles) {
		await workbench.page.keyboard.press('ControlOrMeta+B');
		await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
	}
	return workbench;
}

export interface PhotographOptions {
	/** Default: the whole window. */
	readonly part?: Part;
	/** The pointer stays where it is, because what it points at is to be seen. */
	readonly keepsPointer?: boolean;
}

/** Writes what the window shows now to `path`, relative to the repository. */
export async function photograph(
	workbench: Workbench,
	path: string,
	{ part, keepsPointer = false }: PhotographOptions = {},
): Promise<void> {
	const { page } = workbench;
	if (!keepsPointer) {
		// An empty place of the status bar.
		await page.mouse.move(300, (page.viewportSize()?.height ?? 0) - 8);
	}
	// What fades in or out has come to rest.
	await page.waitForTimeout(1000);
	const png = await page.screenshot({ animations: 'disabled', caret: 'hide', ...(part ? { clip: part } : {}) });
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, asPalettePng(png));
	console.log(`      ${path}`);
}
