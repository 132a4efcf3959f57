import * as assert from 'node:assert/strict';
import { answer } from '../../../src/protocol/answer';
import { hostAnswer, hostMethods, type HostHandlers } from '../../../src/protocol/messages';

interface Call {
	readonly method: string;
	readonly params: unknown;
}

/** Handlers that note what they were called with; `failing` rejects. */
function noting(calls: Call[], failing?: { readonly method: string; readonly error: unknown }): HostHandlers {
	const entries = Object.keys(hostMethods).map(method => [
		method,
		async (params: unknown) => {
			calls.push({ method, params });
			if (failing?.method === method) {
				throw failing.error;
			}
			return {};
		},
	]);
	return Object.fromEntries(entries) as HostHandlers;
}

async function answered(message: unknown, failing?: { readonly method: string; readonly error: unknown }) {
	const calls: Call[] = [];
	const errors: unknown[] = [];
	const reply = await answer(noting(calls, failing), message, error => errors.push(error));
	return { reply, calls, errors: errors.length };
}

suite('answer', () => {
	test('calls the handler with the parameters and answers under the same id', async () => {
		const params = { runId: 'r1', index: 3 };
		assert.deepEqual(await answered({ id: 7, method: 'insert', params }), {
			reply: { id: 7, result: {} },
			calls: [{ method: 'insert', params }],
			errors: 0,
		});
	});

	test('answers a failing handler with its message, and reports it', async () => {
		const failing = { method: 'saveAs', error: new Error('The disk is full.') };
		assert.deepEqual(await answered({ id: 8, method: 'saveAs', params: { runId: 'r1', index: 0 } }, failing), {
			reply: { id: 8, error: 'The disk is full.' },
			calls: [{ method: 'saveAs', params: { runId: 'r1', index: 0 } }],
			errors: 1,
		});
	});

	test('answers a handler that fails with something that is no error', async () => {
		const { reply } = await answered({ id: 9, method: 'ready', params: {} }, { method: 'ready', error: 'gone' });
		assert.deepEqual(reply, { id: 9, error: 'gone' });
	});

	for (const [what, message] of [
		['a method that does not exist', { id: 1, method: 'runCommand', params: {} }],
		['the name of an inherited property', { id: 1, method: 'toString', params: {} }],
		['a missing parameter', { id: 1, method: 'insert', params: { runId: 'r1' } }],
		['a parameter too many', { id: 1, method: 'insert', params: { runId: 'r1', index: 0, path: '/etc/passwd' } }],
		['a path instead of an index', { id: 1, method: 'insert', params: { runId: 'r1', index: '../../x.png' } }],
		['an index that is negative', { id: 1, method: 'insert', params: { runId: 'r1', index: -1 } }],
		['an empty run id', { id: 1, method: 'cancel', params: { runId: '' } }],
		['a button that does not exist', { id: 1, method: 'help', params: { action: 'workbench.action.quit' } }],
		['a text that is too long', { id: 1, method: 'copyText', params: { text: 'x'.repeat(1001) } }],
		['no parameters', { id: 1, method: 'generate' }],
	] as const) {
		test(`refuses ${what}, answers all the same, and calls nothing`, async () => {
			const { reply, calls, errors } = await answered(message);
			assert.ok(reply && 'error' in reply, JSON.stringify(reply));
			assert.deepEqual({ id: reply.id, calls, errors }, { id: 1, calls: [], errors: 1 });
		});
	}

	for (const [what, message] of [
		['a string', 'hello'],
		['nothing', undefined],
		['an id that is no number', { id: 'x', method: 'ready', params: {} }],
		['a field too many', { id: 1, method: 'ready', params: {}, origin: 'x' }],
		['an object that throws when it is asked', new Proxy({}, { get: () => assert.fail('asked') })],
	] as const) {
		test(`has nobody to answer when the message is ${what}, and reports it`, async () => {
			assert.deepEqual(await answered(message), { reply: undefined, calls: [], errors: 1 });
		});
	}

	test('gives answers that the page’s schema accepts', async () => {
		const good = await answered({ id: 1, method: 'ready', params: {} });
		const bad = await answered({ id: 2, method: 'nope', params: {} });
		assert.deepEqual(
			[good.reply, bad.reply].map(reply => hostAnswer.safeParse(reply).success),
			[true, true],
		);
	});
});
