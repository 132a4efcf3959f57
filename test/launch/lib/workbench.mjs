import { pathToFileURL } from 'node:url';

/** What keeps Chromium still: no GPU, no traffic of its own. */
const chromiumArguments = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--no-default-browser-check',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// Windows that nobody looks at must run as fast as others.
	'--disable-background-timer-throttling',
	'--disable-backgrounding-occluded-windows',
	'--disable-renderer-backgrounding',
];

/** Playwright's launch options for the Chromium at `program`. */
export function chromiumOptions(program, { headless = true } = {}) {
	const isRoot = process.getuid?.() === 0;
	return {
		executablePath: program,
		headless,
		// Chromium's own sandbox does not work for root; the only pages it opens are ours.
		chromiumSandbox: !isRoot,
		args: chromiumArguments,
	};
}

/**
 * The address at which the workbench opens `workspace` (an absolute path of a folder or of a `.code-workspace` file).
 *
 * @param {{ testsPath?: string, extension?: string | null, openFile?: string, logLevel?: string }} options `testsPath`: the module that the
 *   extension host runs; `extension`: folder of the extension under development; `logLevel` as VS Code's `--log`
 */
export function workbenchAddress(port, workspace, { testsPath, extension, openFile, logLevel } = {}) {
	const origin = `http://127.0.0.1:${port}`;
	const remote = path => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path).pathname}`;
	const payload = [
		...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
		...(testsPath ? [['extensionTestsPath', remote(testsPath)]] : []),
		...(openFile ? [['openFile', remote(openFile)]] : []),
		...(logLevel ? [['logLevel', logLevel]] : []),
		['skipWelcome', 'true'],
		['skipReleaseNotes', 'true'],
	];
	const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
	return `${origin}/?${kind}=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
