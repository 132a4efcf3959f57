import * as assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ImageFormat } from '../../src/core/image/imageFormat';
import type { StoredPicture } from '../../src/core/run/ports';
import type { RunRecord } from '../../src/core/run/records';
import { AssetInserter } from '../../src/host/assets/assetInserter';
import type { InsertedAsset, InsertRequest, InsertTarget } from '../../src/host/assets/insertion';
import { closeEverything, eventually, openEditor, pause, workspaceFile, workspaceRoot, writeWorkspaceFile } from './harness';

/** A PNG signature, a chunk with Content Credentials, and noise: bytes that any re-encoding would change. */
export function pictureBytes(size = 4096): Buffer {
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	const credentials = Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('caBXjumb'), randomBytes(4)]);
	return Buffer.concat([signature, credentials, randomBytes(size - signature.length - credentials.length)]);
}

/** A run with one picture, in a folder of its own outside of the workspace. */
export class FakeRun {
	readonly folder = mkdtempSync(join(tmpdir(), 'imgprompt-run-'));
	readonly picturePath: string;
	readonly picture: StoredPicture;

	constructor(
		readonly bytes = pictureBytes(),
		format: ImageFormat = 'png',
	) {
		const fileName = `final-0.${format === 'jpeg' ? 'jpg' : format}`;
		this.picturePath = join(this.folder, fileName);
		writeFileSync(this.picturePath, bytes);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		const facts = { width: 1536, height: 1024, format, isComplete: true, hasContentCredentials: true, hasAlphaChannel: false };
		this.picture = { role: 'final', candidate: 0, fileName, bytes: bytes.length, sha256, ...facts };
	}

	/** The record of the run; `change` says what a test is about. */
	record(change: Partial<RunRecord> = {}): RunRecord {
		return {
			version: 1,
			runId: 'run-1',
			state: 'finished',
			owner: 'test',
			startedAt: '2026-11-20T09:30:00.000Z',
			connection: 'sandbox',
			hostKind: 'sandbox',
			host: '',
			model: 'gpt-image-2',
			operation: 'generate',
			requested: {},
			price: { kind: 'free' },
			prompt: 'A red boat on a lake. It is evening.',
			promptSha256: '',
			source: { kind: 'input' },
			notices: [],
			partials: [],
			pictures: [this.picture],
			requestIds: [],
			...change,
		};
	}

	/** A request with everything that a test does not say. */
	request(change: Partial<InsertRequest> = {}): InsertRequest {
		return {
			record: this.record(),
			picture: this.picture,
			picturePath: this.picturePath,
			settings: { folder: '', name: '{{slug}}.{{ext}}', onExisting: 'rename' },
			isInteractive: false,
			...change,
		};
	}

	remove(): Promise<void> {
		return rm(this.folder, { recursive: true, force: true });
	}
}

/** Inserts, and expects that it works. */
export async function inserted(request: InsertRequest): Promise<InsertedAsset> {
	const result = await new AssetInserter().insert(request);
	assert.ok(result.ok, JSON.stringify(result));
	return result.value;
}

/** What lies under a path: the run's own bytes, other ones, or nothing. */
export function contentOf(path: string, run: FakeRun): 'same' | 'other' | 'none' {
	return existsSync(path) ? (readFileSync(path).equals(run.bytes) ? 'same' : 'other') : 'none';
}

/** Presses undo or redo once in the editor of `document`, and waits until the text is `text`. */
export async function press(command: 'undo' | 'redo', document: vscode.TextDocument, text: string): Promise<void> {
	await vscode.window.showTextDocument(document);
	await vscode.commands.executeCommand(command);
	await eventually(`${command} to give ${JSON.stringify(text)}`, () => document.getText() === text);
	// The file follows the text of the same edit.
	await pause(150);
}

/** A folder of the workspace and a run, new for each test. Its name has a space. */
export class InsertScene {
	folder = '';
	#run: FakeRun | undefined;

	get run(): FakeRun {
		assert.ok(this.#run, 'A run exists only while a test runs.');
		return this.#run;
	}

	/** Makes both before each test of the surrounding suite, and removes them after it. */
	static forEachTest(): InsertScene {
		const scene = new InsertScene();
		setup(() => {
			scene.#run = new FakeRun();
			scene.folder = `insert ${Date.now().toString(36)}`;
			mkdirSync(join(workspaceRoot().fsPath, scene.folder));
		});
		teardown(async () => {
			await closeEverything();
			await scene.run.remove();
			await rm(join(workspaceRoot().fsPath, scene.folder), { recursive: true, force: true });
		});
		return scene;
	}

	/** A file of the folder, whether it exists or not. */
	at(name: string): vscode.Uri {
		return workspaceFile(`${this.folder}/${name}`);
	}

	/** Its path on disk. */
	path(name: string): string {
		return this.at(name).fsPath;
	}

	write(name: string, text: string | Uint8Array): Promise<vscode.Uri> {
		return writeWorkspaceFile(`${this.folder}/${name}`, text);
	}

	/** A Markdown page in an editor, with its only word selected. */
	async page(): Promise<{ readonly document: vscode.TextDocument; readonly target: InsertTarget }> {
		const { document } = await openEditor(await this.write('page.md', 'Hello\n'), 'Hello');
		return { document, target: { uri: document.uri, isExact: false } };
	}
}
