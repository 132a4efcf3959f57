// npm start [-- --once]: a real VS Code with the extension on a sample workspace, in which the sample prompt has been run.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureChromium } from './lib/chromium.mjs';
import { hasFlag, whenStarted } from './lib/commandLine.mjs';
import { openDesktopWindow } from './lib/desktopWindow.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/processes.mjs';
import { copySampleWorkspace, installExtensions, writeUserSettings } from './lib/scratch.mjs';
import { ensureTestHost, isTestHostAvailable } from './lib/testHost.mjs';
import { openWindow } from './lib/window.mjs';

const driver = join(root, 'test', 'launch', 'sampleDriver');
const sampleTimeoutMs = 120_000;

/** Sample workspace and user data, made anew at each start: whose connections and keys are used is never left to an earlier run. */
function makeSample() {
	const folder = join(root, '.host', 'sample');
	rmSync(folder, { recursive: true, force: true });
	const sample = {
		folder,
		workspace: join(folder, 'workspace'),
		dataFolder: join(folder, 'server'),
		extensionsFolder: join(folder, 'extensions'),
		resultFile: join(folder, 'result.json'),
		remove: () => {},
	};
	installExtensions(sample.extensionsFolder, [driver]);
	copySampleWorkspace(sample.workspace);
	writeUserSettings(sample.dataFolder, {});
	return sample;
}

/** Waits until the sample prompt was run, and returns the path of its picture. */
async function picturePath({ resultFile }, window) {
	let isOver = false;
	void window.ended.then(() => (isOver = true));
	const end = Date.now() + sampleTimeoutMs;
	while (!existsSync(resultFile)) {
		if (isOver || Date.now() > end) {
			throw new Error(
				isOver ? 'The window was closed before the sample prompt had run.' : 'The sample prompt did not run in two minutes.',
			);
		}
		await pause(100);
	}
	const { picture, error } = JSON.parse(readFileSync(resultFile, 'utf8'));
	if (error) {
		throw new Error(error);
	}
	return picture;
}

/** Whether somebody could see a window. */
function hasDisplay() {
	if (process.platform === 'linux') {
		return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
	}
	return !process.env.SSH_CONNECTION;
}

async function start() {
	await ensurePackages();
	if (isTestHostAvailable()) {
		await ensureTestHost();
		await ensureChromium();
	}
	const { buildProduct } = (await import('../../esbuild.js')).default;
	console.log('Building …');
	await buildProduct({ production: false });
	const isOnce = hasFlag('once');
	const headless = isOnce || !hasDisplay();
	const sample = makeSample();
	const open = isTestHostAvailable() ? openWindow : openDesktopWindow;
	console.log('Opening VS Code …');
	const env = { IMGPROMPT_SAMPLE_RESULT: sample.resultFile };
	const window = await open({ scratch: sample, env, headless });
	try {
		const picture = await picturePath(sample, window);
		console.log(
			`The sample prompt was run with the sandbox, which costs nothing. Its picture (${statSync(picture).size} bytes):\n${picture}`,
		);
		if (!isOnce) {
			await stayOpen(window, headless);
		}
	} finally {
		await window.close();
	}
}

async function stayOpen(window, headless) {
	if (headless) {
		console.log(`This machine has no display. Open the window in a browser:\n${window.address}`);
	}
	console.log('Press Ctrl+C to end.');
	await window.ended;
}

whenStarted(import.meta.url, start);
