import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openEditor } from './harness';
import { contentOf, inserted, InsertScene, press } from './insertKit';

const image = 'alt="A red boat" width="1536" height="1024"';

/** File name of the document, and the link to the asset at the address `URL` (or at the literal path `PATH`). */
const documents: readonly (readonly [fileName: string, link: string])[] = [
	['page.md', '![A red boat](URL)'],
	['page.mdx', '![A red boat](URL)'],
	['page.html', `<img src="URL" ${image}>`],
	['page.vue', `<img src="URL" ${image}>`],
	['page.svelte', `<img src="URL" ${image}>`],
	['page.jsx', '<img src="URL" alt="A red boat" width={1536} height={1024} />'],
	['page.tsx', '<img src="URL" alt="A red boat" width={1536} height={1024} />'],
	['page.css', 'url("URL")'],
	['page.scss', 'url("URL")'],
	['page.less', 'url("URL")'],
	['page.rst', '.. image:: PATH\n   :alt: A red boat'],
	['page.adoc', 'image::PATH[A red boat]'],
	['page.tex', '\\includegraphics[alt={A red boat}]{PATH}'],
	['page.typ', '#image("PATH", alt: "A red boat")'],
	['page.txt', 'PATH'],
];

/** Where the document lies in the test's folder, where the asset goes, and how the document sees it. */
const places: readonly (readonly [name: string, documentFolder: string, assetFolder: string, url: string, path?: string])[] = [
	['at the top', '', './', 'boat.png'],
	['three folders deep', 'a/b/c/', '../../../assets', '../../../assets/boat.png'],
	['with spaces in the path', 'my docs/', 'my pictures', 'my%20pictures/boat.png', 'my pictures/boat.png'],
	['with letters that URLs use', 'docs/', '../50% #1', '../50%25%20%231/boat.png', '../50% #1/boat.png'],
	['with letters of other scripts', 'дока/', '図', '図/boat.png'],
];

suite('Links of inserted pictures', () => {
	const scene = InsertScene.forEachTest();

	for (const [place, documentFolder, assetFolder, url, path = url] of places) {
		for (const [fileName, link] of documents) {
			test(`${fileName} ${place}`, async () => {
				const document = await vscode.workspace.openTextDocument(await scene.write(documentFolder + fileName, ''));
				const settings = { folder: assetFolder, name: 'boat.{{ext}}', onExisting: 'rename' } as const;
				const target = { uri: document.uri, isExact: false };
				const result = await inserted(scene.run.request({ alt: 'A red boat', settings, target }));
				// The languages whose own syntax needs an escape for a space get it.
				const expected = link.replace('URL', url).replace('PATH', literal(fileName, path));
				assert.deepEqual([document.getText(), result.link], [expected, expected]);
				assert.equal(contentOf(result.asset, scene.run), 'same');
				await document.save();
			});
		}
	}

	test('untitled documents of every kind are linked from the root', async () => {
		for (const language of ['markdown', 'html', 'typescriptreact', 'css', 'plaintext']) {
			const document = await vscode.workspace.openTextDocument({ language, content: '' });
			const settings = { folder: `/${scene.folder}`, name: `${language}.{{ext}}`, onExisting: 'rename' } as const;
			const { link = '' } = await inserted(scene.run.request({ alt: 'x', settings, target: { uri: document.uri, isExact: false } }));
			assert.ok(decodeURIComponent(link).includes(`${scene.folder}/${language}.png`), link);
			assert.equal(document.getText(), link);
		}
	});

	test('a document of a virtual file system gets file and link there, and one undo takes back both', async () => {
		const files = new Map<string, Uint8Array | 'folder'>([
			['/', 'folder'],
			['/docs', 'folder'],
			['/docs/page.md', new TextEncoder().encode('Hello')],
		]);
		const registration = vscode.workspace.registerFileSystemProvider('memory', memoryFileSystem(files));
		try {
			const uri = vscode.Uri.parse('memory:/docs/page.md');
			const { document } = await openEditor(uri, 'Hello');
			const result = await inserted(scene.run.request({ alt: 'Boat', target: { uri, isExact: false } }));
			assert.deepEqual([result.asset, document.getText()], ['memory:/docs/images/boat.png', 'Hello\n\n![Boat](images/boat.png)']);
			assert.ok(scene.run.bytes.equals(files.get('/docs/images/boat.png') as Uint8Array));
			await press('undo', document, 'Hello');
			assert.equal(files.has('/docs/images/boat.png'), false);
			files.set('/docs/images/boat.png', new Uint8Array([1]));
			const again = await inserted(scene.run.request({ alt: 'Boat', target: { uri, isExact: false } }));
			assert.equal(again.asset, 'memory:/docs/images/boat-2.png');
		} finally {
			registration.dispose();
		}
	});
});

function literal(fileName: string, path: string): string {
	if (fileName.endsWith('.rst')) {
		return path.replaceAll(' ', '\\ ');
	}
	if (fileName.endsWith('.adoc')) {
		return path.replace('%', '%25').replace('#', '%23');
	}
	return fileName.endsWith('.tex') ? path.replace('%', '\\csname @percentchar\\endcsname ').replace('#', '\\string#') : path;
}

/** As little of a file system as VS Code needs to read, write, move and delete. */
function memoryFileSystem(files: Map<string, Uint8Array | 'folder'>): vscode.FileSystemProvider {
	const found = (uri: vscode.Uri) => {
		const entry = files.get(uri.path);
		if (entry === undefined) {
			throw vscode.FileSystemError.FileNotFound(uri);
		}
		return entry;
	};
	return {
		onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
		watch: () => new vscode.Disposable(() => undefined),
		stat(uri) {
			const entry = found(uri);
			const isFolder = entry === 'folder';
			return {
				type: isFolder ? vscode.FileType.Directory : vscode.FileType.File,
				ctime: 0,
				mtime: 0,
				size: isFolder ? 0 : entry.length,
			};
		},
		readDirectory: uri =>
			[...files.keys()]
				.filter(path => path !== uri.path && path.slice(0, path.lastIndexOf('/')) === uri.path)
				.map(path => [path.slice(path.lastIndexOf('/') + 1), vscode.FileType.File]),
		readFile: uri => found(uri) as Uint8Array,
		createDirectory: uri => void files.set(uri.path, 'folder'),
		writeFile: (uri, content) => void files.set(uri.path, content),
		delete: uri => void files.delete(uri.path),
		rename(from, to) {
			files.set(to.path, found(from));
			files.delete(from.path);
		},
	};
}
