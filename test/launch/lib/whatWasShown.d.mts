import type { BrowserContext, Page } from 'playwright-core';

interface Folder {
	readonly folder: string;
}

/** Writes every text that the browser shows and that holds a part of one of `secrets` into the folder. */
export function noteWhatIsShown(context: BrowserContext, secrets: readonly string[], scratch: Folder): Promise<void>;
/** Writes what the workbench keeps in its browser, but for the secret storage itself, into the folder. */
export function keepBrowserState(page: Page, scratch: Folder): Promise<void>;
