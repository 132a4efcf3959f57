// npm run screenshots [-- --grep TEXT]: photographs the running product for the README and the walkthrough, into media/.
import { ensureChromium } from './lib/chromium.mjs';
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { runBundledTests } from './lib/mocha.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureTestHost } from './lib/testHost.mjs';
import { closeOpenWindows, photographOpenWindows } from './lib/window.mjs';

async function photographFailure() {
	if (this.currentTest?.state === 'failed') {
		await photographOpenWindows(this.currentTest.fullTitle());
	}
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	await ensureTestHost();
	process.env.IMGPROMPT_CHROMIUM = await ensureChromium();
	const { buildProduct, buildTests } = (await import('../../esbuild.js')).default;
	await buildProduct({ production: true });
	const files = await buildTests('scenes');
	const rootHooks = { afterEach: photographFailure, afterAll: closeOpenWindows };
	return report(await runBundledTests('scenes', files, { grep: optionValue('grep'), timeoutMs: 300_000, rootHooks }));
});
