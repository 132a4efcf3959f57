import * as assert from 'node:assert/strict';
import { readHostError } from '../../../../src/providers/failure/hostError';
import { describeHostFailure } from '../../../../src/providers/failure/hostFailure';
import { aConnection, aKey } from './aConnection';

const key = 'sk-proj-0123456789abcdef';
const about = { connection: aConnection(), credential: aKey(key) };

suite('what a person is told of a failure', () => {
	test('never repeats a part of the key where the words of the host were cut off inside it', () => {
		for (let length = 370; length < 402; length++) {
			const other = 'qX7!mostly-local-key';
			const { failure } = describeHostFailure({
				...about,
				credential: aKey(other),
				status: 400,
				error: readHostError(`${'x '.repeat(length / 2)}${other}`),
			});
			assert.doesNotMatch(failure.message, /qX7!/);
		}
	});

	test('keeps the key out of every field', () => {
		const told = { error: { message: 'm', code: key, param: `x[${key}]` } };
		const { failure } = describeHostFailure({ ...about, status: 400, error: readHostError(JSON.stringify(told)) });
		assert.doesNotMatch(JSON.stringify(failure), /sk-proj/);
	});

	test('never repeats what looks like an access token, whoever sent it', () => {
		const other = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2FpLmF6dXJlLmNvbSJ9.c2lnbmF0dXJl_-x';
		const refused = readHostError(JSON.stringify({ error: { message: `The token ${other} is not good.`, code: other } }));
		const { failure } = describeHostFailure({ ...about, status: 400, error: refused });
		assert.match(failure.message, /The token \[key\] is not good/);
		assert.doesNotMatch(JSON.stringify(failure), /eyJ|c2lnb/);
	});

	for (const [baseUrl, advice] of [
		['http://localhost:8080', 'Set the address of the connection to http://localhost:8080/v1 if its API lies there.'],
		['https://api.example.com/images', 'Set the address of the connection to https://api.example.com/images/v1 if its API lies there.'],
		['https://api.example.com/v1', 'Check the address of the connection.'],
	] as const) {
		test(`says where the API of ${baseUrl} may lie`, () => {
			const { failure } = describeHostFailure({
				connection: aConnection({ baseUrl }),
				credential: aKey(),
				status: 404,
				error: readHostError(''),
			});
			assert.equal(failure.message, `The server answers, but makes no pictures at ${baseUrl}. ${advice}`);
		});
	}

	for (const [size, advice] of [
		['3840x2160', 'Some hosts take only shorter edges: try 3824x2144.'],
		['2160x3840', 'Some hosts take only shorter edges: try 2144x3824.'],
		['3840x1280', 'Some hosts take only shorter edges: try 3824x1280.'],
		['2048x1152', 'Change it or leave it out, and send again.'],
		['auto', 'Change it or leave it out, and send again.'],
	] as const) {
		test(`says what to ask for when ${size} is not accepted`, () => {
			const refused = readHostError(JSON.stringify({ error: { message: 'Invalid size.', code: 'invalid_value', param: 'size' } }));
			const { failure } = describeHostFailure({ ...about, size, status: 400, error: refused });
			assert.equal(failure.message, `The host did not accept size. ${advice} It says: “Invalid size.”`);
		});
	}

	test('speaks of the model when the server was told none', () => {
		const { failure } = describeHostFailure({ ...about, model: '', status: 404, error: readHostError('{"error":"model not found"}') });
		assert.match(failure.message, /^The host does not have the model for this account/);
	});
});
