import * as assert from 'node:assert/strict';
import { ApiKeys } from '../../../../src/host/connections/apiKeys';

/** The part of VS Code's secret storage that keys use. */
class MemorySecrets {
	readonly values = new Map<string, string>();
	readonly onDidChange = () => ({ dispose: () => undefined });
	get = (key: string): Promise<string | undefined> => Promise.resolve(this.values.get(key));
	keys = (): Promise<string[]> => Promise.resolve([...this.values.keys()]);
	store = (key: string, value: string): Promise<void> => Promise.resolve(void this.values.set(key, value));
	delete = (key: string): Promise<void> => Promise.resolve(void this.values.delete(key));
}

const home = { name: 'home', origin: 'https://api.example.com' };

suite('ApiKeys', () => {
	test('gives back the trimmed key to the connection and origin that it was given for', async () => {
		const keys = new ApiKeys(new MemorySecrets());
		assert.deepEqual(await keys.set(home, ' sk-1 '), { ok: true, value: 'sk-1' });
		assert.equal(await keys.get(home), 'sk-1');
		assert.equal(await keys.has(home), true);
	});

	for (const other of [
		{ name: 'home', origin: 'https://evil.example.com' },
		{ name: 'home', origin: 'http://api.example.com' },
		{ name: 'home', origin: 'https://api.example.com:8443' },
		{ name: 'other', origin: 'https://api.example.com' },
		{ name: 'home', origin: '' },
	]) {
		test(`finds nothing for ${other.name} at "${other.origin}"`, async () => {
			const keys = new ApiKeys(new MemorySecrets());
			await keys.set(home, 'sk-1');
			assert.equal(await keys.get(other), undefined);
			assert.equal(await keys.has(other), false);
		});
	}

	test('a name that ends like an address does not reach another origin’s key', async () => {
		const keys = new ApiKeys(new MemorySecrets());
		await keys.set({ name: 'a@https://api.example.com', origin: 'https://evil.example.com' }, 'sk-evil');
		assert.equal(await keys.get({ name: 'a', origin: 'https://api.example.com' }), undefined);
	});

	test('stores nothing that can’t be a key', async () => {
		const secrets = new MemorySecrets();
		assert.deepEqual(await new ApiKeys(secrets).set(home, 'two words'), { ok: false, failure: 'containsSpace' });
		assert.deepEqual([...secrets.values], []);
	});

	test('forgets the key of one connection and keeps the others', async () => {
		const keys = new ApiKeys(new MemorySecrets());
		const away = { name: 'away', origin: home.origin };
		await keys.set(home, 'sk-1');
		await keys.set(away, 'sk-2');
		await keys.clear(home);
		assert.deepEqual([await keys.get(home), await keys.get(away)], [undefined, 'sk-2']);
	});
});
