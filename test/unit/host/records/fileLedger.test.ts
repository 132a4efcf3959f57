import * as assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../../src/core/run/records';
import { StorageError } from '../../../../src/core/run/storageError';
import { createFileLedger } from '../../../../src/host/records/fileLedger';
import { diskFiles } from '../../../../src/host/records/recordFiles';
import { quickFiles, systemError, watchedFiles } from '../../../fakes/dyingDisk';
import { names, temporaryFolder } from './recordsFixture';

function entry(runId: string, month = '2026-11'): LedgerEntry {
	return {
		type: 'claim',
		at: `${month}-20T09:30:11.000Z`,
		runId,
		connection: 'work',
		model: 'gpt-image-2',
		prompt: 'Zeile 1\nZeile 2 \u2028 ✓',
	};
}

suite('The ledger', () => {
	const folder = temporaryFolder();

	test('that was read before reads what others wrote, changed, completed or removed since', async () => {
		const path = join(folder.path, '2026-11.jsonl');
		const ledger = createFileLedger(folder.path, quickFiles);
		const ids = async () => (await ledger.read('2026-11')).map(({ runId }) => runId);
		const [one, two, three] = ['one', 'two', 'three'].map(runId => JSON.stringify(entry(runId)));
		await writeFile(path, `${one}\n${two?.slice(0, 30)}`);
		assert.deepEqual(await ids(), ['one']);
		await appendFile(path, `${two?.slice(30)}\n`);
		assert.deepEqual(await ids(), ['one', 'two']);
		await writeFile(path, `${three}\n${two}\n`);
		assert.deepEqual(await ids(), ['three', 'two']);
		assert.deepEqual(await ledger.read('2026-11'), await createFileLedger(folder.path, quickFiles).read('2026-11'));
	});
	const root = () => join(folder.path, 'ledger');

	test('keeps one file per month, one line per entry, and gives back what was written', async () => {
		const ledger = createFileLedger(root(), diskFiles);
		await ledger.append(entry('a'));
		await ledger.append(entry('b', '2026-12'));
		await ledger.append(entry('c'));
		assert.deepEqual(await names(root()), ['2026-11.jsonl', '2026-12.jsonl']);
		assert.deepEqual([await ledger.read('2026-11'), await ledger.read('2026-12')], [[entry('a'), entry('c')], [entry('b', '2026-12')]]);
		assert.equal((await readFile(join(root(), '2026-11.jsonl'), 'utf8')).split('\n').length, 3);
	});

	test('is empty in a month without runs', async () => {
		assert.deepEqual(await createFileLedger(root(), quickFiles).read('2020-01'), []);
	});

	test('skips a torn last line, and does not join the next one to it', async () => {
		const ledger = createFileLedger(root(), quickFiles);
		const path = join(root(), '2026-11.jsonl');
		await ledger.append(entry('a'));
		const line = JSON.stringify(entry('torn'));
		for (let length = 1; length < line.length; length += 13) {
			await appendFile(path, line.slice(0, length));
			assert.equal((await ledger.read('2026-11')).at(-1)?.runId, length === 1 ? 'a' : `after ${length - 13}`);
			await ledger.append(entry(`after ${length}`));
			assert.equal((await ledger.read('2026-11')).at(-1)?.runId, `after ${length}`);
		}
	});

	test('takes the lines of several processes, all of them whole', async () => {
		const ledgers = [1, 2, 3].map(() => createFileLedger(root(), quickFiles));
		await Promise.all(
			ledgers.flatMap((ledger, process) => Array.from({ length: 20 }, (_, line) => ledger.append(entry(`${process}-${line}`)))),
		);
		const read = await createFileLedger(root()).read('2026-11');
		assert.equal(new Set(read.map(({ runId }) => runId)).size, 60);
		// Each process's own lines stand in the order in which it wrote them.
		assert.deepEqual(
			read.filter(({ runId }) => runId.startsWith('1-')).map(({ runId }) => runId),
			Array.from({ length: 20 }, (_, line) => `1-${line}`),
		);
	});

	test('counts a run once that two windows have settled at the same moment', async () => {
		const settle = (runId: string, usd: number): LedgerEntry => ({ ...entry(runId), type: 'settle', cost: { usd, estimated: true } });
		const windows = [createFileLedger(root(), quickFiles), createFileLedger(root(), quickFiles)] as const;
		await windows[0].append(entry('a'));
		await windows[0].append(settle('a', 1));
		await windows[1].append(settle('a', 2));
		await windows[1].append(settle('b', 3));
		assert.deepEqual(await windows[0].read('2026-11'), [entry('a'), settle('a', 1), settle('b', 3)]);
	});

	test('reads around lines of others', async () => {
		await createFileLedger(root(), quickFiles).append(entry('a'));
		await writeFile(join(root(), '2026-11.jsonl'), `\n{}\n${JSON.stringify(entry('b'))}\r\nnull\n`, { flag: 'a' });
		assert.deepEqual(
			(await createFileLedger(root()).read('2026-11')).map(({ runId }) => runId),
			['a', 'b'],
		);
	});

	test('says so when the disk refuses, and takes the next line', async () => {
		let isFull = true;
		const files = watchedFiles(step => {
			if (isFull && step.startsWith('write')) {
				throw systemError('ENOSPC');
			}
		}, true);
		const ledger = createFileLedger(root(), files);
		await assert.rejects(ledger.append(entry('lost')), StorageError);
		isFull = false;
		await ledger.append(entry('kept'));
		assert.deepEqual(await ledger.read('2026-11'), [entry('kept')]);
	});
});
