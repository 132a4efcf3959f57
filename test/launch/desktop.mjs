// npm run test:desktop [-- --grep TEXT] [--trusted] [--restricted] [--multiRoot] [--proxied] [--loosened] [--version 1.106.3]: the host tests in a VS Code that is downloaded.
import { hasFlag, optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { desktopArguments, downloadDesktop } from './lib/desktopWindow.mjs';
import { hostTestsPath, runHostTests } from './lib/hostRun.mjs';
import { buildForHostTests, chosenLaunches, runInTurn } from './lib/launches.mjs';
import { ensurePackages } from './lib/packages.mjs';

/** A window of desktop VS Code. Resolves with the exit code of the tests. */
async function launchDesktopWindow(vscodeExecutablePath, { scratch, workspace, env, isTrusted, log, logLevel, extension }) {
	const { runTests, TestRunFailedError } = await import('@vscode/test-electron');
	try {
		return await runTests({
			vscodeExecutablePath,
			extensionDevelopmentPath: extension,
			extensionTestsPath: hostTestsPath,
			extensionTestsEnv: env,
			launchArgs: [...desktopArguments(scratch, { workspace, isTrusted }), `--log=${logLevel}`],
		});
	} catch (error) {
		if (error instanceof TestRunFailedError) {
			log(error.message);
			return error.code ?? 1;
		}
		throw error;
	}
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	await buildForHostTests();
	const program = await downloadDesktop(optionValue('version'));
	const options = { grep: optionValue('grep'), isVerbose: hasFlag('verbose') };
	return report(
		await runInTurn(chosenLaunches(), kind => runHostTests({ kind, ...options }, context => launchDesktopWindow(program, context))),
	);
});
