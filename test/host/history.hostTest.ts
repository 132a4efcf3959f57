import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunRecord } from '../../src/core/run/records';
import type { RunResult } from '../../src/core/run/runResult';
import { activatedExtension, closeEverything, eventually, withSettings, writeWorkspaceFile } from './harness';

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

/** As another window would change a record. */
async function change(folder: string, work: (record: RunRecord) => RunRecord): Promise<void> {
	const path = join(folder, 'run.json');
	const record = JSON.parse(await readFile(path, 'utf8')) as RunRecord;
	await writeFile(path, `${JSON.stringify(work(record), undefined, '\t')}\n`);
}
