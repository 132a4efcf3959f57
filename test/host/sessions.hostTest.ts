import * as assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../src/core/run/records';
import type { RunResult } from '../../src/core/run/runResult';
import type { PromptOrigin } from '../../src/host/sessions/promptOrigin';
import { SessionRegistry } from '../../src/host/sessions/sessionRegistry';
import { SessionStore } from '../../src/host/sessions/sessionStore';
import { MemoryRunStore } from '../fakes/memoryRecords';
import { finishedRecord } from '../gallery/sessions';
import { closeEverything, eventually, openEditor, workspaceFile, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

async function run(command: string, ...args: unknown[]): Promise<RunResult> {
	const [result] = await vscode.commands.executeCommand<RunResult[]>(`imgprompt.${command}`, ...args);
	assert.ok(result, `${command} gave no result.`);
	return result;
}

const panelTabs = (): number =>
	vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview).length;

suite('a person who presses again', () => {
	let api: ConnectedApi;
	const pressed = { interactive: true };

	suiteSetup(async () => {
		api = await connectToFakeApi('openai');
	});

	suiteTeardown(() => api.close());

	setup(() => api.server.reset());

	teardown(closeEverything);

	test('while the same prompt is being prepared or made pays for one picture', async () => {
		const uri = workspaceFile('hero.imgprompt');
		const first = run('generate', uri, pressed);
		const second = run('generate', uri, pressed);
		await eventually('the request', () => api.server.accepted.length > 0);
		const third = run('generate', uri, pressed);
		const results = await Promise.all([first, second, third]);
		assert.deepEqual(
			[new Set(results.map(({ runId }) => runId)).size, results[0].status, api.server.accepted.length],
			[1, 'succeeded', 1],
		);
		assert.notEqual((await run('generate', uri, pressed)).runId, results[0].runId, 'afterwards a press is a new run');
	});

	test('on another sentence of the same page gets a panel of its own, and the first run keeps its own', async () => {
		const page = await writeWorkspaceFile('sessions/page.md', 'A red tulip.\n\nA blue iris.\n');
		api.server.behave({ hang: 'beforeFinal' });
		await openEditor(page, 'A red tulip.');
		const first = run('generateFromSelection');
		await eventually('the first request', () => api.server.accepted.length === 1);
		await openEditor(page, 'A blue iris.');
		const second = await run('generateFromSelection');
		assert.deepEqual([second.status, panelTabs()], ['succeeded', 2]);
		await vscode.commands.executeCommand('imgprompt.cancel');
		assert.equal((await first).status, 'cancelled');
		assert.deepEqual(
			api.server.accepted.map(({ body }) => body?.['prompt']),
			['A red tulip.', 'A blue iris.'],
		);
		await openEditor(page, 'A blue iris.');
		await run('generateFromSelection');
		assert.equal(panelTabs(), 2, 'a panel that is idle is used again');
	});
});

suite('an inserted picture', () => {
	teardown(closeEverything);

	test('is noted in the ledger, with the candidate and where it went', async () => {
		const result = await run('generateFromInput', { prompt: 'A red tulip', size: 'square', quality: 'low' });
		const page = await writeWorkspaceFile('sessions/insert.md', 'Hello\n');
		const inserted = await vscode.commands.executeCommand<{ asset: string }>('imgprompt.insert', result.runId, 0, { uri: page });
		const storage = dirname(dirname(dirname(result.images[0]?.path ?? '')));
		const month = new Date().toISOString().slice(0, 7);
		const lines = (await readFile(join(storage, 'ledger', `${month}.jsonl`), 'utf8')).trim().split('\n');
		const entries = lines.map(line => JSON.parse(line) as LedgerEntry).filter(({ runId }) => runId === result.runId);
		assert.deepEqual(
			entries.map(({ type }) => type),
			['claim', 'settle', 'accept'],
		);
		const { at: _at, ...accept } = entries.at(-1) ?? { at: '' };
		assert.deepEqual(accept, {
			type: 'accept',
			runId: result.runId,
			connection: 'sandbox',
			model: 'gpt-image-2',
			index: 0,
			asset: inserted.asset,
		});
	});
});

suite('sessions', () => {
	let folder: string;
	const errors: unknown[] = [];
	const file = (number: number): PromptOrigin => ({ kind: 'file', uri: `file:///prompts/${number}.imgprompt` });
	const registryAt = (path: string): SessionRegistry =>
		new SessionRegistry(new SessionStore(path), new MemoryRunStore(), {
			keepsPrompts: () => true,
			followRun: () => undefined,
			reportError: error => errors.push(error),
			recovered: Promise.resolve(),
		});

	setup(async () => {
		folder = await mkdtemp(join(tmpdir(), 'imgprompt-sessions-'));
		errors.length = 0;
	});

	teardown(() => rm(folder, { recursive: true, force: true }));

	test('of closed panels do not pile up in memory, and come back from disk', async () => {
		const registry = registryAt(folder);
		const all = [];
		for (let number = 0; number < 50; number++) {
			all.push(await registry.open(file(number)));
		}
		for (const session of all) {
			registry.closed(session);
		}
		assert.deepEqual(
			registry.all.map(({ origin }) => origin),
			Array.from({ length: 20 }, (_, index) => file(30 + index)),
		);
		const first = await registry.find(all[0]?.id ?? '');
		assert.deepEqual(first?.origin, file(0));
		assert.equal(await registry.open(file(49)), all[49]);
		registry.dispose();
	});

	test('at work are kept although their panel is closed', async () => {
		const registry = registryAt(folder);
		const busy = await registry.open(file(0));
		let finish: (result: RunResult) => void = () => undefined;
		const running = busy.hold(new Promise(resolve => (finish = resolve)));
		registry.closed(busy);
		for (let number = 1; number < 40; number++) {
			registry.closed(await registry.open(file(number)));
		}
		assert.ok(registry.all.includes(busy));
		finish({} as RunResult);
		await running;
		registry.closed(await registry.open(file(99)));
		assert.equal(registry.all.includes(busy), false);
		registry.dispose();
	});

	test('show a run from the disk without taking the place of one that is at work', async () => {
		const registry = registryAt(folder);
		const old = finishedRecord({}, { runId: 'old', source: { kind: 'file', uri: 'file:///prompts/0.imgprompt' } });
		const idle = await registry.open(file(0));
		assert.equal(await registry.openRun(old), idle);
		assert.equal(idle.run?.record, old);
		assert.equal(await registry.openRun({ ...old, isStarred: true }), idle, 'it shows this run already');

		let finish: (result: RunResult) => void = () => undefined;
		const running = idle.hold(new Promise(resolve => (finish = resolve)));
		const other = await registry.openRun({ ...old, runId: 'other' });
		assert.notEqual(other, idle);
		assert.deepEqual(
			registry.all.map(({ run }) => run?.record.runId),
			['old', 'other'],
		);
		finish({} as RunResult);
		await running;
		registry.dispose();
	});

	test('of a run that came from no file ask again for what was asked then', async () => {
		const registry = registryAt(folder);
		const { requested, prompt, ...record } = finishedRecord({}, { source: { kind: 'input' } });
		const session = await registry.openRun({ ...record, requested, ...(prompt === undefined ? {} : { prompt }) });
		assert.deepEqual(session.origin, {
			kind: 'values',
			values: { prompt, connection: 'openai', model: 'gpt-image-2', ...requested },
			source: { kind: 'input' },
		});
		assert.deepEqual((await registry.openRun({ ...record, requested, runId: 'unkept' })).origin, {
			kind: 'values',
			values: {},
			source: { kind: 'input' },
		});
		registry.dispose();
	});

	test('that can’t be written down are reported, and work nevertheless', async () => {
		await writeFile(join(folder, 'file'), '');
		const registry = registryAt(join(folder, 'file', 'sessions'));
		const session = await registry.open(file(0));
		assert.deepEqual([session.origin, errors.length], [file(0), 1]);
		registry.dispose();
	});
});
