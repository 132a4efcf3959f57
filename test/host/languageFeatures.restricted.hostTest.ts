import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedExtension, closeEverything, eventually, openEditor, writeWorkspaceFile } from './harness';

suite('a prompt file in a workspace that is not trusted', () => {
	teardown(closeEverything);

	test('shows its problems', async () => {
		await activatedExtension();
		const { document } = await openEditor(
			await writeWorkspaceFile('language/restricted.imgprompt', '---\nsize: 1920x1080\n---\nA rose.'),
		);
		await eventually('sizeGrid', () => vscode.languages.getDiagnostics(document.uri).some(({ code }) => code === 'sizeGrid'));
	});

	test('shows its price, and nothing that would send it', async () => {
		await activatedExtension();
		const { document } = await openEditor(await writeWorkspaceFile('language/priced.imgprompt', 'A rose.'));
		const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
		assert.deepEqual(
			lenses.map(({ command }) => [command?.title, command?.command]),
			[
				['free, sandbox · trust this workspace to generate', 'workbench.trust.manage'],
				['Preview', 'imgprompt.preview'],
			],
		);
	});
});
