// npm run test:host [-- --grep TEXT] [--trusted] [--restricted] [--multiRoot] [--proxied] [--loosened] [--verbose]: the host tests in VS Code from npm, in a headless browser.
import { canaries } from './lib/canary.mjs';
import { hasFlag, optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { hostTestsPath, runHostTests } from './lib/hostRun.mjs';
import { buildForHostTests, chosenLaunches, runInTurn } from './lib/launches.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { keepBrowserState, noteWhatIsShown } from './lib/whatWasShown.mjs';
import { openWindow } from './lib/window.mjs';

/** A window of the web workbench, whose extension host is the server's. Resolves with the exit code of the tests. */
async function launchWebWindow({ scratch, workspace, env, isTrusted, log, logLevel, extension }) {
	const prepareBrowser = context => noteWhatIsShown(context, canaries, scratch);
	const window = await openWindow({
		scratch,
		workspace,
		env,
		isTrusted,
		log,
		logLevel,
		extension,
		prepareBrowser,
		testsPath: hostTestsPath,
	});
	try {
		const code = await window.ended;
		if (code !== undefined) {
			await keepBrowserState(window.page, scratch);
		}
		return code;
	} finally {
		await window.close();
	}
}

/** Runs the host tests of one of `windowKinds`. The product and the tests are built before. */
export async function runHostTestsInWeb(kind) {
	return runHostTests({ kind, grep: optionValue('grep'), isVerbose: hasFlag('verbose') }, launchWebWindow);
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	await buildForHostTests();
	return report(await runInTurn(chosenLaunches(), runHostTestsInWeb));
});
