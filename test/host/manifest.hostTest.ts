import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedExtension } from './harness';

interface Manifest {
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly title: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
	};
}

async function manifest(): Promise<Manifest> {
	return (await activatedExtension()).packageJSON as Manifest;
}

suite('the manifest in a window', () => {
	test('every command that it contributes is registered', async () => {
		const { commands } = (await manifest()).contributes;
		const registered = new Set(await vscode.commands.getCommands(true));
		assert.deepEqual(
			commands.map(({ command }) => command).filter(command => !registered.has(command)),
			[],
		);
	});

	test('every command has a title in words', async () => {
		const { commands } = (await manifest()).contributes;
		assert.deepEqual(
			commands.filter(({ title }) => title.trim() === '' || title.includes('%')),
			[],
		);
	});

	test('a workspace cannot change any of its settings', async () => {
		const names = Object.keys((await manifest()).contributes.configuration.properties);
		assert.ok(names.length > 0);
		for (const name of names) {
			await assert.rejects(
				Promise.resolve(vscode.workspace.getConfiguration().update(name, undefined, vscode.ConfigurationTarget.Workspace)),
				`${name} can be written into a workspace.`,
			);
		}
	});

	test('an .imgprompt file has its own language', async () => {
		const document = await vscode.workspace.openTextDocument({ content: 'A rose.', language: 'imgprompt' });
		assert.equal(document.languageId, 'imgprompt');
	});
});
