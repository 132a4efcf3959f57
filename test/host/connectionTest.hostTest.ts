import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Connection } from '../../src/core/connection/connection';
import type { ImageProvider } from '../../src/core/run/ports';
import type { Connections } from '../../src/host/connections/connections';
import { ConnectionTest } from '../../src/host/connections/connectionTest';

suite('The log of a connection test', () => {
	test('has each layer, and what a free check can’t find out', async () => {
		const lines: string[] = [];
		const log: Partial<vscode.LogOutputChannel> = { info: line => lines.push(line), warn: line => lines.push(line) };
		const connections: Pick<Connections, 'credentialFor' | 'settle'> = {
			credentialFor: () => Promise.resolve({ ok: true, value: { kind: 'none' } }),
			settle: () => undefined,
		};
		const report = { checks: [{ layer: 'Reachable', isOk: true, detail: '200' }], untested: 'No model is listed.' };
		const provider: Partial<ImageProvider> = { test: () => Promise.resolve(report) };
		const tests = new ConnectionTest(connections as Connections, () => provider as ImageProvider, log as vscode.LogOutputChannel);
		const connection: Partial<Connection> = { name: 'work', kind: 'azure', auth: 'apiKey' };
		await tests.run(connection as Connection, new AbortController().signal);
		assert.deepEqual(lines, ['Connection "work": Reachable ok: 200', 'Connection "work": not tested: No model is listed.']);
	});
});
