import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AssetInserter } from '../../src/host/assets/assetInserter';
import type { InsertFailure } from '../../src/host/assets/insertion';
import { writePictureTo } from '../../src/host/assets/saveAs';
import { workspaceRoot } from './harness';
import { contentOf, FakeRun, InsertScene, pictureBytes } from './insertKit';

suite('An insertion where the disk does not take it', () => {
	const mounted: string[] = [];

	// Before the folders are removed on which they are mounted.
	teardown(() => {
		for (const path of mounted.splice(0)) {
			spawnSync('umount', ['--lazy', path]);
		}
	});

	const scene = InsertScene.forEachTest();

	/** A disk of its own in a folder of the workspace. `false`: only root on Linux may mount one. */
	function mountIn(folder: string, options: string): boolean {
		mkdirSync(scene.path(folder));
		const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', scene.path(folder)]).status === 0;
		mounted.push(...(isMounted ? [scene.path(folder)] : []));
		return isMounted;
	}

	/** Whatever the reason: the message says where the picture is, the document is as before, and Save As puts the picture elsewhere. */
	async function assertKept(failure: InsertFailure, run: FakeRun, document: vscode.TextDocument, why: RegExp): Promise<void> {
		assert.deepEqual([failure.kind, failure.canSaveAs], ['writeFailed', true], failure.message);
		assert.match(failure.message, why);
		assert.ok(failure.message.includes(run.picturePath), failure.message);
		assert.match(failure.message, /Save As/);
		assert.equal(document.getText(), 'Hello\n');
		assert.equal(contentOf(run.picturePath, run), 'same');
		assert.deepEqual(
			readdirSync(run.folder, { recursive: true }).filter(name => name !== 'inserting'),
			['final-0.png'],
			'a copy stays in the folder of the run',
		);
		assert.equal((await writePictureTo(scene.at('saved.png'), run.picturePath)).ok, true);
		assert.equal(contentOf(scene.path('saved.png'), run), 'same');
	}

	test('a folder that is read-only', async function () {
		const { document, target } = await scene.page();
		const isRoot = process.getuid?.() === 0;
		if (isRoot && !mountIn('images', 'ro')) {
			this.skip(); // For root alone no folder is read-only, unless its disk is.
		}
		if (!isRoot) {
			mkdirSync(scene.path('images'));
			await chmod(scene.path('images'), 0o555);
		}
		const result = await new AssetInserter().insert(scene.run.request({ target }));
		assert.ok(!result.ok);
		assert.deepEqual(readdirSync(scene.path('images')), []);
		await assertKept(result.failure, scene.run, document, /the disk is read-only|no permission to write there/);
	});

	test('a disk that is full', async function () {
		const { document, target } = await scene.page();
		if (!mountIn('images', 'size=64k')) {
			this.skip(); // There is no other way to a full disk.
		}
		const run = new FakeRun(pictureBytes(300_000));
		const result = await new AssetInserter().insert(run.request({ target }));
		assert.ok(!result.ok);
		assert.deepEqual(readdirSync(scene.path('images')), [], 'half a picture lies in the workspace');
		await assertKept(result.failure, run, document, /the disk is full/);
		await run.remove();
	});

	test('a disk that is full to the last byte, found out only while writing', async function () {
		const { document, target } = await scene.page();
		if (!mountIn('images', 'size=8m,nr_inodes=2')) {
			this.skip(); // There is no other way to a full disk.
		}
		// It has room for bytes, but for no second name.
		mkdirSync(scene.path('images/taken'));
		const result = await new AssetInserter().insert(scene.run.request({ target }));
		assert.ok(!result.ok);
		assert.deepEqual(readdirSync(scene.path('images')), ['taken']);
		await assertKept(result.failure, scene.run, document, /the disk is full|VS Code refused the change/);
	});

	for (const [name, folder, file] of [
		['path', 'long/'.repeat(900), 'boat.png'],
		['name', 'images', `${'é'.repeat(200)}.png`],
	] as const) {
		test(`a ${name} that is too long`, async () => {
			const { document, target } = await scene.page();
			const settings = { folder, name: file, onExisting: 'rename' } as const;
			const result = await new AssetInserter().insert(scene.run.request({ target, settings }));
			assert.ok(!result.ok);
			assert.match(result.failure.message, /long/);
			assert.equal(result.failure.canSaveAs, true);
			assert.deepEqual([document.getText(), readdirSync(scene.path('.'))], ['Hello\n', ['page.md']]);
		});
	}

	test('a workspace folder that has vanished', async () => {
		const { document, target } = await scene.page();
		const root = workspaceRoot().fsPath;
		await rename(root, `${root} away`);
		try {
			const result = await new AssetInserter().insert(scene.run.request({ target }));
			assert.ok(!result.ok, 'a workspace that its owner has removed is made anew');
			assert.deepEqual([result.failure.kind, result.failure.canSaveAs], ['writeFailed', true]);
			assert.match(result.failure.message, /the folder is not there any more/);
			assert.ok(result.failure.message.includes(scene.run.picturePath));
			assert.deepEqual([existsSync(root), document.getText()], [false, 'Hello\n']);
			assert.equal((await writePictureTo(vscode.Uri.file(join(scene.run.folder, 'saved.png')), scene.run.picturePath)).ok, true);
			assert.equal(contentOf(join(scene.run.folder, 'saved.png'), scene.run), 'same');
		} finally {
			await rm(root, { recursive: true, force: true });
			await rename(`${root} away`, root);
		}
	});
});
