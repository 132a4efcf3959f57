import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readSources } from './sources';

interface Manifest {
	readonly main: string;
	readonly icon: string;
	readonly activationEvents: readonly string[];
	readonly extensionKind: readonly string[];
	readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown } };
	readonly scripts: Readonly<Record<string, string>>;
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
		readonly keybindings?: unknown;
		readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
		readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
		readonly walkthroughs: readonly {
			readonly steps: readonly { readonly id: string; readonly media: { readonly image: string } }[];
		}[];
		readonly languages: readonly { readonly configuration: string; readonly icon: Readonly<Record<string, string>> }[];
		readonly grammars: readonly { readonly path: string }[];
	};
}

interface Setting {
	readonly scope?: string;
	readonly markdownDescription?: string;
	readonly order?: number;
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const { commands, menus, configuration, walkthroughs } = manifest.contributes;
const steps = walkthroughs.flatMap(walkthrough => walkthrough.steps);

suite('the manifest', () => {
	test('every key of package.nls.json is used, and every key that is used is there', () => {
		const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
		assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
	});

	test('no text is empty', () => {
		assert.deepEqual(
			Object.entries(texts).filter(([, text]) => text.trim() === ''),
			[],
		);
	});

	test('every command has a localised title and the category Image Prompt', () => {
		const expected = commands.map(({ command }) => ({
			title: `%command.${command.replace('imgprompt.', '')}%`,
			category: 'Image Prompt',
		}));
		assert.deepEqual(
			commands.map(({ title, category }) => ({ title, category })),
			expected,
		);
	});

	test('the palette shows at most 15 commands', () => {
		const hidden = (menus['commandPalette'] ?? []).filter(({ when }) => when === 'false');
		assert.ok(commands.length - hidden.length <= 15, `${commands.length - hidden.length} commands`);
	});

	test('menus name only contributed commands', () => {
		const known = new Set(commands.map(({ command }) => command));
		assert.deepEqual(
			Object.values(menus)
				.flat()
				.map(({ command }) => command)
				.filter(command => !known.has(command)),
			[],
		);
	});

	test('no key is taken from anybody by default', () => {
		assert.equal(manifest.contributes.keybindings, undefined);
	});

	test('no workspace can change a setting: each has the scope application', () => {
		assert.deepEqual(
			Object.entries(configuration.properties).filter(([, { scope }]) => scope !== 'application'),
			[],
		);
	});

	test('settings are described, named imgprompt.… and ordered one after another', () => {
		const settings = Object.entries(configuration.properties);
		assert.deepEqual(
			settings.filter(([name, { markdownDescription }]) => !name.startsWith('imgprompt.') || !markdownDescription),
			[],
		);
		assert.deepEqual(
			settings.map(([, { order }]) => order),
			settings.map((_, index) => index + 1),
		);
	});

	test('nothing activates but a panel that is restored (commands and languages do so by themselves)', () => {
		assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:imgprompt.panel']);
	});

	test('it runs where the workspace is, and says that it is limited without trust', () => {
		assert.deepEqual(
			{ kind: manifest.extensionKind, trust: manifest.capabilities.untrustedWorkspaces.supported },
			{ kind: ['workspace'], trust: 'limited' },
		);
	});

	test('the walkthrough has at most five steps, each with a picture', () => {
		assert.ok(steps.length >= 1 && steps.length <= 5, `${steps.length} steps`);
		assert.deepEqual(
			steps.map(({ media }) => media.image).filter(path => !existsSync(path)),
			[],
		);
	});

	test('every file that it names exists', () => {
		const { languages, grammars } = manifest.contributes;
		const paths = [
			manifest.icon,
			...languages.flatMap(({ configuration: path, icon }) => [path, ...Object.values(icon)]),
			...grammars.map(({ path }) => path),
		];
		assert.deepEqual(
			paths.filter(path => !existsSync(path)),
			[],
		);
	});

	test('every launcher that its scripts name exists', () => {
		const launchers = Object.values(manifest.scripts).flatMap(script =>
			[...script.matchAll(/node (\S+\.m?js)/g)].map(([, path]) => path ?? ''),
		);
		assert.ok(launchers.length > 0);
		assert.deepEqual(
			launchers.filter(path => !existsSync(path)),
			[],
		);
	});
});

suite('settings and context keys in the code', () => {
	const sources = readSources('src', '.ts');

	test('every context key in a `when` is set somewhere', () => {
		const inManifest = new Set([...manifestText.matchAll(/"when": "[^"]*?(imgprompt\.\w+)[^"]*"/g)].map(([, key]) => key ?? ''));
		assert.deepEqual(
			[...inManifest].filter(key => !sources.some(({ text }) => text.includes(`'${key}'`))),
			[],
		);
	});
});
