// npm run test:desktop [-- --grep TEXT] [--restricted | --trusted] [--version 1.106.3]: the host tests in a VS Code that is downloaded.
import { join } from 'node:path';
import { hasFlag, optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { hostTestsPath, runHostTests } from './lib/hostRun.mjs';
import { buildForHostTests, chosenLaunches, runInTurn } from './lib/launches.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/processes.mjs';

/** A window of desktop VS Code. Resolves with the exit code of the tests. */
async function launchDesktopWindow(vscodeExecutablePath, { scratch, env, isTrusted, log }) {
	const { runTests, TestRunFailedError } = await import('@vscode/test-electron');
	try {
		return await runTests({
			vscodeExecutablePath,
			extensionDevelopmentPath: root,
			extensionTestsPath: hostTestsPath,
			extensionTestsEnv: env,
			launchArgs: [
				scratch.workspace,
				`--user-data-dir=${join(scratch.dataFolder, 'data')}`,
				`--extensions-dir=${scratch.extensionsFolder}`,
				'--disable-extensions',
				...(isTrusted ? ['--disable-workspace-trust'] : []),
			],
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
	const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
	const program = await downloadAndUnzipVSCode({
		version: optionValue('version') ?? 'stable',
		cachePath: join(root, '.host', 'desktop'),
	});
	const options = { grep: optionValue('grep'), isVerbose: hasFlag('verbose') };
	return report(
		await runInTurn(chosenLaunches(), isTrusted =>
			runHostTests({ isTrusted, ...options }, context => launchDesktopWindow(program, context)),
		),
	);
});
