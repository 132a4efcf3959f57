import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import type { InsertedAsset, InsertTarget } from '../../src/host/assets/insertion';
import { closeEverything, openEditor, withSettings } from './harness';
import { FakeRun, inserted, press } from './insertKit';

suite('a workspace of two folders', () => {
	let first: vscode.WorkspaceFolder;
	let second: vscode.WorkspaceFolder;
	let run: FakeRun;

	suiteSetup(() => {
		const [one, two, ...others] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(one && two && others.length === 0, 'The window must have exactly two folders.');
		first = one;
		second = two;
	});

	setup(() => {
		run = new FakeRun();
	});

	teardown(async () => {
		await closeEverything();
		await run.remove();
		for (const { uri } of [first, second]) {
			await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, 'multi'), { recursive: true }).then(undefined, () => undefined);
		}
	});

	/** A file of the folder `multi` in one of the two. */
	async function write(folder: vscode.WorkspaceFolder, name: string, text: string): Promise<vscode.Uri> {
		const uri = vscode.Uri.joinPath(folder.uri, 'multi', name);
		await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		return uri;
	}

	const insert = (target: InsertTarget, change: Parameters<FakeRun['request']>[0] = {}): Promise<InsertedAsset> =>
		inserted(run.request({ alt: 'Boat', target, ...change }));

	test('a picture goes into the folder of its document, whichever comes first', async () => {
		for (const folder of [second, first]) {
			const uri = await write(folder, 'page.md', 'Hello\n');
			const { document } = await openEditor(uri, 'Hello');
			const { asset, link } = await insert({ uri, isExact: false });
			assert.deepEqual([asset, link], [join(folder.uri.fsPath, 'multi', 'images', 'boat.png'), '![Boat](images/boat.png)']);
			await press('undo', document, 'Hello\n');
			assert.equal(existsSync(asset), false);
		}
	});

	test('a folder setting that starts at the root means the root of the document’s own folder', async () => {
		const uri = await write(second, 'deep/page.md', 'Hello\n');
		const settings = { folder: '/multi/pictures', name: '{{slug}}.{{ext}}', onExisting: 'rename' } as const;
		const { asset, link } = await insert({ uri, isExact: false }, { settings });
		assert.deepEqual([asset, link], [join(second.uri.fsPath, 'multi', 'pictures', 'boat.png'), '![Boat](../pictures/boat.png)']);
	});

	test('an output is relative to its prompt file and stays in that file’s folder; a page elsewhere links across', async () => {
		const prompt = await write(second, 'hero.imgprompt', 'A boat\n');
		const page = await write(first, 'page.md', 'Hello\n');
		const record = run.record({ source: { kind: 'file', uri: prompt.toString() }, output: 'out/boat.{{ext}}' });
		const { asset, link } = await insert({ uri: page, isExact: false }, { record });
		assert.equal(asset, join(second.uri.fsPath, 'multi', 'out', 'boat.png'));
		assert.equal(link, '![Boat](../../handbook/multi/out/boat.png)');
	});

	test('an output can’t lead from one folder into the other', async () => {
		const { AssetInserter } = await import('../../src/host/assets/assetInserter');
		const prompt = await write(second, 'hero.imgprompt', 'A boat\n');
		const record = run.record({ source: { kind: 'file', uri: prompt.toString() }, output: '../../workspace/boat.{{ext}}' });
		const result = await new AssetInserter().insert(run.request({ record }));
		assert.equal(!result.ok && result.failure.kind, 'outsideWorkspace');
		assert.equal(existsSync(join(first.uri.fsPath, 'boat.png')), false);
	});

	test('by code, what belongs to no folder goes into the first one, without a question', async () => {
		const settings = { folder: '/multi', name: '{{slug}}.{{ext}}', onExisting: 'rename' } as const;
		const { asset } = await inserted(run.request({ alt: 'Boat', settings }));
		assert.equal(asset, join(first.uri.fsPath, 'multi', 'boat.png'));
	});

	test('a folder setting of the editor is read for the document’s own folder', async () => {
		const pasted = { '**/*.md': '/multi/pasted/' };
		await withSettings({ 'markdown.copyFiles.destination': pasted }, async () => {
			const { asset } = await insert({ uri: await write(second, 'page.md', 'Hello\n'), isExact: false });
			assert.equal(asset, join(second.uri.fsPath, 'multi', 'pasted', 'boat.png'));
		});
	});

	test('a prompt file in the second folder runs, and its picture becomes its output there', async () => {
		const uri = await write(second, 'hero.imgprompt', '---\nsize: square\nquality: low\noutput: hero.png\n---\nA boat\n');
		const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generate', uri);
		assert.equal(result?.status, 'succeeded', result?.failure?.message);
		const { asset } = await vscode.commands.executeCommand<InsertedAsset>('imgprompt.insert', result.runId, 0);
		assert.equal(asset, join(second.uri.fsPath, 'multi', 'hero.png'));
		assert.deepEqual(readFileSync(asset), readFileSync(result.images[0]?.path ?? ''));
	});
});
