import type { BrowserContext, Page } from 'playwright-core';

/** A folder of its own for one run. */
export interface Scratch {
	readonly folder: string;
	/** A fresh copy of the sample workspace. */
	readonly workspace: string;
	readonly dataFolder: string;
	readonly extensionsFolder: string;
	remove(): void;
}

export interface WindowOptions {
	/** User settings besides the quiet ones. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Environment of the extension host, besides the machine's. */
	readonly env?: Readonly<Record<string, string>>;
	/** `false`: the workspace is not trusted (Restricted Mode). Default: workspace trust is switched off. */
	readonly isTrusted?: boolean;
	/** `false`: the browser is seen on the machine's display. */
	readonly headless?: boolean;
	readonly viewport?: { readonly width: number; readonly height: number };
	/** Called with the copied sample workspace before the window opens. */
	readonly prepare?: (workspace: string) => void | Promise<void>;
	/** Called with the window's browser and folders before the workbench is in it. */
	readonly prepareBrowser?: (context: BrowserContext, scratch: Scratch) => Promise<void>;
	/** What VS Code logs, such as `publisher.name:trace`. */
	readonly logLevel?: string;
	/** Absolute path of another folder or `.code-workspace` file to open. */
	readonly workspace?: string;
	/** Absolute path of a file to open at once. */
	readonly openFile?: string;
	/** Folder of the extension under development. Default: a copy of what is built; `null`: none. */
	readonly extension?: string | null;
	/** Absolute path of a module with `run()` for the extension host. */
	readonly testsPath?: string;
	/** User data and workspace of an earlier window. Default: fresh ones. */
	readonly scratch?: Scratch;
	/** Gets each line that window and extension host log. */
	readonly log?: (line: string) => void;
}

/** A VS Code window with its own server. */
export interface Window {
	readonly page: Page;
	/** Opens another window on the same server. */
	readonly address: string;
	readonly scratch: Scratch;
	/** Resolves with the exit code when `testsPath` ends, and with `undefined` when the window goes first. */
	readonly ended: Promise<number | undefined>;
	/** Ends browser and server, and removes what they wrote (unless `scratch` was given). */
	close(): Promise<void>;
}

export function openWindow(options?: WindowOptions): Promise<Window>;

/** Where screenshots go. */
export const screenshotFolder: string;
export function photographOpenWindows(title: string): Promise<void>;
export function closeOpenWindows(): Promise<void>;
