import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunResult } from '../../src/core/run/runResult';
import { activatedExtension, closeEverything, openEditor, workspaceFile, writeWorkspaceFile } from './harness';
import { connectToFakeApi, type ConnectedApi } from './imagesApi';

const posts = ({ server }: ConnectedApi): number => server.requests.filter(({ method }) => method === 'POST').length;

async function generate(uri: vscode.Uri): Promise<RunResult> {
	const [result] = await vscode.commands.executeCommand<RunResult[]>('imgprompt.generate', uri, {});
	assert.ok(result);
	return result;
}

suite('a hostile repository', () => {
	let api: ConnectedApi;

	suiteSetup(async () => {
		await activatedExtension();
		api = await connectToFakeApi('openai');
	});
	suiteTeardown(() => api.close());

	setup(() => api.server.reset());
	teardown(async () => {
		await closeEverything();
		rmSync(workspaceFile('hostile').fsPath, { recursive: true, force: true });
	});

	for (const [name, text] of [
		['of ten megabytes', `---\nsize: 1024x1024\n---\n${'word <!-- --> {{a}} '.repeat(500_000)}`],
		['that multiplies a long value', `---\nvars:\n  a: ${'x'.repeat(30_000)}\n---\n${'{{a}}'.repeat(100_000)}`],
		['with aliases upon aliases', `---\nvars:\n  a: &a x\n  b: *a\n---\n{{a}}${'{{b}}'.repeat(1000)}`],
		['nested without end', `---\n${'['.repeat(30_000)}\n---\nA boat`],
		['that names a connection by address', '---\nconnection: https://attacker.example/v1\n---\nA boat'],
		['with keys of a connection', '---\nbaseUrl: https://attacker.example/v1\napiKey: x\n---\nA boat'],
		['that writes into .git', '---\noutput: .git/hooks/x.png\n---\nA boat'],
		['that writes beside the workspace', '---\noutput: ../../a.png\n---\nA boat'],
		['that goes up and comes down elsewhere', '---\noutput: x/../../../other/a.png\n---\nA boat'],
		['whose variable leads out', '---\noutput: "{{up}}/../a.png"\nvars:\n  up: ..\n---\n{{up}} A boat'],
	] as const) {
		test(`sends nothing by a file ${name}, and says why`, async () => {
			const result = await generate(await writeWorkspaceFile('hostile/a.imgprompt', text));
			assert.deepEqual([result.status, result.runId, result.failure?.kind, posts(api)], ['failed', '', 'invalid', 0]);
		});
	}

	for (const [name, target] of [
		['without an end', '/dev/zero'],
		['that never gives anything', '/dev/tty'],
		['into the kernel’s memory', '/proc/kcore'],
		['to a folder', '..'],
		['to itself', 'a.imgprompt'],
	] as const) {
		(process.platform === 'linux' ? test : test.skip)(`sends nothing by a link ${name}, and goes on`, async () => {
			mkdirSync(workspaceFile('hostile').fsPath, { recursive: true });
			symlinkSync(target, workspaceFile('hostile/a.imgprompt').fsPath);
			const result = await generate(workspaceFile('hostile/a.imgprompt'));
			assert.deepEqual([result.status, result.failure?.kind, posts(api)], ['failed', 'invalid', 0]);
			assert.ok(process.memoryUsage().rss < 1.5 * 1024 * 1024 * 1024);
		});
	}

	test('does not have a file read that is too large for any editor', async () => {
		const uri = await writeWorkspaceFile('hostile/a.imgprompt', 'A boat');
		truncateSync(uri.fsPath, 51 * 1024 * 1024);
		const result = await generate(uri);
		assert.deepEqual([result.status, result.failure?.kind, posts(api)], ['failed', 'invalid', 0]);
		assert.match(result.failure?.message ?? '', /too large/);
	});

	test('waits for no pipe that nobody writes to', async () => {
		mkdirSync(workspaceFile('hostile').fsPath, { recursive: true });
		execFileSync('mkfifo', [workspaceFile('hostile/a.imgprompt').fsPath]);
		const result = await generate(workspaceFile('hostile/a.imgprompt'));
		assert.deepEqual([result.status, result.failure?.kind, posts(api)], ['failed', 'invalid', 0]);
	});

	test('gets nothing written outside or into .git, through a link of its own either', async () => {
		mkdirSync(workspaceFile('hostile/.git/hooks').fsPath, { recursive: true });
		symlinkSync('.git/hooks', workspaceFile('hostile/pictures').fsPath);
		for (const output of ['pictures/post-commit', 'pictures/new/a.png']) {
			const result = await generate(await writeWorkspaceFile('hostile/a.imgprompt', `---\noutput: ${output}\n---\nA boat`));
			const inserted = await vscode.commands.executeCommand<{ failure?: { kind: string } }>('imgprompt.insert', result.runId, 0);
			assert.equal(inserted.failure?.kind, 'outsideWorkspace', output);
		}
		assert.deepEqual(readdirSync(workspaceFile('hostile/.git/hooks').fsPath), []);
	});

	test('shows a name for what it is when one hovers over it', async () => {
		const uri = await writeWorkspaceFile(
			'hostile/a.imgprompt',
			'---\nvars:\n  a: "[x](command:workbench.action.quit)"\n---\n{{constructor}} {{a}}',
		);
		const { document } = await openEditor(uri);
		const hover = async (word: string): Promise<vscode.MarkdownString[]> => {
			const at = document.positionAt(document.getText().indexOf(word) + 3);
			const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
			return found.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
		};
		assert.match((await hover('{{constructor')).map(({ value }) => value).join(), /^constructor\W(?:nbsp;)?has/);
		const texts = (await hover('{{a')).map(({ value }) => value).join();
		assert.match(texts, /command:/);
		assert.doesNotMatch(texts, /(?<!\\)\[x\]\(command/);
		assert.ok((await hover('{{a')).every(({ isTrusted, supportHtml }) => isTrusted !== true && supportHtml !== true));
	});
});
