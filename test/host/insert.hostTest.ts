import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { AssetInserter } from '../../src/host/assets/assetInserter';
import type { InsertRequest } from '../../src/host/assets/insertion';
import { eventually, openEditor, withSettings } from './harness';
import { contentOf, FakeRun, inserted, InsertScene, pictureBytes, press } from './insertKit';

suite('Inserting a picture', () => {
	const scene = InsertScene.forEachTest();

	suite('as one edit', () => {
		test('one undo takes back link and file, redo brings both again', async () => {
			const { document, target } = await scene.page();
			await inserted(scene.run.request({ target }));
			const after = 'Hello\n\n![A red boat on a lake](images/a-red-boat-on-a-lake.png)\n';
			assert.deepEqual([document.getText(), contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run)], [after, 'same']);
			await press('undo', document, 'Hello\n');
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'none');
			await press('redo', document, after);
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'same');
			await press('undo', document, 'Hello\n');
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'none');
			assert.equal(contentOf(scene.run.picturePath, scene.run), 'same');
		});

		test('a picture of 25 MB is written unchanged and taken back by one undo', async () => {
			const big = new FakeRun(pictureBytes(25_000_000));
			try {
				const { document, target } = await scene.page();
				await inserted(big.request({ target }));
				assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), big), 'same');
				await press('undo', document, 'Hello\n');
				assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), big), 'none');
			} finally {
				await big.remove();
			}
		});

		test('a document that no editor shows gets its link at its end, in a paragraph of its own', async () => {
			const uri = await scene.write('closed.md', 'Hello');
			await inserted(scene.run.request({ target: { uri, isExact: false } }));
			const document = await vscode.workspace.openTextDocument(uri);
			assert.equal(document.getText(), 'Hello\n\n![A red boat on a lake](images/a-red-boat-on-a-lake.png)');
			await press('undo', document, 'Hello');
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'none');
		});

		test('an untitled document is linked from the root of the workspace folder', async () => {
			const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: 'Hello' });
			await vscode.window.showTextDocument(document);
			const settings = { folder: `/${scene.folder}`, name: '{{slug}}.{{ext}}', onExisting: 'rename' } as const;
			await inserted(
				scene.run.request({ settings, target: { uri: document.uri, position: new vscode.Position(0, 5), isExact: false } }),
			);
			const path = `${scene.folder}/a-red-boat-on-a-lake.png`;
			assert.equal(document.getText(), `Hello\n\n![A red boat on a lake](${path.replaceAll(' ', '%20')})`);
			await press('undo', document, 'Hello');
			assert.equal(existsSync(scene.path('a-red-boat-on-a-lake.png')), false);
		});

		test('a Markdown cell of a notebook is linked from the notebook’s folder', async () => {
			const cell = { cell_type: 'markdown', metadata: {}, source: ['Hello'] };
			const uri = await scene.write('page.ipynb', JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
			const notebook = await vscode.workspace.openNotebookDocument(uri);
			await vscode.window.showNotebookDocument(notebook);
			const { document } = notebook.cellAt(0);
			await inserted(scene.run.request({ target: { uri: document.uri, position: new vscode.Position(0, 5), isExact: false } }));
			assert.equal(document.getText(), 'Hello\n\n![A red boat on a lake](images/a-red-boat-on-a-lake.png)');
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'same');
			await vscode.commands.executeCommand('notebook.cell.edit');
			await eventually('the cell’s editor', () => vscode.window.activeTextEditor?.document === document);
			await vscode.commands.executeCommand('undo');
			await eventually(
				'undo in the cell',
				() => document.getText() === 'Hello' && !existsSync(scene.path('images/a-red-boat-on-a-lake.png')),
			);
		});

		test('text that is typed while the file is written stays, and so does the link', async () => {
			const { document, target } = await scene.page();
			const insertion = inserted(scene.run.request({ target: { ...target, position: new vscode.Position(0, 4) } }));
			const editor = await vscode.window.showTextDocument(document);
			for (let typed = 0; typed < 20; typed++) {
				await editor.edit(edit => edit.insert(new vscode.Position(1, 0), 'x'), { undoStopBefore: true, undoStopAfter: true });
			}
			await insertion;
			assert.deepEqual(
				document
					.getText()
					.split('\n')
					.map(line => line.replaceAll('x', '')),
				['Hell ![A red boat on a lake](images/a-red-boat-on-a-lake.png) o', ''],
			);
			assert.equal(document.getText().match(/x/g)?.length, 20);
			assert.equal(contentOf(scene.path('images/a-red-boat-on-a-lake.png'), scene.run), 'same');
		});
	});

	suite('at the right place', () => {
		test('after the selection, not over it', async () => {
			const { document } = await openEditor(await scene.write('page.md', 'One two three\n'), 'two');
			await inserted(scene.run.request({ target: { uri: document.uri, isExact: false } }));
			assert.equal(document.getText(), 'One two ![A red boat on a lake](images/a-red-boat-on-a-lake.png) three\n');
		});

		test('below the paragraph whose last line was selected to its end', async () => {
			const { document } = await openEditor(await scene.write('page.md', 'One\ntwo.\n\nThree\n'), 'two.');
			await inserted(scene.run.request({ alt: 'Boat', target: { uri: document.uri, isExact: false } }));
			assert.equal(document.getText(), 'One\ntwo.\n\n![Boat](images/boat.png)\n\nThree\n');
		});

		test('exactly where code says, without a space', async () => {
			const { document } = await scene.page();
			await inserted(
				scene.run.request({ alt: 'Boat', target: { uri: document.uri, position: new vscode.Position(0, 4), isExact: true } }),
			);
			assert.equal(document.getText(), 'Hell![Boat](images/boat.png)o\n');
		});

		test('at the nearest place when the document has become shorter', async () => {
			const { document } = await scene.page();
			await inserted(
				scene.run.request({ alt: 'Boat', target: { uri: document.uri, position: new vscode.Position(99, 99), isExact: true } }),
			);
			assert.equal(document.getText(), 'Hello\n![Boat](images/boat.png)');
		});

		test('where the prompt was selected, when no editor shows the document', async () => {
			const uri = await scene.write('page.md', 'One\nTwo\nThree');
			const source = { kind: 'selection', uri: uri.toString(), position: { line: 1, character: 3 } } as const;
			await inserted(scene.run.request({ alt: 'Boat', record: scene.run.record({ source }), target: { uri, isExact: false } }));
			assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), 'One\nTwo ![Boat](images/boat.png)\nThree');
		});

		test('a block of reStructuredText gets lines of its own', async () => {
			const { document } = await openEditor(await scene.write('page.rst', 'One\nTwo\n'), 'One');
			await inserted(scene.run.request({ alt: 'Boat', target: { uri: document.uri, isExact: false } }));
			assert.equal(document.getText(), 'One\n\n.. image:: images/boat.png\n   :alt: Boat\n\nTwo\n');
		});
	});

	suite('under the right name', () => {
		const into = (change: Partial<InsertRequest['settings']>) =>
			({ folder: 'pics', name: '{{slug}}.{{ext}}', onExisting: 'rename', ...change }) as const;

		test('a taken name gets -2, then -3, whatever its letter case, and nothing is overwritten', async () => {
			const { target } = await scene.page();
			await scene.write('images/BOAT.png', 'mine');
			const paths = [];
			for (let time = 0; time < 2; time++) {
				paths.push((await inserted(scene.run.request({ alt: 'Boat', target }))).asset);
			}
			assert.deepEqual(paths, [scene.path('images/boat-2.png'), scene.path('images/boat-3.png')]);
			assert.equal(readFileSync(scene.path('images/BOAT.png'), 'utf8'), 'mine');
		});

		test('two insertions at once take two names', async () => {
			const { document, target } = await scene.page();
			const inserter = new AssetInserter();
			const results = await Promise.all([1, 2].map(() => inserter.insert(scene.run.request({ alt: 'Boat', target }))));
			assert.deepEqual(
				results.map(result => result.ok && result.value.asset),
				[scene.path('images/boat.png'), scene.path('images/boat-2.png')],
			);
			assert.equal(document.getText().match(/!\[Boat\]/g)?.length, 2);
		});

		test('the run’s output wins over the settings, and is relative to the prompt file', async () => {
			const prompt = await scene.write('prompts/boat.imgprompt', 'A boat');
			const { document, target } = await scene.page();
			const record = scene.run.record({ source: { kind: 'file', uri: prompt.toString() }, output: '../assets/{{index}}-hero.png' });
			const result = await inserted(scene.run.request({ record, settings: into({}), target }));
			assert.equal(result.asset, scene.path('assets/1-hero.png'));
			assert.equal(document.getText(), 'Hello\n\n![A red boat on a lake](assets/1-hero.png)\n');
		});

		test('an output with the wrong extension is written under the true one, and says so', async () => {
			const jpeg = new FakeRun(pictureBytes(), 'jpeg');
			try {
				const prompt = await scene.write('boat.imgprompt', 'A boat');
				const record = jpeg.record({ source: { kind: 'file', uri: prompt.toString() }, output: 'hero.png' });
				const { asset: path, uri, link, notice } = await inserted(jpeg.request({ record }));
				assert.deepEqual(
					[path, uri, link, notice],
					[
						scene.path('hero.jpg'),
						vscode.Uri.file(scene.path('hero.jpg')).toString(),
						undefined,
						'The picture is a JPEG, so it was saved as hero.jpg.',
					],
				);
			} finally {
				await jpeg.remove();
			}
		});

		test('the setting’s folder is relative to the document, its name has variables', async () => {
			const { target } = await scene.page();
			const settings = into({ folder: 'pics/${documentBaseName}', name: '{{date}}/{{model}}-{{size}}.{{ext}}' });
			assert.equal(
				(await inserted(scene.run.request({ settings, target }))).asset,
				scene.path('pics/page/2026-11-20/gpt-image-2-1536x1024.png'),
			);
		});

		test('without a folder in the settings, it goes where Markdown pastes pictures', async () => {
			const { target } = await scene.page();
			const destination = {
				'**/*.txt': 'wrong/',
				'*.md': '${documentWorkspaceFolder}/${documentRelativeDirName}/pasted/${fileName}',
			};
			await withSettings({ 'markdown.copyFiles.destination': destination }, async () => {
				assert.equal((await inserted(scene.run.request({ alt: 'Boat', target }))).asset, scene.path('pasted/boat.png'));
			});
		});

		test('Replace keeps the name; one undo brings the old bytes back', async () => {
			const { document, target } = await scene.page();
			await scene.write('pics/boat.png', 'old');
			await inserted(scene.run.request({ alt: 'Boat', settings: into({ onExisting: 'replace' }), target }));
			assert.equal(contentOf(scene.path('pics/boat.png'), scene.run), 'same');
			await press('undo', document, 'Hello\n');
			assert.equal(readFileSync(scene.path('pics/boat.png'), 'utf8'), 'old');
			await press('redo', document, 'Hello\n\n![Boat](pics/boat.png)\n');
			assert.equal(contentOf(scene.path('pics/boat.png'), scene.run), 'same');
			assert.deepEqual(readdirSync(scene.path('pics')), ['boat.png']);
		});

		test('Replace without a document swaps the file whole', async () => {
			const prompt = await scene.write('boat.imgprompt', 'A boat');
			await scene.write('hero.png', 'old');
			const record = scene.run.record({ source: { kind: 'file', uri: prompt.toString() }, output: 'hero.png' });
			assert.equal(
				(await inserted(scene.run.request({ record, settings: into({ onExisting: 'replace' }) }))).asset,
				scene.path('hero.png'),
			);
			assert.equal(contentOf(scene.path('hero.png'), scene.run), 'same');
			assert.deepEqual(readdirSync(scene.at('.').fsPath).sort(), ['boat.imgprompt', 'hero.png']);
		});

		test('Replace does not replace another candidate of the same run, a folder or a symbolic link', async () => {
			const { target } = await scene.page();
			await scene.write('pics/boat.png', 'first candidate');
			const accepted = [{ index: 1, asset: scene.path('pics/boat.png'), at: '' }];
			const settings = into({ onExisting: 'replace' });
			const record = scene.run.record({ accepted });
			assert.equal(
				(await inserted(scene.run.request({ alt: 'Boat', record, settings, target }))).asset,
				scene.path('pics/boat-2.png'),
			);
			mkdirSync(scene.path('pics/lake.png'));
			assert.equal((await inserted(scene.run.request({ alt: 'Lake', settings, target }))).asset, scene.path('pics/lake-2.png'));
			symlinkSync(scene.path('page.md'), scene.path('pics/link.png'));
			assert.equal((await inserted(scene.run.request({ alt: 'Link', settings, target }))).asset, scene.path('pics/link-2.png'));
			assert.equal(readFileSync(scene.path('pics/boat.png'), 'utf8'), 'first candidate');
		});

		test('code is never asked: Ask keeps both', async () => {
			const { target } = await scene.page();
			await scene.write('pics/boat.png', 'old');
			const result = await inserted(scene.run.request({ alt: 'Boat', settings: into({ onExisting: 'ask' }), target }));
			assert.equal(result.asset, scene.path('pics/boat-2.png'));
		});
	});
});
