import type { LaunchOptions } from 'playwright-core';

/** Playwright's launch options for the Chromium at `program`. */
export function chromiumOptions(program: string, options?: { readonly headless?: boolean }): LaunchOptions;
