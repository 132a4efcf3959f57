import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { withConnection } from '../../../../src/host/connections/withConnection';

const connection: Connection = {
	name: 'local',
	kind: 'compatible',
	baseUrl: 'http://localhost:8080/v1',
	origin: 'http://localhost:8080',
	model: '',
	auth: 'none',
	concurrency: 2,
};
const entry = { name: 'local', kind: 'compatible', baseUrl: 'http://localhost:8080/v1/' };
const stored = { ...entry, baseUrl: connection.baseUrl };
const other = { name: 'other', kind: 'openai' };

suite('withConnection', () => {
	for (const [situation, present, expected] of [
		['starts the list', undefined, [stored]],
		['adds at the end', [other], [other, stored]],
		['replaces the entry of the same name where it stands', [{ ...stored, model: 'old' }, other], [stored, other]],
		['replaces the one that is used, not one that can’t be', [{ name: 'local' }, stored], [{ name: 'local' }, stored]],
		['leaves entries alone that it can’t read', [null, 'text', { kind: 'openai' }], [null, 'text', { kind: 'openai' }, stored]],
	] as const) {
		test(`${situation}, with the address normalised`, () => {
			assert.deepEqual(withConnection(present, entry, connection), { ok: true, value: expected });
		});
	}

	test('writes no address where the entry has none', () => {
		const openAi: Connection = { ...connection, name: 'other', kind: 'openai', baseUrl: 'https://api.openai.com/v1' };
		assert.deepEqual(withConnection([], other, openAi), { ok: true, value: [other] });
	});

	for (const present of ['text', 7, {}, false]) {
		test(`refuses to throw ${JSON.stringify(present)} away`, () => {
			assert.deepEqual(withConnection(present, entry, connection), { ok: false, failure: 'notAList' });
		});
	}
});
