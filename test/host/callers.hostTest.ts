import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { canaryKey } from '../launch/lib/canary.mjs';
import { closeEverything, eventually, openEditor, workspaceFile, writeWorkspaceFile } from './harness';

/** What a caller is told, whatever the command: the kind of its failure, or that there is none. */
type Told = string | undefined;

const call = <T>(command: string, ...args: readonly unknown[]): Thenable<T> =>
	vscode.commands.executeCommand<T>(`imgprompt.${command}`, ...args);

async function failureOfRun(command: string, ...args: readonly unknown[]): Promise<Told> {
	const [result] = await call<RunResult[]>(command, ...args);
	assert.ok(result);
	assert.equal(result.runId, '', 'nothing was started');
	return result.failure?.kind;
}

async function failureOf(command: string, ...args: readonly unknown[]): Promise<Told> {
	return (await call<{ failure?: { kind: string } }>(command, ...args)).failure?.kind;
}

/** A quick pick or an input box that nobody answers would keep the command waiting for ever. */
async function unasked<T>(work: Thenable<T>): Promise<T> {
	const asked = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('Somebody is asked.')), 8000));
	return Promise.race([work, asked]);
}

suite('callers in code', () => {
	teardown(closeEverything);

	const prompt = 'A red tulip';
	const mistakes: readonly (readonly [string, readonly unknown[]])[] = [
		['generate', [undefined, { cells: [] }]],
		['generate', [{ variables: {} }]],
		['generate', [42]],
		['generate', [undefined, 'low']],
		['generate', [undefined, { variables: 'mood' }]],
		['generate', [undefined, { variables: { mood: { text: 'calm' } } }]],
		['generate', ['file:///nowhere/at/all.md']],
		['generate', ['nowhere.imgprompt']],
		['generateFromSelection', [{ quality: 'low' }]],
		['generateFromSelection', [prompt]],
		['generateFromSelection', [{ prompt, sise: 'square' }]],
		['generateFromSelection', [{ prompt: 7 }]],
		['generateFromInput', [{ quality: 'low' }]],
		['generateFromInput', [prompt]],
		['generateFromInput', [{ prompt: '' }]],
		['generateFromInput', [{ prompt, cells: [1] }]],
	];
	for (const [command, args] of mistakes) {
		test(`${command}(${args.map(arg => JSON.stringify(arg)).join(', ')}) is told that this is invalid, without a question`, async () => {
			assert.equal(await unasked(failureOfRun(command, ...args)), 'invalid');
		});
	}

	for (const args of [
		[7, 0],
		['no-such-run'],
		['no-such-run', '0'],
		['no-such-run', 0, { url: 'x' }],
		['no-such-run', 0, { alt: 1 }],
		['no-such-run', 0, { position: { line: 0, character: 0 } }],
		['no-such-run', 0, { uri: 'file:///page.md', position: { line: '0' } }],
		['no-such-run', 0, { uri: 'page.md' }],
	]) {
		test(`insert(${args.map(arg => JSON.stringify(arg)).join(', ')}) is told that this is invalid`, async () => {
			assert.equal(await unasked(failureOf('insert', ...args)), 'invalid');
		});
	}

	test('a picture of no known run is gone', async () => {
		assert.equal(await failureOf('insert', 'no-such-run', 0), 'gone');
	});

	test('a prompt file that does not exist is a result, not an exception', async () => {
		assert.equal(await failureOfRun('generate', workspaceFile('missing.imgprompt')), 'invalid');
		assert.equal(await failureOf('preview', workspaceFile('missing.imgprompt')), 'invalid');
		assert.equal(await failureOf('preview', workspaceFile('missing.md')), 'invalid');
	});

	test('a preview of a mistake says what is wrong, with the problems', async () => {
		const uri = await writeWorkspaceFile('callers/bad.imgprompt', '---\nsize: 1920x1080\n---\nA fox\n');
		const preview = await call<{ status: string; failure: { kind: string; problems: { code: string }[] } }>('preview', uri);
		assert.deepEqual(
			[preview.status, preview.failure.kind, preview.failure.problems.map(({ code }) => code)],
			['failed', 'invalid', ['sizeGrid']],
		);
		assert.equal(await failureOf('preview', uri, { size: 'square' }), 'invalid');
	});

	test('a preview is plain JSON', async () => {
		const plan = await call<object>('preview', workspaceFile('hero.imgprompt'));
		assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
	});

	test('the only fence of a page that nobody is in is meant, one of several is not', async () => {
		const one = await writeWorkspaceFile('callers/one.md', 'Text\n\n```imgprompt\nA fox\n```\n');
		const two = await writeWorkspaceFile('callers/two.md', '```imgprompt\nA fox\n```\n\n```imgprompt\nA hare\n```\n');
		const plan = await call<{ status: string; prompt: string }>('preview', one);
		assert.deepEqual([plan.status, plan.prompt], ['ready', 'A fox']);
		assert.equal(await failureOf('preview', two), 'invalid');
	});

	test('variables take the place of those in the file, numbers too', async () => {
		const uri = await writeWorkspaceFile(
			'callers/vars.imgprompt',
			'---\nsize: square\nquality: low\nvars:\n  count: one\n---\n{{count}} foxes\n',
		);
		const [result] = await call<RunResult[]>('generate', uri.toString(), { variables: { count: 3 } });
		assert.equal(result?.status, 'succeeded', result?.failure?.message);
	});

	test('a file that was written a moment ago is sent as it is on disk, an unsaved one as it is in the editor', async () => {
		const uri = await writeWorkspaceFile('callers/fresh.imgprompt', 'Before\n');
		const promptNow = async (): Promise<string> => (await call<{ prompt: string }>('preview', uri)).prompt;
		const editor = await openEditor(uri);
		writeFileSync(uri.fsPath, 'Written a moment ago\n');
		assert.equal(await promptNow(), 'Written a moment ago');
		await eventually('the editor to show the file', () => editor.document.getText() === 'Written a moment ago\n');
		assert.ok(await editor.edit(edit => edit.replace(new vscode.Range(0, 0, 99, 0), 'Not saved\n')));
		assert.equal(await promptNow(), 'Not saved');
	});

	test('runs of one prompt that code starts side by side are all kept, and one panel is enough', async () => {
		const uri = await writeWorkspaceFile('callers/many.imgprompt', '---\nsize: square\nquality: low\n---\nA fox\n');
		const results = (await Promise.all([1, 2, 3].map(() => call<RunResult[]>('generate', uri)))).flat();
		assert.deepEqual(
			results.map(({ status }) => status),
			['succeeded', 'succeeded', 'succeeded'],
		);
		assert.equal(new Set(results.map(({ runId }) => runId)).size, 3);
		const tabs = vscode.window.tabGroups.all
			.flatMap(group => group.tabs)
			.filter(({ input }) => input instanceof vscode.TabInputWebview);
		assert.equal(tabs.length, 1);
	});

	test('cancel reaches one run, or all; a run that is not there is none', async () => {
		assert.equal(await call('cancel', 'no-such-run'), 0);
		assert.equal(await call('cancel', 42), 0);
		assert.equal(await call('cancel'), 0);
	});

	test('a new file is made from a named template without a question, and it can be sent', async () => {
		for (const template of ['illustration', 'mockup', 'diagram', 'blank']) {
			const uri = await unasked(call<vscode.Uri>('newFile', { template }));
			const document = await vscode.workspace.openTextDocument(uri);
			assert.equal(document.languageId, 'imgprompt');
			assert.equal((await call<{ status: string }>('preview', uri)).status, 'ready', template);
		}
		await assert.rejects(Promise.resolve(call('newFile', { template: 'poem' })), /Known: illustration, mockup/);
	});

	test('connections that can’t be are thrown, and keys stay out of the message', async () => {
		await assert.rejects(Promise.resolve(unasked(call('addConnection', { name: 'x' }))), /kind/);
		await assert.rejects(
			Promise.resolve(unasked(call('addConnection', { name: 'x', kind: 'openai', key: canaryKey }))),
			(error: Error) => !error.message.includes(canaryKey),
		);
		await assert.rejects(Promise.resolve(unasked(call('setApiKey', 'nobody', canaryKey))), /nobody/);
		await assert.rejects(Promise.resolve(unasked(call('setApiKey', 'nobody', 1))), /texts/);
		await assert.rejects(Promise.resolve(unasked(call('testConnection', 'nobody'))), /nobody/);
	});
});
