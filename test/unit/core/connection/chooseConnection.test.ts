import * as assert from 'node:assert/strict';
import { chooseConnection, unknownConnectionProblem } from '../../../../src/core/connection/chooseConnection';
import type { Connection } from '../../../../src/core/connection/connection';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';

const connection = (name: string): Connection => ({
	name,
	kind: 'openai',
	baseUrl: 'https://api.openai.com/v1',
	origin: 'https://api.openai.com',
	model: 'gpt-image-2',
	auth: 'apiKey',
	concurrency: 2,
});

const work = connection('work');
const home = connection('home');

suite('chooseConnection', () => {
	for (const [title, wishes, expected] of [
		['the file’s, before the setting’s', { named: 'home', setting: 'work', connections: [work, home, sandboxConnection] }, home],
		['the setting’s, when the file names none', { setting: 'work', connections: [work, home, sandboxConnection] }, work],
		['the only one of the user’s own', { named: '', setting: ' ', connections: [work, sandboxConnection] }, work],
		['the sandbox, when none is set up', { connections: [sandboxConnection] }, sandboxConnection],
		['the sandbox, when there is no list at all', { connections: [] }, sandboxConnection],
		['the sandbox by name', { named: 'sandbox', connections: [work, sandboxConnection] }, sandboxConnection],
	] as const) {
		test(`takes ${title}`, () => {
			assert.deepEqual(chooseConnection(wishes), { kind: 'found', connection: expected });
		});
	}

	test('does not choose between several of the user’s own', () => {
		assert.deepEqual(chooseConnection({ connections: [work, home, sandboxConnection] }), {
			kind: 'ambiguous',
			known: ['work', 'home', 'sandbox'],
		});
	});

	test('never replaces a connection that was named by another one', () => {
		assert.deepEqual(chooseConnection({ named: 'Work', setting: 'home', connections: [work, home, sandboxConnection] }), {
			kind: 'unknown',
			name: 'Work',
			known: ['work', 'home', 'sandbox'],
		});
		assert.equal(chooseConnection({ setting: 'gone', connections: [work] }).kind, 'unknown');
	});
});

suite('unknownConnectionProblem', () => {
	const text = '---\nconnection: wrok\n---\nA cat';

	test('points at the name in the file, suggests the nearest one, and mends it', () => {
		const problem = unknownConnectionProblem({ kind: 'unknown', name: 'wrok', known: ['work', 'home'] }, parsePrompt(text));
		assert.deepEqual(problem, {
			code: 'unknownConnection',
			severity: 'error',
			range: { start: 16, end: 20 },
			message: 'There is no connection "wrok". Did you mean "work"?',
			fixes: [
				{ title: 'Use "work"', edits: [{ range: { start: 16, end: 20 }, newText: 'work' }], isPreferred: true },
				{ title: 'Use "home"', edits: [{ range: { start: 16, end: 20 }, newText: 'home' }] },
			],
		});
	});

	test('lists what there is when nothing is near', () => {
		const problem = unknownConnectionProblem({ kind: 'unknown', name: 'wrok', known: ['azure', 'sandbox'] }, parsePrompt(text));
		assert.equal(problem.message, 'There is no connection "wrok". There is "azure", "sandbox".');
		assert.deepEqual(
			problem.fixes?.map(fix => fix.isPreferred),
			[undefined, undefined],
		);
	});

	test('names the setting when the name stands there', () => {
		assert.deepEqual(unknownConnectionProblem({ kind: 'unknown', name: 'gone', known: ['work'] }, parsePrompt('A cat')), {
			code: 'unknownConnection',
			severity: 'error',
			range: { start: 0, end: 0 },
			message: 'There is no connection "gone", which the setting "imgprompt.connection" names. There is "work".',
		});
	});
});
