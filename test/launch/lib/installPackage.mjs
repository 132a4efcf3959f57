import { mustRun } from './processes.mjs';
import { ensureTestHost } from './testHost.mjs';

/** Installs a `.vsix` file into the extensions of `scratch`, as a user does from the command line. */
export async function installPackage(path, { dataFolder, extensionsFolder }) {
	const { node, server } = await ensureTestHost();
	const folders = ['--extensions-dir', extensionsFolder, '--server-data-dir', dataFolder];
	await mustRun(node, [server, '--accept-server-license-terms', ...folders, '--install-extension', path, '--force'], { quiet: true });
}
