import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AssetInserter } from '../../src/host/assets/assetInserter';
import { copyLink, insertedAsset } from '../../src/host/assets/copyLink';
import { writePictureTo } from '../../src/host/assets/saveAs';
import { workspaceRoot } from './harness';
import { contentOf, inserted, InsertScene, type FakeRun } from './insertKit';

suite('An insertion that is not possible, and what stands beside it', () => {
	const scene = InsertScene.forEachTest();

	suite('outside of the workspace', () => {
		let outside: string;

		setup(async () => {
			outside = await mkdtemp(join(tmpdir(), 'imgprompt outside-'));
		});

		teardown(() => rm(outside, { recursive: true, force: true }));

		test('a document there gets its asset beside it', async () => {
			writeFileSync(join(outside, 'page.md'), 'Hello');
			const uri = vscode.Uri.file(join(outside, 'page.md'));
			assert.equal(
				(await inserted(scene.run.request({ alt: 'Boat', target: { uri, isExact: false } }))).asset,
				join(outside, 'images', 'boat.png'),
			);
			assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'Hello\n\n![Boat](images/boat.png)');
		});

		for (const [name, output] of [
			['climbs out', '../../boat.png'],
			['is absolute', '/tmp/boat.png'],
			['goes into .git', '../.git/boat.png'],
			['goes through a workspace file', 'a.code-workspace/b.png'],
			['is a device', 'con.png'],
		] as const) {
			test(`an output that ${name} is refused, and nothing is written`, async () => {
				const prompt = await scene.write('boat.imgprompt', 'A boat');
				const record = scene.run.record({ source: { kind: 'file', uri: prompt.toString() }, output });
				const before = readdirSync(workspaceRoot().fsPath);
				const result = await new AssetInserter().insert(scene.run.request({ record }));
				assert.ok(!result.ok);
				assert.deepEqual([result.failure.kind, result.failure.canSaveAs], ['outsideWorkspace', true]);
				assert.match(result.failure.message, /^The picture was not inserted\. .+\.$/);
				assert.deepEqual([readdirSync(workspaceRoot().fsPath), readdirSync(scene.at('.').fsPath)], [before, ['boat.imgprompt']]);
			});
		}

		test('a symbolic link that leads out is refused, at any depth, and nothing arrives there', async () => {
			const { document, target } = await scene.page();
			symlinkSync(outside, scene.path('images'));
			symlinkSync(join(outside, 'nowhere'), scene.path('dangling'));
			for (const where of ['', 'images/new/deep', 'dangling']) {
				const result = await new AssetInserter().insert(
					scene.run.request({ target, settings: { folder: where, name: 'boat.png', onExisting: 'replace' } }),
				);
				assert.equal(!result.ok && result.failure.kind, 'outsideWorkspace', where);
			}
			assert.deepEqual([readdirSync(outside), document.getText()], [[], 'Hello\n']);
		});

		test('a symbolic link that stays inside is followed', async () => {
			const { target } = await scene.page();
			mkdirSync(scene.path('real'));
			symlinkSync(scene.path('real'), scene.path('images'));
			await inserted(scene.run.request({ alt: 'Boat', target }));
			assert.equal(contentOf(scene.path('real/boat.png'), scene.run), 'same');
		});
	});

	suite('when it can’t be done', () => {
		test('a file in the place of the folder: the message says why, and the document is as before', async () => {
			const { document, target } = await scene.page();
			await scene.write('images', 'a file');
			const result = await new AssetInserter().insert(scene.run.request({ target }));
			assert.ok(!result.ok);
			assert.deepEqual([result.failure.kind, result.failure.canSaveAs], ['writeFailed', true]);
			assert.match(result.failure.message, /a file is in the place of a folder.*safe in its run’s folder .*Save As/);
			assert.equal(document.getText(), 'Hello\n');
			assert.deepEqual(
				readdirSync(scene.run.folder).filter(name => name !== 'inserting'),
				['final-0.png'],
			);
		});

		for (const [name, damage] of [
			['was deleted', (victim: FakeRun) => victim.remove()],
			['was cut off', (victim: FakeRun) => writeFile(victim.picturePath, 'short')],
		] as const) {
			test(`a picture that ${name} is gone`, async () => {
				const { document, target } = await scene.page();
				await damage(scene.run);
				const result = await new AssetInserter().insert(scene.run.request({ target }));
				assert.deepEqual(result, {
					ok: false,
					failure: {
						kind: 'gone',
						message: 'The picture is not in its run’s folder any more. Generate it again.',
						canSaveAs: false,
					},
				});
				assert.deepEqual([document.getText(), existsSync(scene.path('images'))], ['Hello\n', false]);
			});
		}

		test('a document that is gone is no place', async () => {
			const result = await new AssetInserter().insert(scene.run.request({ target: { uri: scene.at('gone.md'), isExact: false } }));
			assert.equal(!result.ok && result.failure.kind, 'noPlace');
		});

		test('the next insertion works after a failed one', async () => {
			const { target } = await scene.page();
			const inserter = new AssetInserter();
			const bad = inserter.insert(scene.run.request({ target: { uri: scene.at('gone.md'), isExact: false } }));
			const good = inserter.insert(scene.run.request({ target }));
			assert.deepEqual([(await bad).ok, (await good).ok], [false, true]);
		});
	});

	suite('beside Insert', () => {
		test('Save As writes the same bytes, over an older file too, and leaves nothing else', async () => {
			await scene.write('saved.png', 'old');
			assert.equal((await writePictureTo(scene.at('saved.png'), scene.run.picturePath)).ok, true);
			assert.deepEqual([contentOf(scene.path('saved.png'), scene.run), readdirSync(scene.at('.').fsPath)], ['same', ['saved.png']]);
		});

		test('Save As into a folder that is gone says so', async () => {
			const result = await writePictureTo(scene.at('nowhere/saved.png'), scene.run.picturePath);
			assert.ok(!result.ok);
			assert.equal(result.failure.kind, 'writeFailed');
		});

		test('Copy Link gives the inserted asset as the document would write it', async () => {
			const { document, target } = await scene.page();
			const { asset: path } = await inserted(scene.run.request({ alt: 'Boat', target }));
			const record = scene.run.record({ alt: 'A boat', accepted: [{ index: 0, asset: path, at: '' }] });
			const picture = { record, picture: scene.run.picture, picturePath: scene.run.picturePath };
			assert.equal(await copyLink(picture, document), '![A boat](images/boat.png)');
			assert.equal(await vscode.env.clipboard.readText(), '![A boat](images/boat.png)');
			assert.equal(await copyLink(picture), `![A boat](${scene.folder.replaceAll(' ', '%20')}/images/boat.png)`);
		});

		test('Copy Link of a picture that was not inserted, or whose asset was deleted, points into the run’s folder', async () => {
			const record = scene.run.record({ accepted: [{ index: 0, asset: scene.path('deleted.png'), at: '' }] });
			const picture = { record, picture: scene.run.picture, picturePath: scene.run.picturePath };
			assert.equal(await insertedAsset(picture), undefined);
			assert.equal(await copyLink(picture), `![A red boat on a lake](${vscode.Uri.file(scene.run.picturePath).toString()})`);
		});
	});
});
