import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/core/run/records';
import type { RunResult } from '../../src/core/run/runResult';
import { RunDecisions } from '../../src/host/history/runDecisions';
import { UndecidedRuns } from '../../src/host/history/undecidedRuns';
import { MemoryRunStore } from '../fakes/memoryRecords';
import { recordOf, resultOf } from '../gallery/sessions';
import { activatedExtension, closeEverything, eventually, pause, withSettings, writeWorkspaceFile } from './harness';

async function generate(prompt: string): Promise<{ readonly runId: string; readonly folder: string }> {
	const options = { prompt, connection: 'sandbox', size: 'square', quality: 'low' };
	const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', options);
	assert.equal(result?.status, 'succeeded');
	return { runId: result.runId, folder: dirname(result.images[0]?.path ?? '') };
}

suite('the history', () => {
	suiteSetup(activatedExtension);
	teardown(closeEverything);

	test('is shown to whoever asks, and code that asks is not kept waiting', async () => {
		await generate('A picture to be listed');
		assert.equal(await vscode.commands.executeCommand('imgprompt.showHistory'), undefined);
		await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
	});

	test('loses the oldest runs beyond the limit, but none that was inserted, starred or is undecided; the ledger keeps all', async () => {
		const [inserted, starred, undecided, plain] = [
			await generate('Inserted'),
			await generate('Starred'),
			await generate('Undecided'),
			await generate('Plain'),
		];
		const page = await writeWorkspaceFile('history/page.md', 'Hello\n');
		await vscode.commands.executeCommand('imgprompt.insert', inserted.runId, 0, { uri: page });
		await change(starred.folder, record => ({ ...record, isStarred: true }));
		await change(undecided.folder, ({ result, ...record }) => ({
			...record,
			...(result ? { result: { ...result, status: 'uncertain' } } : {}),
		}));
		await withSettings({ 'imgprompt.history.maxRuns': 2 }, async () => {
			const newest = [await generate('New'), await generate('Newest')];
			await eventually('the plain run to be removed', () => !existsSync(plain.folder));
			for (const { folder } of [inserted, starred, undecided, ...newest]) {
				assert.deepEqual(
					(await readdir(folder)).filter(name => name === 'run.json' || name.startsWith('final-0')).length,
					2,
					folder,
				);
			}
		});
		const root = dirname(plain.folder);
		assert.ok(!(await readdir(root)).some(name => name.includes(plain.runId)));
		const ledger = join(dirname(root), 'ledger', `${new Date().toISOString().slice(0, 7)}.jsonl`);
		assert.ok((await readFile(ledger, 'utf8')).includes(basename(plain.folder)));
		await change(undecided.folder, record => ({ ...record, isDismissed: true }));
	});
});

suite('undecided runs', () => {
	const run = (number: number): RunRecord =>
		recordOf({ runId: `run-${number}`, state: 'finished', result: resultOf({ status: 'uncertain' }) });

	test('are read again after every change, one look at a time, and others hear only of what is different', async () => {
		const changed = new vscode.EventEmitter<void>();
		let found: readonly RunRecord[] = [];
		let reads = 0;
		let readers = 0;
		const read = async (): Promise<readonly RunRecord[]> => {
			reads++;
			assert.equal(++readers, 1);
			await pause(5);
			readers--;
			return found;
		};
		const errors: unknown[] = [];
		const undecided = new UndecidedRuns({ read, changes: [changed.event], reportError: error => errors.push(error) });
		let fired = 0;
		undecided.onDidChange(() => fired++);
		await undecided.refresh();
		assert.deepEqual([reads, fired], [1, 0]);
		found = [run(1)];
		for (let event = 0; event < 10; event++) {
			changed.fire();
		}
		await eventually('the run', () => undecided.current.length === 1);
		await undecided.refresh();
		assert.deepEqual([fired, undecided.current, errors], [1, found, []]);
		assert.ok(reads <= 4, `${reads} looks`);
		undecided.dispose();
		changed.dispose();
	});

	test('stay known when the disk can’t be read', async () => {
		const refusal = new Error('The disk is gone.');
		let isGone = false;
		const errors: unknown[] = [];
		const read = async (): Promise<readonly RunRecord[]> => {
			if (isGone) {
				throw refusal;
			}
			return [run(1)];
		};
		const undecided = new UndecidedRuns({ read, changes: [], reportError: error => errors.push(error) });
		await undecided.refresh();
		isGone = true;
		await undecided.refresh();
		assert.deepEqual([undecided.current.length, errors], [1, [refusal]]);
		undecided.dispose();
	});

	test('are dismissed and starred for everybody who shows them; what needs no decision is left alone', async () => {
		const runs = new MemoryRunStore();
		const { runId } = await runs.create(run(1));
		await runs.create({ ...run(2), isDismissed: true });
		const shown: RunRecord[] = [];
		const decisions = new RunDecisions(runs, { showRecord: record => shown.push(record) });
		const heard: RunRecord[] = [];
		decisions.onDidChange(record => heard.push(record));
		await decisions.dismiss(runId);
		await decisions.dismiss(runId);
		await decisions.dismiss('run-2');
		await decisions.dismiss('gone');
		await decisions.star(runId, true);
		assert.deepEqual(
			shown.map(({ isDismissed, isStarred }) => [isDismissed, isStarred]),
			[
				[true, undefined],
				[true, true],
			],
		);
		assert.deepEqual(heard, shown);
		await assert.rejects(decisions.star('gone', true), /no longer kept/);
		decisions.dispose();
	});
});

/** As another window would change a record. */
async function change(folder: string, work: (record: RunRecord) => RunRecord): Promise<void> {
	const path = join(folder, 'run.json');
	const record = JSON.parse(await readFile(path, 'utf8')) as RunRecord;
	await writeFile(path, `${JSON.stringify(work(record), undefined, '\t')}\n`);
}
