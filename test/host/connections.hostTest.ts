import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection } from '../../src/core/connection/connection';
import type { ConnectionReport } from '../../src/core/run/ports';
import { UserSettings } from '../../src/host/connections/settings';
import { startImagesApiServer } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, eventually, pause, setUserSetting, withSettings, workspaceRoot } from './harness';
import { folderSettings, withWorkspaceSettings } from './workspaceSettings';

const canary = canaryKey;

async function forgetConnections(): Promise<void> {
	await setUserSetting('imgprompt.connections', undefined);
	await setUserSetting('imgprompt.connection', undefined);
}

function userValue(name: string): unknown {
	return vscode.workspace.getConfiguration().inspect(name)?.globalValue;
}

suite('user settings', () => {
	const reported: string[] = [];
	let settings: UserSettings;

	setup(() => {
		reported.length = 0;
		settings = new UserSettings(problem => reported.push(problem));
	});

	teardown(() => settings.dispose());

	const hostile = { name: 'hostile', kind: 'compatible', baseUrl: 'https://attacker.example/v1' };
	for (const [spelling, inWorkspace] of [
		[
			'dotted',
			{
				'imgprompt.connections': [hostile],
				'imgprompt.connection': 'hostile',
				'imgprompt.defaults.n': 10,
				'imgprompt.assets.folder': '/etc',
			},
		],
		['nested', { imgprompt: { connections: [hostile], connection: 'hostile', defaults: { n: 10 }, assets: { folder: '/etc' } } }],
		['half nested', { 'imgprompt.defaults': { n: 10 }, 'imgprompt.assets': { folder: '/etc' } }],
		[
			'language-scoped',
			{
				'[imgprompt]': {
					'imgprompt.connections': [hostile],
					'imgprompt.connection': 'hostile',
					'imgprompt.defaults.n': 10,
					'imgprompt.assets.folder': '/etc',
				},
			},
		],
	] as const) {
		test(`a workspace has no say in them: ${spelling}`, async () => {
			const before = settings.current;
			await withWorkspaceSettings(folderSettings(workspaceRoot()), inWorkspace, () => {
				const fresh = new UserSettings(() => undefined);
				assert.deepEqual(fresh.current, before);
				fresh.dispose();
			});
		});
	}

	test('a user has', async () => {
		await withSettings({ 'imgprompt.defaults.n': 3, 'imgprompt.assets.folder': 'img' }, async () => {
			await eventually('the user’s values', () => settings.current.planSettings.n === 3 && settings.current.assets.folder === 'img');
		});
	});

	test('a change is told', async () => {
		let changes = 0;
		const subscription = settings.onDidChange(() => changes++);
		await withSettings({ 'imgprompt.defaults.quality': 'low' }, () => eventually('a change', () => changes > 0));
		subscription.dispose();
	});

	test('a bad value gives way to the default, and is reported once', async () => {
		await withSettings({ 'imgprompt.timeoutSeconds': 'long' }, async () => {
			await eventually('the report', () => settings.current.problems.length === 1);
			await withSettings({ 'imgprompt.defaults.quality': 'low' }, () =>
				eventually('the next reading', () => settings.current.planSettings.quality === 'low'),
			);
			assert.equal(settings.current.timeoutMs, 600_000);
			assert.deepEqual(reported, [
				'The setting imgprompt.timeoutSeconds must be a whole number from 10 to 3600; 600 is used instead.',
			]);
		});
	});
});

suite('connection commands called by code', () => {
	suiteSetup(activatedExtension);
	setup(forgetConnections);
	teardown(async () => {
		await forgetConnections();
	});

	const add = (entry: unknown): Promise<Connection> =>
		Promise.resolve(vscode.commands.executeCommand<Connection>('imgprompt.addConnection', entry));
	const compatible = (name: string, baseUrl: string) => ({ name, kind: 'compatible', baseUrl, auth: 'apiKey' });

	test('addConnection stores a connection, makes the first one the default, and returns it as plain JSON', async () => {
		const added = await add({ ...compatible('local', 'http://localhost:8080/v1/'), model: 'sd' });
		assert.deepEqual(JSON.parse(JSON.stringify(added)), {
			name: 'local',
			kind: 'compatible',
			baseUrl: 'http://localhost:8080/v1',
			origin: 'http://localhost:8080',
			model: 'sd',
			auth: 'apiKey',
			concurrency: 2,
		});
		assert.deepEqual(userValue('imgprompt.connections'), [{ ...compatible('local', 'http://localhost:8080/v1'), model: 'sd' }]);
		assert.equal(userValue('imgprompt.connection'), 'local');
	});

	test('addConnection takes an address of Azure as it was pasted, and stores what it means', async () => {
		const pasted = 'https://res.openai.azure.com/openai/deployments/img/images/generations?api-version=2025-04-01-preview';
		const { baseUrl, query, deployment } = await add({ name: 'foundry', kind: 'azure', baseUrl: pasted, auth: 'microsoft' });
		assert.deepEqual(
			{ baseUrl, query, deployment },
			{
				baseUrl: 'https://res.openai.azure.com/openai/deployments/img',
				query: 'api-version=2025-04-01-preview',
				deployment: 'img',
			},
		);
		const stored = { baseUrl: 'https://res.openai.azure.com', deployment: 'img', api: '2025-04-01-preview' };
		assert.deepEqual(userValue('imgprompt.connections'), [{ name: 'foundry', kind: 'azure', auth: 'microsoft', ...stored }]);
	});

	test('testConnection asks a deployment of Azure for no picture', async () => {
		const server = await startImagesApiServer({ personality: 'azure', keys: [canary] });
		await add({ name: 'foundry', kind: 'azure', baseUrl: server.url, deployment: 'pictures' });
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'foundry', canary);
		const report = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'foundry');
		await vscode.commands.executeCommand('imgprompt.clearApiKey', 'foundry');
		await server.close();
		assert.deepEqual([report.failure, server.accepted.length], [undefined, 0]);
		assert.ok(server.requests.length > 0);
	});

	test('manageConnections ends, level by level, when a person goes away', async () => {
		const before = userValue('imgprompt.connections');
		let isOpen = true;
		const managing = Promise.resolve(vscode.commands.executeCommand('imgprompt.manageConnections')).finally(() => (isOpen = false));
		await pause(300);
		// The sandbox, and what can be done with it.
		await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
		await eventually('the end of the list', async () => {
			await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
			await pause(100);
			return !isOpen;
		});
		assert.equal(await managing, undefined);
		assert.deepEqual(userValue('imgprompt.connections'), before);
	});

	test('a second connection leaves the default alone', async () => {
		await add({ name: 'home', kind: 'openai' });
		await add(compatible('local', 'http://localhost:8080/v1'));
		assert.equal(userValue('imgprompt.connection'), 'home');
	});

	test('a connection of the same name and origin is replaced in place', async () => {
		await add(compatible('local', 'http://localhost:8080/v1'));
		await add({ ...compatible('local', 'http://localhost:8080/v2'), model: 'sd' });
		assert.deepEqual(userValue('imgprompt.connections'), [{ ...compatible('local', 'http://localhost:8080/v2'), model: 'sd' }]);
	});

	test('addConnection leaves an entry alone that can’t be used, and does not take its name', async () => {
		const before = [{ name: 'local', kind: 'compatible', baseUrl: 'http://example.com/v1', capabilities: { maxCandidates: 4 } }];
		await setUserSetting('imgprompt.connections', before);
		await assert.rejects(add(compatible('local', 'http://localhost:8080/v1')), /can’t be used as it is written/);
		assert.deepEqual(userValue('imgprompt.connections'), before);
	});

	for (const [mistake, entry, message] of [
		['of the same name at another origin', compatible('local', 'https://attacker.example/v1'), /already a connection named “local”/],
		['without TLS', compatible('plain', 'http://example.com/v1'), /https/],
		['that is no object', 7, /must be an object/],
		['with a key in it', { ...compatible('leaky', 'https://example.com/v1'), key: canary }, /key/],
		['named sandbox', compatible('sandbox', 'https://example.com/v1'), /sandbox/],
	] as const) {
		test(`addConnection refuses a connection ${mistake}, and stores nothing`, async () => {
			await add(compatible('local', 'http://localhost:8080/v1'));
			const before = userValue('imgprompt.connections');
			await assert.rejects(add(entry), message);
			assert.deepEqual(userValue('imgprompt.connections'), before);
		});
	}

	test('a key is found at its origin only, and is nowhere in the settings', async () => {
		await add(compatible('local', 'http://127.0.0.1:9/v1'));
		const test = (): Thenable<ConnectionReport> =>
			vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'local');
		assert.equal((await test()).failure?.kind, 'notConfigured');
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'local', ` ${canary}\n`);
		assert.notEqual((await test()).failure?.kind, 'notConfigured');

		await setUserSetting('imgprompt.connections', [compatible('local', 'http://127.0.0.1:10/v1')]);
		assert.equal((await test()).failure?.kind, 'notConfigured');
		await setUserSetting('imgprompt.connections', [compatible('local', 'http://127.0.0.1:9/v1')]);
		assert.notEqual((await test()).failure?.kind, 'notConfigured');

		await vscode.commands.executeCommand('imgprompt.clearApiKey', 'local');
		assert.equal((await test()).failure?.kind, 'notConfigured');
		assert.ok(!JSON.stringify(vscode.workspace.getConfiguration('imgprompt')).includes(canary));
	});

	test('setApiKey refuses what can’t be a key without repeating it', async () => {
		await add(compatible('local', 'http://localhost:8080/v1'));
		await assert.rejects(
			Promise.resolve(vscode.commands.executeCommand('imgprompt.setApiKey', 'local', `Bearer ${canary}`)),
			(error: Error) => {
				assert.match(error.message, /no spaces/);
				assert.ok(!error.message.includes(canary));
				return true;
			},
		);
	});

	for (const command of ['imgprompt.setApiKey', 'imgprompt.clearApiKey', 'imgprompt.selectConnection', 'imgprompt.testConnection']) {
		test(`${command} names a connection that does not exist`, async () => {
			await assert.rejects(
				Promise.resolve(vscode.commands.executeCommand(command, 'nowhere', 'sk-1')),
				/There is no connection named “nowhere”/,
			);
		});
	}

	test('selectConnection makes a connection the default', async () => {
		await add({ name: 'home', kind: 'openai' });
		assert.equal(await vscode.commands.executeCommand('imgprompt.selectConnection', 'sandbox'), 'sandbox');
		assert.equal(userValue('imgprompt.connection'), 'sandbox');
	});

	test('a person who accepts every suggestion of the wizard has a connection without a key', async () => {
		let isOpen = true;
		const adding = Promise.resolve(vscode.commands.executeCommand<Connection>('imgprompt.addConnection', 'openai')).finally(
			() => (isOpen = false),
		);
		await eventually('the last step', async () => {
			await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			await pause(50);
			return !isOpen;
		});
		assert.equal((await adding).name, 'openai');
		assert.deepEqual(userValue('imgprompt.connections'), [{ name: 'openai', kind: 'openai', model: 'gpt-image-2' }]);
		assert.equal(userValue('imgprompt.connection'), 'openai');
		await vscode.commands.executeCommand('notifications.clearAll');
	});

	test('a person who goes away leaves nothing behind', async () => {
		let isOpen = true;
		const adding = Promise.resolve(vscode.commands.executeCommand('imgprompt.addConnection')).finally(() => (isOpen = false));
		await eventually('the end of the wizard', async () => {
			await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
			await pause(50);
			return !isOpen;
		});
		assert.equal(await adding, undefined);
		assert.equal(userValue('imgprompt.connections'), undefined);
	});

	test('the sandbox needs no key, and its test passes', async () => {
		const report = await vscode.commands.executeCommand<ConnectionReport>('imgprompt.testConnection', 'sandbox');
		assert.equal(report.failure, undefined);
		assert.ok(report.checks.every(({ isOk }) => isOk));
	});
});
