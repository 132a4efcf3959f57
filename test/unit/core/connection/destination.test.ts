import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { describeDestination } from '../../../../src/core/connection/destination';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';

function parsed(entry: Record<string, unknown>): Connection {
	const [connection] = parseConnections([{ name: 'x', ...entry }]).connections;
	assert.ok(connection);
	return connection;
}

suite('describeDestination', () => {
	for (const [connection, expected] of [
		[sandboxConnection, { leavesMachine: false, host: '', text: 'Nowhere: the sandbox paints on this computer' }],
		[parsed({ kind: 'openai' }), { leavesMachine: true, host: 'api.openai.com', text: 'OpenAI (api.openai.com)' }],
		[
			parsed({ kind: 'openai', baseUrl: 'https://proxy.example.com:8443/v1' }),
			{ leavesMachine: true, host: 'proxy.example.com:8443', text: 'OpenAI-style server (proxy.example.com:8443)' },
		],
		[
			parsed({ kind: 'compatible', baseUrl: 'https://bücher.example/v1' }),
			{ leavesMachine: true, host: 'xn--bcher-kva.example', text: 'Compatible server (xn--bcher-kva.example)' },
		],
		[
			parsed({ kind: 'compatible', baseUrl: 'http://127.0.0.1:8080/v1' }),
			{ leavesMachine: false, host: '127.0.0.1:8080', text: 'A server on this computer (127.0.0.1:8080)' },
		],
		[
			parsed({ kind: 'azure', baseUrl: 'https://x.openai.azure.com', deployment: 'img' }),
			{ leavesMachine: true, host: 'x.openai.azure.com', text: 'Microsoft Foundry (x.openai.azure.com)' },
		],
		[
			parsed({ kind: 'azure', baseUrl: 'https://x.openai.azure.us', deployment: 'img' }),
			{ leavesMachine: true, host: 'x.openai.azure.us', text: 'Microsoft Foundry (x.openai.azure.us)' },
		],
		[
			parsed({ kind: 'azure', baseUrl: 'https://eastus.api.cognitive.microsoft.com', deployment: 'img' }),
			{
				leavesMachine: true,
				host: 'eastus.api.cognitive.microsoft.com',
				text: 'Microsoft Foundry (eastus.api.cognitive.microsoft.com)',
			},
		],
		[
			parsed({ kind: 'azure', baseUrl: 'https://x.azure-api.net/team', deployment: 'img' }),
			{ leavesMachine: true, host: 'x.azure-api.net', text: 'API gateway (x.azure-api.net)' },
		],
		[
			parsed({ kind: 'azure', baseUrl: 'https://x.openai.azure.com.evil.example/openai/v1', deployment: 'img' }),
			{
				leavesMachine: true,
				host: 'x.openai.azure.com.evil.example',
				text: 'API gateway (x.openai.azure.com.evil.example)',
			},
		],
		[
			parsed({ kind: 'azure', baseUrl: 'http://localhost:8080', deployment: 'img' }),
			{ leavesMachine: false, host: 'localhost:8080', text: 'A server on this computer (localhost:8080)' },
		],
	] as const satisfies readonly (readonly [Connection, object])[]) {
		test(`says of ${connection.kind} at ${connection.baseUrl || 'no address'}: ${expected.text}`, () => {
			assert.deepEqual(describeDestination(connection), expected);
		});
	}
});
