import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { refugeFolders, usualRefuge } from '../../src/host/records/refuge';
import { closeEverything, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';
import { press } from './insertKit';

suite('A storage of the editor that is full', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		api = await connectToFakeApi('openai', { usual: { size: '64x48', pictureBytes: 900_000 } });
	});
	suiteTeardown(() => api.close());
	teardown(closeEverything);

	async function generate(): Promise<RunResult> {
		const wish = { prompt: 'A quiet lake', size: '1024x1024', quality: 'low' };
		const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generateFromInput', wish);
		assert.ok(result);
		return result;
	}

	test('costs no picture: it is found on another disk, and inserted from there', async function () {
		const before = await generate();
		const runs = dirname(dirname(before.images[0]?.path ?? ''));
		if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', runs]).status !== 0) {
			this.skip(); // Only root on Linux may mount a disk, and there is no other way to a full one.
		}
		try {
			const result = await generate();
			const [image] = result.images;
			assert.equal(result.status, 'succeeded', result.failure?.message);
			assert.ok(
				usualRefuge().roots.some(root => image?.path.startsWith(root)),
				image?.path,
			);
			const uri = await writeWorkspaceFile('full.md', 'Hello\n');
			const inserted = await vscode.commands.executeCommand<{ asset: string }>('imgprompt.insert', result.runId, 0, { uri });
			assert.ok(readFileSync(inserted.asset).equals(readFileSync(image?.path ?? '')));
			assert.equal(api.server.accepted.length, 2);
			await rm(dirname(image?.path ?? ''), { recursive: true });
		} finally {
			spawnSync('umount', ['--lazy', runs]);
		}
	});

	test('that took the picture but has no room for a copy of it inserts it all the same, with one undo', async function () {
		const before = await generate();
		const runs = dirname(dirname(before.images[0]?.path ?? ''));
		if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1400k', 'tmpfs', runs]).status !== 0) {
			this.skip(); // Only root on Linux may mount a disk, and there is no other way to a full one.
		}
		let runId = '';
		try {
			const result = await generate();
			({ runId } = result);
			const path = result.images[0]?.path ?? '';
			assert.ok(path.startsWith(runs), path);
			const uri = await writeWorkspaceFile('no-copy.md', 'Hello\n');
			const { asset } = await vscode.commands.executeCommand<{ asset: string }>('imgprompt.insert', runId, 0, { uri });
			const document = await vscode.workspace.openTextDocument(uri);
			const text = document.getText();
			assert.ok(readFileSync(asset).equals(readFileSync(path)));
			await press('undo', document, 'Hello\n');
			assert.ok(!existsSync(asset));
			await press('redo', document, text);
			assert.ok(readFileSync(asset).equals(readFileSync(path)));
		} finally {
			spawnSync('umount', ['--lazy', runs]);
			await Promise.all(refugeFolders(usualRefuge(), runId).map(each => rm(each, { recursive: true, force: true })));
		}
	});
});
