import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { mendFor, patchOf } from '../../../../src/host/connections/connectionMend';

function azure(fields: Readonly<Record<string, unknown>> = {}): Connection {
	const entry = { name: 'foundry', kind: 'azure', baseUrl: 'https://res.openai.azure.com', deployment: 'gpt-image-2', ...fields };
	const [connection] = parseConnections([entry]).connections;
	assert.equal(connection?.name, 'foundry');
	return connection;
}

const ai = 'https://ai.azure.com/.default';
const cognitive = 'https://cognitiveservices.azure.com/.default';

suite('mendFor', () => {
	for (const [situation, code, connection, mend, patch] of [
		['v1 without a version is asked for one', 'apiVersionRequired', azure(), 'previewApi', { api: 'preview' }],
		['preview is refused', 'apiVersionUnsupported', azure({ api: 'preview' }), 'v1Api', { api: 'v1' }],
		['a token for v1 has the wrong audience', 'wrongAudience', azure({ auth: 'microsoft' }), 'otherScope', { scope: cognitive }],
		[
			'a token for a dated version has the wrong audience',
			'wrongAudience',
			azure({ auth: 'azureDefault', api: '2025-04-01-preview' }),
			'otherScope',
			{ scope: ai },
		],
	] as const) {
		test(`knows a change when ${situation}, and the change makes a valid entry of another meaning`, () => {
			assert.equal(mendFor({ code }, connection), mend);
			assert.deepEqual(patchOf(mend, connection), patch);
			assert.notDeepEqual(azure({ auth: connection.auth, api: connection.api, ...patch }), connection);
		});
	}

	for (const [situation, code, connection] of [
		['a version is asked for although preview was sent', 'apiVersionRequired', azure({ api: 'preview' })],
		['a version is asked for although a dated one was sent', 'apiVersionRequired', azure({ api: '2025-04-01-preview' })],
		['a key is used, which has no audience', 'wrongAudience', azure()],
		['the scope is the user’s own', 'wrongAudience', azure({ auth: 'microsoft', scope: 'api://gateway/.default' })],
		['the cloud has one scope only', 'wrongAudience', azure({ auth: 'microsoft', baseUrl: 'https://res.openai.azure.us' })],
		['the code is another one', 'missingRole', azure({ auth: 'microsoft' })],
		['there is no code', undefined, azure()],
		['the host is not Azure', 'apiVersionRequired', { ...azure(), kind: 'compatible' } as const],
	] as const) {
		test(`knows none when ${situation}`, () => {
			assert.equal(mendFor({ ...(code === undefined ? {} : { code }) }, connection), undefined);
		});
	}
});
