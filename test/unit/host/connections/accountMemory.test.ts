import * as assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { AccountMemory } from '../../../../src/host/connections/accountMemory';

const foundry = { name: 'foundry', origin: 'https://one.openai.azure.com' };
const ada = { id: '1', label: 'ada@example.com' };

function memento(values = new Map<string, unknown>()): Memento {
	return {
		keys: () => [...values.keys()],
		get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
		update: (key, value) => Promise.resolve(void values.set(key, value)),
	};
}

suite('the memory of accounts', () => {
	test('knows the account of a connection at its origin, and of no other', async () => {
		const memory = new AccountMemory(memento());
		await memory.set(foundry, ada);
		assert.deepEqual(
			[foundry, { ...foundry, name: 'other' }, { ...foundry, origin: 'https://two.openai.azure.com' }].map(each => memory.get(each)),
			[ada, undefined, undefined],
		);
	});

	test('keeps id and name of an account, and nothing else that a session may hold', async () => {
		const values = new Map<string, unknown>();
		const account = { ...ada, accessToken: 'secret' };
		await new AccountMemory(memento(values)).set(foundry, account);
		assert.deepEqual([...values.values()], [{ 'foundry@https://one.openai.azure.com': ada }]);
	});

	test('knows for which scope a host may get tokens, for no other, and for no other address', async () => {
		const memory = new AccountMemory(memento());
		await memory.approve(foundry, 'https://ai.azure.com/.default');
		const asked: readonly (readonly [typeof foundry, string])[] = [
			[foundry, 'https://ai.azure.com/.default'],
			[foundry, 'https://management.azure.com/.default'],
			[{ ...foundry, origin: 'https://two.example' }, 'https://ai.azure.com/.default'],
			[{ ...foundry, name: 'other' }, 'https://ai.azure.com/.default'],
		];
		assert.deepEqual(
			asked.map(each => memory.isApproved(...each)),
			[true, false, false, false],
		);
	});

	test('forgets both with the connection, and nothing of another', async () => {
		const memory = new AccountMemory(memento());
		const other = { ...foundry, name: 'other' };
		for (const each of [foundry, other]) {
			await memory.set(each, ada);
			await memory.approve(each, 'scope');
		}
		await memory.forget(foundry);
		assert.deepEqual(
			[foundry, other].map(each => [memory.get(each), memory.isApproved(each, 'scope')]),
			[
				[undefined, false],
				[ada, true],
			],
		);
	});

	for (const stored of [
		null,
		'text',
		{ 'foundry@https://one.openai.azure.com': { id: 7 } },
		{ 'foundry@https://one.openai.azure.com': null },
	]) {
		test(`knows nobody where the store holds ${JSON.stringify(stored)}`, () => {
			assert.equal(new AccountMemory(memento(new Map([['imgprompt.accounts', stored]]))).get(foundry), undefined);
		});
	}
});
