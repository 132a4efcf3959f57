// node test/launch/setup.mjs [packages]: installs what is missing for building (packages) and for testing (the test host too).
import { whenStarted } from './lib/commandLine.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureTestHost } from './lib/testHost.mjs';

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	if (!process.argv.includes('packages')) {
		await ensureTestHost();
		await ensureChromium();
	}
});
