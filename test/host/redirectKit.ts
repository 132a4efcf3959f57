import * as assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Plan } from '../../src/core/plan/plan';
import type { RunFailure } from '../../src/core/run/failure';
import type { RunResult } from '../../src/core/run/runResult';
import { UserSettings } from '../../src/host/connections/settings';
import { activatedExtension, closeEverything, openEditor, withSettings, workspaceRoot } from './harness';
import type { ConnectedApi } from './imagesApi';
import type { Listener } from './listener';
import type { SettingsFile } from './workspaceSettings';

/** Calls a command of the extension. */
export const call = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
	vscode.commands.executeCommand<T>(`imgprompt.${command}`, ...args);

/** The one result of a command that runs a prompt. */
export async function resultOf(command: string, ...args: readonly unknown[]): Promise<RunResult> {
	const [result] = await call<RunResult[]>(command, ...args);
	assert.ok(result);
	return result;
}

interface Manifest {
	readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } };
}

/** Every setting that the manifest declares. */
export async function settingNames(): Promise<readonly string[]> {
	const manifest = (await activatedExtension()).packageJSON as Manifest;
	return Object.keys(manifest.contributes.configuration.properties);
}

/** A valid value for each setting, other than the declared one: what somebody might want who reaches for a key, money or files. */
export function hostileValues({ url }: Pick<Listener, 'url'>): Readonly<Record<string, unknown>> {
	const thief = { kind: 'openai', baseUrl: `${url}/v1`, model: 'gpt-image-2' };
	return {
		'imgprompt.connections': [
			{ name: 'fake', ...thief },
			{ name: 'thief', ...thief },
		],
		'imgprompt.connection': 'thief',
		'imgprompt.defaults.model': 'gpt-image-1-mini',
		'imgprompt.defaults.size': '1536x1024',
		'imgprompt.defaults.quality': 'high',
		'imgprompt.defaults.format': 'webp',
		'imgprompt.defaults.background': 'opaque',
		'imgprompt.defaults.n': 3,
		'imgprompt.defaults.moderation': 'low',
		'imgprompt.partialImages': 2,
		'imgprompt.timeoutSeconds': 77,
		'imgprompt.budget.perRunUsd': 1000,
		'imgprompt.budget.perDayUsd': 1000,
		'imgprompt.budget.onExceed': 'refuse',
		'imgprompt.assets.folder': '/stolen',
		'imgprompt.assets.name': 'stolen-{{slug}}.{{ext}}',
		'imgprompt.assets.onExisting': 'replace',
		'imgprompt.history.keepPrompts': false,
		'imgprompt.history.maxRuns': 7777,
		'imgprompt.history.maxBytes': 77_000_000_000,
		'imgprompt.codeLens.enabled': false,
		'imgprompt.panel.location': 'active',
	};
}

/**
 * The ways in which one set of settings can be written into a settings file of a repository. VS Code itself lets none of them pass,
 * as each setting has the scope `application`; see also {@link spellingsBelow}.
 */
export function spellingsOf(values: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
	const dotted = values;
	const nested = nestedFrom(values);
	const { imgprompt } = nested as { readonly imgprompt: Readonly<Record<string, unknown>> };
	const halfNested = Object.fromEntries(Object.entries(imgprompt).map(([name, value]) => [`imgprompt.${name}`, value]));
	const [thief] = values['imgprompt.connections'] as readonly { readonly baseUrl: string }[];
	return [
		['dotted', dotted],
		['nested', nested],
		['half nested', halfNested],
		['dotted inside of an object', { imgprompt: Object.fromEntries(Object.entries(dotted).map(([name, v]) => [name.slice(10), v])) }],
		['language-scoped', { '[imgprompt]': dotted }],
		['language-scoped and nested', { '[imgprompt]': nested }],
		['for several languages', { '[imgprompt][markdown][plaintext]': dotted }],
		['as a prototype', `{ "__proto__": ${JSON.stringify(dotted)}, "imgprompt": { "__proto__": ${JSON.stringify(imgprompt)} } }`],
		['twice', `{ ${JSON.stringify(dotted).slice(1, -1)}, ${JSON.stringify(dotted).slice(1, -1)} }`],
		['under “settings”', { settings: dotted, remote: dotted, machine: dotted, profile: dotted }],
		['together with a proxy', { ...dotted, 'http.proxy': new URL(thief?.baseUrl ?? '').origin, 'http.proxyStrictSSL': false }],
	];
}

/**
 * Names that begin with a setting's and go on. They are no settings, so that VS Code (1.139) does not ask for their scope, and then
 * takes them for the workspace's value of the setting. They are harmless only because nothing but the user's value is read.
 */
export function spellingsBelow(values: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
	const [thief] = values['imgprompt.connections'] as readonly { readonly baseUrl: string }[];
	const below = Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}.0`, value]));
	return [
		['an address in the list', { 'imgprompt.connections.0.baseUrl': thief?.baseUrl }],
		['an entry of the list', { 'imgprompt.connections.0': thief, 'imgprompt.connections.length': 1 }],
		['below each setting', below],
		['language-scoped below each setting', { '[imgprompt]': below }],
	];
}

function nestedFrom(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const root: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(values)) {
		const parts = name.split('.');
		const last = parts.pop() ?? '';
		let at = root;
		for (const part of parts) {
			at = (at[part] ??= {}) as Record<string, unknown>;
		}
		at[last] = value;
	}
	return root;
}

/** What VS Code itself takes for a value of a setting, and that is not the user's, when it is asked for the folder of `file` and our language. */
export async function foreignValues({ uri, scope }: SettingsFile): Promise<readonly string[]> {
	const names = await settingNames();
	const scopes = [undefined, scope, { uri, languageId: 'imgprompt' }, { languageId: 'imgprompt' }];
	return scopes.flatMap(each => names.flatMap(name => foreignKinds(name, each)));
}

function foreignKinds(name: string, scope: vscode.ConfigurationScope | undefined): readonly string[] {
	const inspected = vscode.workspace.getConfiguration(undefined, scope ?? null).inspect(name);
	return Object.entries(inspected ?? {})
		.filter(([kind, value]) => /^workspace/.test(kind) && value !== undefined)
		.map(([kind]) => `${name}: ${kind}`);
}

/** What shows, for each setting, which value is in force. What a window without trust can't do is `undefined`. */
export type Observed = Readonly<Record<string, unknown>>;

type Preview = { readonly status: string; readonly failure?: RunFailure } & Partial<Plan>;

/** Where to look from: a prompt in `folder` (default: the first one); `runs`: it is run as well, which a window without trust doesn't do. */
interface Lookout {
	readonly runs: boolean;
	readonly folder?: vscode.Uri;
}

/** Looks at everything that a setting can change: the plan, and (`runs`) one run, its request, its record and its asset. */
export async function observe({ server }: ConnectedApi, { runs, folder = workspaceRoot() }: Lookout): Promise<Observed> {
	await closeEverything();
	// A setting of the user's that changes lets the extension read all of them anew, as a window does that opens.
	await withSettings({ 'imgprompt.timeoutSeconds': 300 }, () => Promise.resolve());
	const uri = vscode.Uri.joinPath(folder, 'redirect', 'plain.imgprompt');
	await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('A boat\n'));
	const lenses = async (): Promise<number> =>
		(await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri)).length;
	await openEditor(uri);
	const preview = await call<Preview>('preview', uri);
	const settings = new UserSettings(() => undefined);
	const { timeoutMs, budget, retention } = settings.current;
	settings.dispose();
	const body = preview.requests?.[0]?.body ?? {};
	const observed = {
		'imgprompt.connections': preview.connection?.baseUrl ?? preview.failure?.kind,
		'imgprompt.connection': preview.connection?.name ?? preview.failure?.kind,
		'imgprompt.defaults.model': body['model'],
		'imgprompt.defaults.size': body['size'],
		'imgprompt.defaults.quality': body['quality'],
		'imgprompt.defaults.format': body['output_format'],
		'imgprompt.defaults.background': body['background'],
		'imgprompt.defaults.n': preview.requested?.n,
		'imgprompt.defaults.moderation': body['moderation'],
		'imgprompt.partialImages': body['partial_images'],
		'imgprompt.timeoutSeconds': timeoutMs,
		'imgprompt.budget.perRunUsd': budget.ceilings.perRunUsd,
		'imgprompt.budget.perDayUsd': budget.ceilings.perDayUsd,
		'imgprompt.budget.onExceed': budget.onExceed,
		'imgprompt.history.maxRuns': retention.maxRuns,
		'imgprompt.history.maxBytes': retention.maxBytes,
		'imgprompt.codeLens.enabled': await lenses(),
		'imgprompt.panel.location': panelColumn(),
	};
	if (!runs) {
		return observed;
	}
	const before = server.requests.length;
	const result = await resultOf('generate', uri, {});
	assert.deepEqual(
		server.requests.slice(before).map(request => request.body),
		result.runId === '' ? [] : preview.requests?.map(request => request.body),
	);
	return { ...observed, ...(await observeRun(result, folder)) };
}

async function observeRun({ runId, failure, images }: RunResult, folder: vscode.Uri): Promise<Observed> {
	const picture = images[0]?.path;
	if (picture === undefined) {
		const kind = failure?.kind;
		return { 'imgprompt.assets.folder': kind, 'imgprompt.assets.name': kind, 'imgprompt.assets.onExisting': kind };
	}
	const record = readFileSync(join(dirname(picture), 'run.json'), 'utf8');
	const assets = [await call<{ asset: string }>('insert', runId, 0), await call<{ asset: string }>('insert', runId, 0)];
	const [first = '', second = ''] = assets.map(({ asset }) => asset);
	rmSync(first);
	rmSync(second, { force: true });
	return {
		'imgprompt.history.keepPrompts': record.includes('A boat'),
		'imgprompt.assets.folder': dirname(first).slice(folder.fsPath.length),
		'imgprompt.assets.name': basename(first),
		'imgprompt.assets.onExisting': first === second,
	};
}

function panelColumn(): number | undefined {
	return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => input instanceof vscode.TabInputWebview))?.viewColumn;
}

/** Removes what {@link observe} wrote. */
export async function tidyUp(): Promise<void> {
	await closeEverything();
	for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
		for (const name of ['redirect', 'stolen']) {
			rmSync(join(uri.fsPath, name), { recursive: true, force: true });
		}
	}
}
