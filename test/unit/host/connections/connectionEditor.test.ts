import * as assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { AccountMemory } from '../../../../src/host/connections/accountMemory';
import { ApiKeys } from '../../../../src/host/connections/apiKeys';
import { ConnectionEditor } from '../../../../src/host/connections/connectionEditor';

const home = {
	name: 'home',
	kind: 'compatible',
	baseUrl: 'https://api.example.com/v1',
	auth: 'apiKey',
	capabilities: { maxCandidates: 4 },
};
const work = { name: 'work', kind: 'openai' };
const broken = { name: 'plain', kind: 'compatible', baseUrl: 'http://api.example.com/v1' };

/** A user's settings and secrets, and the editor on them. */
function userWith(connections: unknown, connection?: string, write?: () => Promise<void>) {
	const settings = new Map<string, unknown>([
		['connections', connections],
		['connection', connection],
	]);
	const secrets = new Map<string, string>();
	const keys = new ApiKeys({
		onDidChange: () => {
			throw new Error('Nobody listens to secrets here.');
		},
		get: key => Promise.resolve(secrets.get(key)),
		keys: () => Promise.resolve([...secrets.keys()]),
		store: (key, value) => Promise.resolve(void secrets.set(key, value)),
		delete: key => Promise.resolve(void secrets.delete(key)),
	});
	const state = new Map<string, unknown>();
	const accounts = new AccountMemory({
		keys: () => [...state.keys()],
		get: (key: string) => state.get(key),
		update: (key, value) => Promise.resolve(void state.set(key, value)),
	} as Memento);
	const editor = new ConnectionEditor(
		{ raw: key => settings.get(key), write: write ?? ((key, value) => Promise.resolve(void settings.set(key, value))) },
		keys,
		accounts,
	);
	return { settings, secrets, keys, accounts, state, editor };
}

const at = (name: string, origin = 'https://api.example.com') => ({ name, origin });

suite('ConnectionEditor', () => {
	test('lists what can be used and what can’t, in the user’s order and with the reason', () => {
		const { editor } = userWith([broken, work, 7, work, home]);
		assert.deepEqual(
			editor.list().map(each => (each.kind === 'usable' ? each.connection.name : `${each.name ?? ''} ${each.reason.slice(0, 12)}`)),
			['plain Connection "', 'work', ' Connection 3', 'work Connection "', 'home'],
		);
	});

	test('lists a setting that is no list as one broken entry, and nothing where nothing is set', () => {
		assert.deepEqual(
			userWith('text')
				.editor.list()
				.map(({ kind, index }) => [kind, index]),
			[['broken', -1]],
		);
		assert.deepEqual(userWith(undefined).editor.list(), []);
	});

	test('changes one field and leaves every other and every other entry as it was written', async () => {
		const { editor, settings } = userWith([broken, home, work]);
		const changed = await editor.change('home', { model: 'sd' });
		assert.equal(changed.ok && changed.value.connection.model, 'sd');
		assert.deepEqual(settings.get('connections'), [broken, { ...home, model: 'sd' }, work]);
	});

	test('tells what the user wrote, not what is used without it', () => {
		const foundry = {
			name: 'azure',
			kind: 'azure',
			baseUrl: ' https://one.openai.azure.com/ ',
			deployment: 'pictures',
			auth: 'microsoft',
		};
		const { editor } = userWith([foundry, work]);
		const [azure, openAi] = editor.list().map(each => (each.kind === 'usable' ? each.connection : assert.fail(each.reason)));
		assert.ok(azure && openAi && azure.scope);
		assert.deepEqual(
			[editor.written(azure, 'scope'), editor.written(azure, 'baseUrl'), editor.written(openAi, 'baseUrl'), editor.addressOf(openAi)],
			['', 'https://one.openai.azure.com/', '', 'https://api.openai.com/v1'],
		);
	});

	test('takes a field away', async () => {
		const { editor, settings } = userWith([{ ...home, model: 'sd' }]);
		await editor.change('home', { model: undefined });
		assert.deepEqual(settings.get('connections'), [home]);
	});

	test('a rename takes the key and the default along', async () => {
		const { editor, settings, secrets, keys } = userWith([home, work], 'home');
		await keys.set(at('home'), 'sk-1');
		const renamed = await editor.change('home', { name: 'house' });
		assert.equal(renamed.ok && renamed.value.key, 'kept');
		assert.deepEqual([await keys.get(at('home')), await keys.get(at('house')), secrets.size], [undefined, 'sk-1', 1]);
		assert.deepEqual([settings.get('connections'), settings.get('connection')], [[{ ...home, name: 'house' }, work], 'house']);
	});

	test('a rename of another connection leaves the default alone', async () => {
		const { editor, settings } = userWith([home, work], 'work');
		await editor.change('home', { name: 'house' });
		assert.equal(settings.get('connection'), 'work');
	});

	test('a rename takes the chosen account along, another address does not, and deleting forgets it', async () => {
		const { editor, accounts, state } = userWith([home]);
		const account = { id: '1', label: 'ann@example.com' };
		await accounts.set(at('home'), account);
		await editor.change('home', { name: 'house' });
		assert.deepEqual([accounts.get(at('home')), accounts.get(at('house'))], [undefined, account]);
		await editor.change('house', { baseUrl: 'https://api.example.org/v1' });
		assert.deepEqual([...state.values()], [{}]);
		await accounts.set(at('house', 'https://api.example.org'), account);
		await editor.remove('house');
		assert.deepEqual([...state.values()], [{}]);
	});

	for (const [what, baseUrl] of [
		['host', 'https://api.example.org/v1'],
		['port', 'https://api.example.com:8443/v1'],
	] as const) {
		test(`a key is not taken to another ${what}, and is left nowhere`, async () => {
			const { editor, secrets, keys } = userWith([home]);
			await keys.set(at('home'), 'sk-1');
			const changed = await editor.change('home', { baseUrl });
			assert.equal(changed.ok && changed.value.key, 'forgotten');
			assert.equal(secrets.size, 0);
		});
	}

	test('a key stays when only the path changes', async () => {
		const { editor, keys } = userWith([home]);
		await keys.set(at('home'), 'sk-1');
		const changed = await editor.change('home', { baseUrl: 'https://api.example.com/v2' });
		assert.equal(changed.ok && changed.value.key, 'kept');
		assert.equal(await keys.get(at('home')), 'sk-1');
	});

	for (const [what, name, patch, problem] of [
		['a name that is taken', 'home', { name: 'work' }, { kind: 'nameTaken', name: 'work' }],
		['the name of a broken entry', 'home', { name: 'plain' }, { kind: 'nameTaken', name: 'plain' }],
		['a connection that is gone', 'nowhere', { model: 'sd' }, { kind: 'gone', name: 'nowhere' }],
	] as const) {
		test(`refuses ${what}, and changes nothing`, async () => {
			const { editor, settings } = userWith([home, work, broken]);
			assert.deepEqual(await editor.change(name, patch), { ok: false, failure: problem });
			assert.deepEqual(settings.get('connections'), [home, work, broken]);
		});
	}

	test('says in a sentence why an address is refused', () => {
		const checked = userWith([home]).editor.check('home', { baseUrl: 'http://api.example.com/v1' });
		assert.match(!checked.ok && checked.failure.kind === 'invalid' ? checked.failure.message : '', /"baseUrl" must begin with https/);
	});

	for (const withKey of [true, false]) {
		test(`duplicates an entry right behind it, ${withKey ? 'with' : 'without'} its key`, async () => {
			const { editor, settings, keys } = userWith([home, work]);
			await keys.set(at('home'), 'sk-1');
			await editor.duplicate('home', 'home-2', withKey);
			assert.deepEqual(settings.get('connections'), [home, { ...home, name: 'home-2' }, work]);
			assert.deepEqual([await keys.get(at('home')), await keys.get(at('home-2'))], ['sk-1', withKey ? 'sk-1' : undefined]);
		});
	}

	test('does not duplicate onto a name that is taken', async () => {
		const { editor, settings } = userWith([home, work]);
		assert.deepEqual(await editor.duplicate('home', 'work', true), { ok: false, failure: { kind: 'nameTaken', name: 'work' } });
		assert.deepEqual(settings.get('connections'), [home, work]);
	});

	test('removes the entry, its key, and that it was the default', async () => {
		const { editor, settings, secrets, keys } = userWith([broken, home, work], 'home');
		await keys.set(at('home'), 'sk-1');
		await keys.set(at('work', 'https://api.openai.com'), 'sk-2');
		await editor.remove('home');
		assert.deepEqual([settings.get('connections'), settings.get('connection')], [[broken, work], undefined]);
		assert.deepEqual([...secrets.values()], ['sk-2']);
	});

	for (const [what, act] of [
		['removing', (editor: ConnectionEditor) => editor.remove('home')],
		['another address', (editor: ConnectionEditor) => editor.change('home', { baseUrl: 'https://api.example.org/v1' })],
	] as const) {
		test(`settings that can’t be written cost neither key nor account: ${what}`, async () => {
			const { editor, keys, accounts } = userWith([home], 'home', () =>
				Promise.reject(new Error('Unable to write into user settings.')),
			);
			await keys.set(at('home'), 'sk-1');
			await accounts.set(at('home'), { id: '1', label: 'ann@example.com' });
			await assert.rejects(act(editor), /Unable to write/);
			assert.deepEqual([await keys.get(at('home')), accounts.get(at('home'))?.id], ['sk-1', '1']);
		});
	}
});
