import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './processes.mjs';

/** The settings of a window that nothing interrupts: no welcome, no notifications of others, no animation. */
export const quietSettings = {
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	// The theme that a test names, not the one that the browser would like.
	'window.autoDetectColorScheme': false,
	'window.autoDetectHighContrast': false,
	'workbench.enableExperiments': false,
	'workbench.reduceMotion': 'on',
	'workbench.welcomePage.walkthroughs.openOnInstall': false,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'extensions.autoUpdate': false,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'git.enabled': false,
	'chat.disableAIFeatures': true,
	'security.workspace.trust.startupPrompt': 'never',
	'security.workspace.trust.banner': 'never',
};

/** An extension that takes the place of VS Code's own Microsoft accounts. `IMGPROMPT_TEST_TOKEN` is what its tokens hold. */
export const fakeMicrosoftAccount = join(root, 'test', 'launch', 'fakeMicrosoftAccount');

const left = new Set();
process.once('exit', () => left.forEach(removeFolder));

function removeFolder(folder) {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	left.delete(folder);
}

/**
 * A folder of its own for one run: a fresh copy of the sample workspace, and empty user data and extensions beside it.
 *
 * @param {Record<string, unknown>} settings user settings besides the quiet ones
 */
export function makeScratch(settings = {}) {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'imgprompt-')));
	const scratch = {
		folder,
		workspace: join(folder, 'workspace'),
		dataFolder: join(folder, 'server'),
		extensionsFolder: join(folder, 'extensions'),
		remove: () => removeFolder(folder),
	};
	left.add(folder);
	copySampleWorkspace(scratch.workspace);
	mkdirSync(scratch.extensionsFolder);
	writeUserSettings(scratch.dataFolder, settings);
	return scratch;
}

/**
 * Copies what of the built extension a window needs into the folder of `scratch`, and returns where to. A window is not given the repository
 * itself: what is built anew meanwhile would change under it, and VS Code takes the themes in .host, as they lie below the
 * extension under development, for themes under development, and shows one of them whatever the settings say.
 */
export function copyExtension({ folder }) {
	const target = join(folder, 'extension');
	rmSync(target, { recursive: true, force: true });
	for (const name of ['package.json', 'package.nls.json', 'dist', 'media', 'l10n'].filter(name => existsSync(join(root, name)))) {
		cpSync(join(root, name), join(target, name), { recursive: true });
	}
	return target;
}

/** Puts a second, empty folder beside the workspace of `scratch`, and returns the `.code-workspace` file that opens both. */
export function addSecondFolder({ folder }) {
	mkdirSync(join(folder, 'handbook'));
	const file = join(folder, 'both.code-workspace');
	writeFileSync(file, JSON.stringify({ folders: [{ path: 'workspace' }, { path: 'handbook', name: 'The Handbook' }] }));
	return file;
}

/** Copies the sample workspace to `target`, which must not exist. */
export const copySampleWorkspace = target => cpSync(join(root, 'test', 'fixtures', 'sampleWorkspace'), target, { recursive: true });

/**
 * Installs the extensions that lie unpacked in `folders` into `extensionsFolder`, as VS Code notes what it installed. (The
 * workbench in a browser takes only one extension under development.)
 */
export function installExtensions(extensionsFolder, folders) {
	const noted = folders.map(folder => {
		const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		const relativeLocation = `${publisher}.${name}-${version}`;
		const path = join(extensionsFolder, relativeLocation);
		cpSync(folder, path, { recursive: true });
		const location = { $mid: 1, path: pathToFileURL(path).pathname, scheme: 'file' };
		return { identifier: { id: `${publisher}.${name}` }, version, location, relativeLocation, metadata: { source: 'vsix' } };
	});
	mkdirSync(extensionsFolder, { recursive: true });
	writeFileSync(join(extensionsFolder, 'extensions.json'), JSON.stringify(noted));
}

/** Writes the user settings of a server whose data lies in `dataFolder`. */
export function writeUserSettings(dataFolder, settings) {
	const folder = join(dataFolder, 'data', 'User');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, '\t'));
}
