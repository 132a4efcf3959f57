// npm run test:host [-- --grep TEXT] [--restricted | --trusted] [--verbose]: the host tests in VS Code from npm, in a headless browser.
import { ensureChromium } from './lib/chromium.mjs';
import { hasFlag, optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { hostTestsPath, runHostTests } from './lib/hostRun.mjs';
import { buildForHostTests, chosenLaunches, runInTurn } from './lib/launches.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { startServer } from './lib/server.mjs';
import { ensureTestHost } from './lib/testHost.mjs';
import { chromiumOptions, workbenchAddress } from './lib/workbench.mjs';

/** A window of the web workbench, whose extension host is the server's. Resolves with the exit code of the tests. */
async function launchWebWindow(host, program, { scratch, env, isTrusted, log }) {
	const { chromium } = await import('playwright-core');
	const server = await startServer(host, { ...scratch, isTrusted, env });
	const browser = await chromium.launch(chromiumOptions(program));
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.exposeFunction('codeAutomationLog', (type, args) => log(args.map(asText).join(' ')));
		const exit = new Promise((resolve, reject) => {
			void page.exposeFunction('codeAutomationExit', code => resolve(code));
			page.once('crash', () => reject(new Error("The window's page crashed.")));
			page.once('close', () => reject(new Error("The window's page was closed.")));
		});
		await page.goto(workbenchAddress(server.port, scratch.workspace, { testsPath: hostTestsPath }));
		return await exit;
	} finally {
		await browser.close();
		await server.end();
	}
}

const asText = value => (typeof value === 'string' ? value : JSON.stringify(value));

/** Runs the host tests of a trusted or of a restricted window. The product and the tests are built before. */
export async function runHostTestsInWeb(isTrusted) {
	const [host, program] = [await ensureTestHost(), await ensureChromium()];
	return runHostTests({ isTrusted, grep: optionValue('grep'), isVerbose: hasFlag('verbose') }, context =>
		launchWebWindow(host, program, context),
	);
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	await buildForHostTests();
	return report(await runInTurn(chosenLaunches(), runHostTestsInWeb));
});
