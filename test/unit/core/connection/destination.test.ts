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
			{ ...sandboxConnection, kind: 'azure', baseUrl: 'https://x.openai.azure.com/openai/v1' },
			{ leavesMachine: true, host: 'x.openai.azure.com', text: 'Azure (x.openai.azure.com)' },
		],
	] as const satisfies readonly (readonly [Connection, object])[]) {
		test(`says of ${connection.kind} at ${connection.baseUrl || 'no address'}: ${expected.text}`, () => {
			assert.deepEqual(describeDestination(connection), expected);
		});
	}
});
