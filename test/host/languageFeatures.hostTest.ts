import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedExtension, closeEverything, eventually, openEditor, setUserSetting, withSettings, writeWorkspaceFile } from './harness';

const openAi = { 'imgprompt.connections': [{ name: 'home', kind: 'openai' }], 'imgprompt.connection': 'home' };

/** Opens `text` as a prompt file of its own in an editor. */
async function openPrompt(text: string): Promise<vscode.TextDocument> {
	const { document } = await openEditor(await writeWorkspaceFile(`language/${crypto.randomUUID()}.imgprompt`, text));
	return document;
}

async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
	await vscode.workspace.applyEdit(edit);
}

function codesOf(document: vscode.TextDocument): readonly unknown[] {
	return vscode.languages
		.getDiagnostics(document.uri)
		.filter(({ source }) => source === 'Image Prompt')
		.map(({ code }) => code);
}

/** Waits until exactly these codes are shown: an empty list may be the state before the first check. */
async function assertCodes(document: vscode.TextDocument, codes: readonly string[]): Promise<void> {
	const settled = eventually(
		`${JSON.stringify(codes)} on ${JSON.stringify(document.getText())}`,
		() => JSON.stringify(codesOf(document)) === JSON.stringify(codes),
		4000,
	);
	await settled.catch(() => assert.deepEqual(codesOf(document), codes));
}

async function lensesOf(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
	return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

async function lensTitles(document: vscode.TextDocument): Promise<readonly (string | undefined)[]> {
	return (await lensesOf(document)).map(({ command }) => command?.title);
}

/** Completions at `|` in `text`. */
async function completionsIn(text: string): Promise<readonly vscode.CompletionItem[]> {
	const document = await openPrompt(text.replace('|', ''));
	const position = document.positionAt(text.indexOf('|'));
	const list = await vscode.commands.executeCommand<vscode.CompletionList>(
		'vscode.executeCompletionItemProvider',
		document.uri,
		position,
	);
	return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
}

function labelOf({ label }: vscode.CompletionItem): string {
	return typeof label === 'string' ? label : label.label;
}

/** The hover's text over the first occurrence of `word`. */
async function hoverOn(document: vscode.TextDocument, word: string): Promise<string> {
	const position = document.positionAt(document.getText().indexOf(word) + 1);
	const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
	return hovers
		.flatMap(({ contents }) => contents.map(content => (content as vscode.MarkdownString).value))
		.join('\n')
		.replaceAll('&nbsp;', ' ');
}

suite('an open prompt file', () => {
	suiteSetup(async () => {
		await activatedExtension();
		await setUserSetting('imgprompt.connections', undefined);
		await setUserSetting('imgprompt.connection', undefined);
	});

	teardown(closeEverything);

	for (const [text, codes] of [
		['A rose.', []],
		['---\nsize: 1920x1080\n---\nA rose.', ['sizeGrid']],
		['---\nsize: 3856x2160\n---\nA rose.', ['sizeEdge']],
		['---\nsize: 2560x640\n---\nA rose.', ['sizeRatio']],
		['---\nsize: 512x512\n---\nA rose.', ['sizePixels']],
		['---\nsize: 4k\n---\nA rose.', ['sizeExperimental']],
		['---\nqaulity: low\n---\nA rose.', ['unknownKey']],
		['---\nn: 11\n---\nA rose.', ['invalidValue']],
		['---\nsize square\n---\nA rose.', ['syntax']],
		['---\nsize: square\n---\n', ['missingPrompt']],
		['A {{mood}} rose.', ['unknownVariable']],
		['---\nvars:\n  mood: calm\n---\nA rose.', ['unusedVariable']],
		['---\nformat: jpeg\nbackground: transparent\n---\nA rose.', ['backgroundNeedsAlpha']],
		['---\ncompression: 50\n---\nA rose.', ['compressionIgnored']],
		['---\nconnection: nowhere\n---\nA rose.', ['unknownConnection']],
		['---\nmodel: gpt-image-1\n---\nA rose.', ['modelRetired']],
	] as const) {
		test(`${JSON.stringify(text)} shows ${codes.join(', ') || 'no problem'}`, async () => {
			const document = await openPrompt(text);
			await assertCodes(document, codes);
		});
	}

	test('former versions of a file have no problems to be solved', async () => {
		const bytes = new TextEncoder().encode('---\nsize: 1920x1080\n---\nA rose.');
		const nothing = (): never => {
			throw vscode.FileSystemError.NoPermissions();
		};
		const former: vscode.FileSystemProvider = {
			onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
			watch: () => new vscode.Disposable(() => undefined),
			stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length }),
			readFile: () => bytes,
			readDirectory: nothing,
			createDirectory: nothing,
			writeFile: nothing,
			delete: nothing,
			rename: nothing,
		};
		const registration = vscode.workspace.registerFileSystemProvider('former', former, { isReadonly: true });
		try {
			const now = await openPrompt('---\nsize: 1920x1080\n---\nA rose.');
			const before = await vscode.workspace.openTextDocument(vscode.Uri.parse('former:/hero.imgprompt'));
			await vscode.window.showTextDocument(before);
			assert.equal(before.languageId, 'imgprompt');
			await assertCodes(now, ['sizeGrid']);
			assert.deepEqual(codesOf(before), []);
		} finally {
			registration.dispose();
		}
	});

	test('shows what is wrong now while it is edited, and nothing once it is no prompt any more', async () => {
		const document = await openPrompt('---\nsize: 1920x1080\n---\nA rose.');
		await assertCodes(document, ['sizeGrid']);
		await replaceAll(document, '---\nsize: 1920x1088\n---\nA rose.');
		await assertCodes(document, []);
		await replaceAll(document, '---\nn: 0\n---\nA rose.');
		await assertCodes(document, ['invalidValue']);
		await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
		await assertCodes(document, []);
	});

	test('is checked anew when a setting changes', async () => {
		const document = await openPrompt('---\nconnection: home\n---\nA rose.');
		await assertCodes(document, ['unknownConnection']);
		await withSettings(openAi, () => assertCodes(document, []));
		await assertCodes(document, ['unknownConnection']);
	});

	for (const [what, before, title, after] of [
		['mends a misspelt key', '---\nqaulity: low\n---\nA rose.', /quality/, '---\nquality: low\n---\nA rose.'],
		[
			'names the successor of a model',
			'---\nmodel: gpt-image-1\n---\nA rose.',
			/Use gpt-image/,
			/^---\nmodel: gpt-image-2[^\n]*\n---\nA rose\.$/,
		],
		['names a connection that exists', '---\nconnection: sandbax\n---\nA rose.', /sandbox/, '---\nconnection: sandbox\n---\nA rose.'],
	] as const) {
		test(`a quick fix ${what}`, async () => {
			const document = await openPrompt(before);
			const [problem] = await eventually('a problem', () => {
				const problems = vscode.languages.getDiagnostics(document.uri);
				return problems.length > 0 ? problems : undefined;
			});
			assert.ok(problem);
			const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
				'vscode.executeCodeActionProvider',
				document.uri,
				problem.range,
			);
			const fix = actions.find(action => title.test(action.title));
			assert.ok(fix?.edit, actions.map(action => action.title).join(', '));
			assert.equal(fix.isPreferred, true);
			await vscode.workspace.applyEdit(fix.edit);
			if (typeof after === 'string') {
				assert.equal(document.getText(), after);
			} else {
				assert.match(document.getText(), after);
			}
		});
	}

	test('a quick fix turns 1920x1080 into 1920x1088', async () => {
		const document = await openPrompt('---\nsize: 1920x1080\n---\nA rose.');
		await assertCodes(document, ['sizeGrid']);
		const [problem] = vscode.languages.getDiagnostics(document.uri);
		assert.ok(problem);
		assert.equal(document.getText(problem.range), '1920x1080');
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			problem.range,
		);
		const fix = actions.find(({ title }) => title.includes('1920x1088'));
		assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
		await vscode.workspace.applyEdit(fix.edit);
		assert.equal(document.getText(), '---\nsize: 1920x1088\n---\nA rose.');
		await assertCodes(document, []);
	});

	test('carries a lens that says that the sandbox is free', async () => {
		assert.deepEqual(await lensTitles(await openPrompt('A rose.')), ['Generate · free, sandbox', 'Preview']);
	});

	test('carries a lens with the price of the selected connection', async () => {
		await withSettings(openAi, async () => {
			const [generate, preview] = await lensTitles(await openPrompt('---\nsize: landscape\nquality: medium\n---\nA rose.'));
			assert.match(generate ?? '', /^Generate ≈ \$0\.\d\d$/);
			assert.equal(preview, 'Preview');
		});
	});

	test('a lens leads to the problems instead of generating', async () => {
		const document = await openPrompt('---\nsize: 1920x1080\nn: 11\n---\nA rose.');
		const [fix] = await lensesOf(document);
		assert.equal(fix?.command?.title, 'Fix 2 problems to generate');
		await vscode.commands.executeCommand(fix.command.command, ...((fix.command.arguments ?? []) as unknown[]));
		await eventually('the cursor on the first problem', () => vscode.window.activeTextEditor?.selection.active.line === 1);
	});

	test('carries a lens that asks to choose among several connections', async () => {
		const several = {
			'imgprompt.connections': [
				{ name: 'home', kind: 'openai' },
				{ name: 'work', kind: 'openai' },
			],
		};
		await withSettings({ ...several, 'imgprompt.connection': undefined }, async () => {
			assert.deepEqual(await lensTitles(await openPrompt('A rose.')), ['Choose a connection to generate', 'Preview']);
		});
	});

	test('carries no lens when the user wants none', async () => {
		await withSettings({ 'imgprompt.codeLens.enabled': false }, async () => {
			assert.deepEqual(await lensTitles(await openPrompt('A rose.')), []);
		});
	});

	test('suggests the keys that it does not have yet, with documentation', async () => {
		const items = await completionsIn('---\nsize: square\n|\n---\nA rose.');
		const keys = items.map(labelOf);
		assert.ok(keys.includes('quality') && keys.includes('output'), keys.join(', '));
		assert.ok(!keys.includes('size'), keys.join(', '));
		assert.ok(items.every(({ documentation }) => documentation));
	});

	for (const [key, some] of [
		['size', ['square', 'landscape', '4k', 'auto']],
		['quality', ['auto', 'low', 'medium', 'high']],
		['format', ['png', 'jpeg', 'webp']],
		['connection', ['home', 'sandbox']],
		['model', ['gpt-image-2']],
		['background', ['opaque', 'auto']],
		['tier', ['smimage', '96']],
		['n', ['1', '10']],
	] as const) {
		test(`suggests values of ${key}`, async () => {
			await withSettings(openAi, async () => {
				const values = (await completionsIn(`---\n${key}: |\n---\nA rose.`)).map(labelOf);
				assert.deepEqual(
					some.filter(value => !values.includes(value)),
					[],
					values.join(', '),
				);
			});
		});
	}

	test('suggests qualities that only some models have where the model has them', async () => {
		const withMore = await completionsIn('---\nmodel: gpt-image-2.5-sunburst\nquality: |\n---\nA rose.');
		const without = await completionsIn('---\nmodel: gpt-image-2\nquality: |\n---\nA rose.');
		assert.deepEqual(
			[withMore, without].map(items => items.map(labelOf).includes('max')),
			[true, false],
		);
	});

	test('suggests its variables, and closes the braces', async () => {
		const items = await completionsIn('---\nvars:\n  mood: calm\n---\nA {{|');
		assert.deepEqual(
			items.map(item => [labelOf(item), item.insertText]),
			[['mood', 'mood}}']],
		);
	});

	test('explains a key, and what it does to the price', async () => {
		await withSettings(openAi, async () => {
			const document = await openPrompt('---\nsize: square\nquality: low\n---\nA rose.');
			const quality = await hoverOn(document, 'quality');
			assert.match(quality, /\*\*quality\*\*/);
			assert.match(quality, /\| high \| ≈ \$0\.\d+ estimated \|/);
			assert.match(await hoverOn(document, 'square'), /1,?024 × 1,?024/);
		});
	});

	test('says what a variable stands for', async () => {
		const document = await openPrompt('---\nvars:\n  mood: calm as milk\n---\nA {{mood}} rose.');
		assert.match(await hoverOn(document, '{{mood'), /calm as milk/);
	});

	test('folds its front matter, and comments of several lines', async () => {
		const document = await openPrompt('---\nsize: square\n---\nA rose.\n<!-- one\ntwo -->\n<!-- three -->');
		const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
		assert.deepEqual(
			folds.map(({ start, end }) => [start, end]),
			[
				[0, 2],
				[4, 5],
			],
		);
	});

	test('has an outline of keys and prompt', async () => {
		const document = await openPrompt('---\nsize: square\nn: 2\n---\nA rose.');
		const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
		assert.deepEqual(
			symbols.map(({ name, detail, children }) => [name, detail, children.map(child => `${child.name} ${child.detail}`)]),
			[
				['Front matter', '', ['size square', 'n 2']],
				['Prompt', 'A rose.', []],
			],
		);
	});
});
