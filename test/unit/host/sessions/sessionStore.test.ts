import * as assert from 'node:assert/strict';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SessionStore, type StoredSession } from '../../../../src/host/sessions/sessionStore';
import { temporaryFolder } from '../records/recordsFixture';

const id = '01234567-89ab-cdef-0123-456789abcdef';
const other = 'fedcba98-7654-3210-fedc-ba9876543210';
const session = (runId: string): StoredSession => ({ version: 1, origin: { kind: 'file', uri: 'file:///hero.imgprompt' }, runId });

suite('What is kept of panels', () => {
	const folder = temporaryFolder();
	const root = (): string => join(folder.path, 'sessions');

	test('is read as it was written, by the user alone', async () => {
		await new SessionStore(root()).write(id, session('one'));
		assert.deepEqual(await new SessionStore(root()).read(id), session('one'));
		if (process.platform !== 'win32') {
			assert.deepEqual([(await stat(root())).mode & 0o777, (await stat(join(root(), `${id}.json`))).mode & 0o777], [0o700, 0o600]);
		}
	});

	test('is what was said last, however many say it at once', async () => {
		const store = new SessionStore(root());
		await Promise.all(Array.from({ length: 20 }, (_, number) => store.write(id, session(`run-${number}`))));
		assert.deepEqual(await store.read(id), session('run-19'));
		assert.deepEqual(await readdir(root()), [`${id}.json`]);
	});

	test('survives a disk that refused once', async () => {
		const store = new SessionStore(root());
		await writeFile(root(), 'a file in the place of the folder');
		await assert.rejects(store.write(id, session('one')), { code: 'EEXIST' });
		await rm(root());
		await store.write(id, session('two'));
		assert.deepEqual(await store.read(id), session('two'));
	});

	test('names the runs of panels that were open not long ago', async () => {
		const store = new SessionStore(root());
		assert.deepEqual(await store.runIds(1000, Date.now()), []);
		await store.write(id, session('one'));
		await store.write(other, session('two'));
		await writeFile(join(root(), 'notes.txt'), '');
		await utimes(join(root(), `${other}.json`), 100, 100);
		assert.deepEqual(await store.runIds(60_000, Date.now()), ['one']);
		assert.deepEqual(await store.runIds(Number.POSITIVE_INFINITY, Date.now()), ['one', 'two']);
	});

	for (const [what, text] of [
		['torn', '{"version":1,"orig'],
		['of another version', '{"version":2,"origin":{"kind":"file","uri":"file:///a"}}'],
		['with something unknown', '{"version":1,"origin":{"kind":"file","uri":"file:///a"},"extra":1}'],
	] as const) {
		test(`is nothing when it is ${what}`, async () => {
			await mkdir(root());
			await writeFile(join(root(), `${id}.json`), text);
			assert.equal(await new SessionStore(root()).read(id), undefined);
		});
	}

	for (const name of ['../runs/run', '..', '', 'A'.repeat(36), `${id}/`]) {
		test(`is nothing under the id ${JSON.stringify(name)}`, async () => {
			assert.equal(await new SessionStore(root()).read(name), undefined);
		});
	}

	test('goes when nobody has looked at it for long, with what a dying process left', async () => {
		const store = new SessionStore(root());
		await store.write(id, session('old'));
		await store.write(other, session('new'));
		await writeFile(join(root(), `${id}.json.tmp`), '');
		const now = Date.now();
		for (const name of [`${id}.json`, `${id}.json.tmp`]) {
			await utimes(join(root(), name), new Date(now - 2000), new Date(now - 2000));
		}
		await store.prune(1000, now);
		assert.deepEqual(await readdir(root()), [`${other}.json`]);
	});

	test('need not exist to be tidied', async () => {
		await assert.doesNotReject(new SessionStore(root()).prune(0, Date.now()));
	});
});
