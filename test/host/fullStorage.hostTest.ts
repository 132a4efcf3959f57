import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { usualRefuge } from '../../src/host/records/refuge';
import { closeEverything, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

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
});
