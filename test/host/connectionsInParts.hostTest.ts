import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Connection, Credential } from '../../src/core/connection/connection';
import { sandboxConnection } from '../../src/core/connection/sandboxConnection';
import type { ConnectionReport, ImageProvider } from '../../src/core/run/ports';
import { ApiKeys } from '../../src/host/connections/apiKeys';
import { Connections } from '../../src/host/connections/connections';
import { ConnectionTest } from '../../src/host/connections/connectionTest';
import { askChoice, askText } from '../../src/host/connections/quickSteps';
import { UserSettings } from '../../src/host/connections/settings';
import { canaryKey } from '../launch/lib/canary.mjs';
import { eventually, pause, withSettings } from './harness';
import { noTokens } from './identityKit';

const canary = canaryKey;
const home = { name: 'home', kind: 'openai' };
const work = { name: 'work', kind: 'openai' };
const byCode = { isInteractive: false, signal: new AbortController().signal };
const open = { name: 'open', kind: 'compatible', baseUrl: 'http://localhost:8080/v1', auth: 'none' };

/** Secrets of one test, so that nothing is left in the window's storage. */
function memorySecrets(): vscode.SecretStorage {
	const values = new Map<string, string>();
	return {
		get: key => Promise.resolve(values.get(key)),
		keys: () => Promise.resolve([...values.keys()]),
		store: (key, value) => Promise.resolve(void values.set(key, value)),
		delete: key => Promise.resolve(void values.delete(key)),
		onDidChange: () => new vscode.Disposable(() => undefined),
	};
}

/** Runs `work` with connections of these settings. */
async function withConnections(
	settings: { readonly connections: readonly unknown[]; readonly connection?: string },
	work: (connections: Connections, keys: ApiKeys) => void | Promise<void>,
): Promise<void> {
	await withSettings({ 'imgprompt.connections': settings.connections, 'imgprompt.connection': settings.connection }, async () => {
		const userSettings = new UserSettings(() => undefined);
		const keys = new ApiKeys(memorySecrets());
		try {
			await work(new Connections(userSettings, keys, noTokens()), keys);
		} finally {
			userSettings.dispose();
		}
	});
}

function found(connections: Connections, name: string): Connection {
	const connection = connections.find(name);
	assert.ok(connection, `${name} is not among the connections.`);
	return connection;
}

suite('connections of the user', () => {
	test('are listed with the sandbox', () =>
		withConnections({ connections: [home, open] }, connections => {
			assert.deepEqual(
				connections.list().map(({ name }) => name),
				['home', 'open', 'sandbox'],
			);
			assert.equal(connections.hasOwn, true);
		}));

	test('need not exist: the sandbox is chosen', () =>
		withConnections({ connections: [] }, connections => {
			assert.equal(connections.hasOwn, false);
			assert.deepEqual(connections.choose(), { kind: 'found', connection: sandboxConnection });
		}));

	for (const [situation, settings, named, chosen] of [
		['the one that the prompt names', { connections: [home, work], connection: 'home' }, 'work', 'work'],
		['the one that the setting names', { connections: [home, work], connection: 'work' }, undefined, 'work'],
		['the only one', { connections: [home] }, undefined, 'home'],
		['none of several', { connections: [home, work] }, undefined, 'ambiguous'],
		['none with an unknown name', { connections: [home] }, 'nowhere', 'unknown'],
	] as const) {
		test(`are chosen from: ${situation}`, () =>
			withConnections(settings, connections => {
				const choice = connections.choose(named);
				assert.equal(choice.kind === 'found' ? choice.connection.name : choice.kind, chosen);
			}));
	}

	test('give the key that was set for them, and a failure that says how to set it before', () =>
		withConnections({ connections: [home] }, async (connections, keys) => {
			const connection = found(connections, 'home');
			assert.deepEqual(await connections.credentialFor(connection, byCode), {
				ok: false,
				failure: {
					kind: 'notConfigured',
					code: 'missingKey',
					message: 'There is no API key for “home” at https://api.openai.com. Set one with “Image Prompt: Set API Key”.',
				},
			});
			await keys.set(connection, canary);
			assert.deepEqual(await connections.credentialFor(connection, byCode), { ok: true, value: { kind: 'apiKey', key: canary } });
		}));

	test('need no key where none is asked for', () =>
		withConnections({ connections: [open] }, async connections => {
			const none = { ok: true, value: { kind: 'none' } };
			assert.deepEqual(await connections.credentialFor(found(connections, 'open'), byCode), none);
			assert.deepEqual(await connections.credentialFor(sandboxConnection, byCode), none);
		}));
});

suite('the test of a connection', () => {
	const passed: ConnectionReport = { checks: [{ layer: 'TLS', isOk: true, detail: 'TLS 1.3' }], models: ['gpt-image-2'] };

	/** A log that keeps its lines. */
	function memoryLog(): { readonly lines: string[]; readonly log: vscode.LogOutputChannel } {
		const lines: string[] = [];
		const keep = (line: string): void => void lines.push(line);
		return { lines, log: { info: keep, warn: keep } as unknown as vscode.LogOutputChannel };
	}

	function providerWith(report: ConnectionReport, seen: Credential[] = []): ImageProvider {
		return {
			kind: 'openai',
			send: () => Promise.reject(new Error('A test must not send a request.')),
			test: (_connection, credential) => {
				seen.push(credential);
				return Promise.resolve(report);
			},
		};
	}

	test('hands the credential to the provider, and logs each layer without it', () =>
		withConnections({ connections: [home] }, async (connections, keys) => {
			const connection = found(connections, 'home');
			await keys.set(connection, canary);
			const { lines, log } = memoryLog();
			const seen: Credential[] = [];
			const report = await new ConnectionTest(connections, () => providerWith(passed, seen), log).run(
				connection,
				new AbortController().signal,
			);
			assert.deepEqual(report, passed);
			assert.deepEqual(seen, [{ kind: 'apiKey', key: canary }]);
			assert.deepEqual(lines, ['Connection "home": TLS ok: TLS 1.3']);
		}));

	test('without a key asks nobody', () =>
		withConnections({ connections: [home] }, async connections => {
			const { lines, log } = memoryLog();
			const seen: Credential[] = [];
			const test = new ConnectionTest(connections, () => providerWith(passed, seen), log);
			const report = await test.run(found(connections, 'home'), new AbortController().signal);
			assert.deepEqual(
				report.checks.map(({ layer, isOk }) => [layer, isOk]),
				[['Key', false]],
			);
			assert.equal(report.failure?.kind, 'notConfigured');
			assert.deepEqual(seen, []);
			assert.equal(lines.length, 2);
		}));
});

suite('a question in the quick input', () => {
	const accept = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');

	/** Presses `press` until the question is over. */
	async function answerTo<T>(question: Promise<T>, press: () => Thenable<unknown>): Promise<T> {
		let isOpen = true;
		void question.finally(() => (isOpen = false));
		await eventually('the answer', async () => {
			await press();
			await pause(25);
			return !isOpen;
		});
		return question;
	}

	test('is answered with the text that is accepted', async () => {
		assert.deepEqual(await answerTo(askText({ title: 'T', prompt: 'P', value: 'given' }), accept), {
			kind: 'answered',
			value: 'given',
		});
	});

	test('is not answered while the text is wrong', async () => {
		let tries = 0;
		const check = (): string | undefined => (tries++ < 3 ? 'Not yet.' : undefined);
		assert.deepEqual(await answerTo(askText({ title: 'T', prompt: 'P', value: 'x', check }), accept), { kind: 'answered', value: 'x' });
		assert.equal(tries, 4);
	});

	test('a warning does not keep it open', async () => {
		const check = () => ({ message: 'Unusual.', severity: vscode.InputBoxValidationSeverity.Warning });
		assert.deepEqual(await answerTo(askText({ title: 'T', prompt: 'P', value: 'x', check }), accept), { kind: 'answered', value: 'x' });
	});

	test('is answered with the active choice', async () => {
		const choices = [
			{ label: 'one', value: 1 },
			{ label: 'two', value: 2 },
		];
		assert.deepEqual(await answerTo(askChoice({ title: 'T', placeholder: 'P', choices, active: 2 }), accept), {
			kind: 'answered',
			value: 2,
		});
	});

	for (const [canGoBack, kind] of [
		[true, 'back'],
		[false, 'answered'],
	] as const) {
		test(canGoBack ? 'is sent back where that is offered' : 'is not sent back where it is the first', async () => {
			const back = async (): Promise<unknown> => {
				await vscode.commands.executeCommand('workbench.action.quickInputBack');
				await pause(50);
				return canGoBack ? undefined : accept();
			};
			assert.equal((await answerTo(askText({ title: 'T', prompt: 'P', canGoBack }), back)).kind, kind);
		});
	}

	test('is dismissed when it is closed', async () => {
		const close = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.closeQuickOpen');
		assert.deepEqual(await answerTo(askText({ title: 'T', prompt: 'P' }), close), { kind: 'dismissed' });
	});
});
