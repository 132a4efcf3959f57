import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup, root } from './processes.mjs';

/**
 * Starts VS Code's own server on a free port of the loopback address.
 *
 * @param {{ node: string, server: string }} host from `ensureTestHost`
 * @param {{ dataFolder: string, extensionsFolder: string, isTrusted: boolean, env?: Record<string, string> }} options
 *   `isTrusted` switches workspace trust off; otherwise every folder starts out untrusted.
 * @returns {Promise<{ port: number, end(): Promise<void> }>}
 */
export async function startServer(host, { dataFolder, extensionsFolder, isTrusted, env = {} }) {
	const child = spawn(
		host.node,
		[
			host.server,
			...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
			// Without this, the workbench ignores the extension under development in its address.
			'--enable-smoke-test-driver',
			...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder, '--telemetry-level', 'off'],
			...(isTrusted ? ['--disable-workspace-trust'] : []),
		],
		{ cwd: root, env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
	);
	const end = () => endGroup(child);
	const endAtExit = () => process.kill(-child.pid, 'SIGKILL');
	process.once('exit', endAtExit);
	child.once('exit', () => process.off('exit', endAtExit));
	return { port: await listeningPort(child), end };
}

/** The extension host sees the server's environment: what belongs to an outer npm or to somebody's account stays outside. */
function cleanEnvironment() {
	const foreign = /^(npm_|NODE_OPTIONS$|NODE_ENV$|VSCODE_|ELECTRON_|OPENAI_|AZURE_)/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function listeningPort(child) {
	return new Promise((resolve, reject) => {
		const lines = [];
		const read = line => {
			lines.push(line);
			const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
			if (port) {
				resolve(Number(port));
			}
		};
		createInterface({ input: child.stdout }).on('line', read);
		createInterface({ input: child.stderr }).on('line', read);
		child.once('error', reject);
		child.once('exit', code =>
			reject(new Error(`VS Code's server ended with exit code ${code} before it listened:\n${lines.join('\n')}`)),
		);
	});
}
