import * as assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { RunFolder } from '../../src/core/run/records';
import { noRefuge } from '../../src/host/records/refuge';
import { DocumentTracker } from '../../src/host/sessions/documentTracker';
import { PictureActions } from '../../src/host/sessions/pictureActions';
import { systemClock } from '../../src/host/systemClock';
import { MemoryLedger, MemoryRunStore } from '../fakes/memoryRecords';
import { workspaceRoot, writeWorkspaceFile } from './harness';
import { FakeRun } from './insertKit';

suite('inserting in a workspace that is not trusted', () => {
	test('writes nothing, neither file nor link', async () => {
		const run = new FakeRun();
		const folder: Partial<RunFolder> = { record: run.record(), locate: () => ({ path: run.picturePath, uri: '' }) };
		const runs = Object.assign(new MemoryRunStore(), { open: async () => folder });
		const ledger = new MemoryLedger();
		const tracker = new DocumentTracker();
		const pictures = new PictureActions({ runs, ledger, clock: systemClock, refuge: noRefuge }, tracker, () => run.request().settings);
		try {
			const uri = await writeWorkspaceFile('untrusted.md', 'Hello\n');
			const before = await readdir(workspaceRoot().fsPath);
			for (const target of [{ uri }, {}]) {
				const result = await pictures.insertByCode({ runId: 'run-1', index: 0, ...target });
				assert.equal('failure' in result && result.failure.kind, 'notPermitted');
			}
			const document = await vscode.workspace.openTextDocument(uri);
			assert.deepEqual([await readdir(workspaceRoot().fsPath), document.getText(), ledger.entries], [before, 'Hello\n', []]);
		} finally {
			tracker.dispose();
			await run.remove();
		}
	});
});
