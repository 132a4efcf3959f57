import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun } from './processes.mjs';

const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge'];

const desktopPaths = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** Finds the browser that shows the workbench; installs it where that needs nobody's consent (as root on a Debian machine). */
export async function ensureChromium() {
	const found = findChromium();
	if (found) {
		return found;
	}
	if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
		console.log('Installing Chromium (apt-get install chromium) …');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await mustRun('apt-get', ['update'], { quiet: true, env });
		await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { quiet: true, env });
		const installed = findChromium();
		if (installed) {
			return installed;
		}
	}
	throw new Error(
		'No Chromium, Chrome or Edge was found. Install one with the package manager of your system (for example «sudo apt-get install chromium»), or set IMGPROMPT_CHROMIUM to the path of its program.',
	);
}

function findChromium() {
	const chosen = process.env.IMGPROMPT_CHROMIUM;
	if (chosen) {
		if (!isProgram(chosen)) {
			throw new Error(`IMGPROMPT_CHROMIUM names «${chosen}», which is not a program.`);
		}
		return chosen;
	}
	const onPath = (process.env.PATH ?? '').split(delimiter).flatMap(folder => programNames.map(name => join(folder, name)));
	return [...onPath, ...desktopPaths].find(isProgram);
}

function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		// Absent or not for us: the next candidate is tried.
		return false;
	}
}
