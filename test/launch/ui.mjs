// npm run test:ui [-- --grep TEXT]: what a person sees and does, in a browser on a real VS Code workbench.
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { runBundledTests } from './lib/mocha.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureTestHost } from './lib/testHost.mjs';
import { closeOpenWindows, photographOpenWindows } from './lib/window.mjs';

/** Bundles and runs the browser tests, or those whose titles match `grep`. The product is built before. */
export async function runUiTests({ grep = optionValue('grep') } = {}) {
	const { buildTests } = (await import('../../esbuild.js')).default;
	await ensureTestHost();
	process.env.IMGPROMPT_CHROMIUM = await ensureChromium();
	const files = await buildTests('ui');
	const rootHooks = { afterEach: photographFailure, afterAll: closeOpenWindows };
	return runBundledTests('ui', files, { grep, timeoutMs: 120_000, rootHooks });
}

async function photographFailure() {
	if (this.currentTest?.state === 'failed') {
		await photographOpenWindows(this.currentTest.fullTitle());
	}
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const { buildProduct } = (await import('../../esbuild.js')).default;
	await buildProduct({ production: false });
	return report(await runUiTests());
});
