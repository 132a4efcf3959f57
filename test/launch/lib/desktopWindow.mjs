import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endGroup, root } from './processes.mjs';
import { copyExtension } from './scratch.mjs';

/** Arguments that give a desktop VS Code the folders of `scratch` and nothing of the user's own. */
export function desktopArguments(scratch, { workspace = scratch.workspace, isTrusted = true } = {}) {
	return [
		workspace,
		`--user-data-dir=${join(scratch.dataFolder, 'data')}`,
		`--extensions-dir=${scratch.extensionsFolder}`,
		...(isTrusted ? ['--disable-workspace-trust'] : []),
	];
}

/** Downloads VS Code (once) and returns the path of its program. */
export async function downloadDesktop(version = 'stable') {
	const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
	return downloadAndUnzipVSCode({ version, cachePath: join(root, '.host', 'desktop') });
}

/** Like `openWindow`, with a VS Code that is downloaded: for systems on which VS Code from npm does not run. */
export async function openDesktopWindow({ scratch, env }) {
	const program = await downloadDesktop();
	const flags = [
		`--extensionDevelopmentPath=${copyExtension(scratch)}`,
		'--new-window',
		'--wait',
		'--skip-welcome',
		'--skip-release-notes',
		'--no-sandbox',
	];
	const child = spawn(program, [...desktopArguments(scratch), ...flags], {
		env: { ...process.env, ...env },
		stdio: 'ignore',
		detached: process.platform !== 'win32',
	});
	const ended = new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', () => resolve(undefined));
	});
	return { ended, close: () => endGroup(child) };
}
