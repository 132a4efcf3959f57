import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activatedExtension } from './harness';

suite('a window in Restricted Mode', () => {
	test('is not trusted, and the extension works in it', async () => {
		const extension = await activatedExtension();
		assert.deepEqual({ isTrusted: vscode.workspace.isTrusted, isActive: extension.isActive }, { isTrusted: false, isActive: true });
	});
});
