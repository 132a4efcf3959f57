import * as assert from 'node:assert/strict';
import { recoveredEnd } from '../../../../src/core/run/recoveredEnd';
import { createRecovery, recoverRuns } from '../../../../src/core/run/recoverRuns';
import { parseRunRecord } from '../../../../src/core/run/parseRunRecord';
import { parseLedgerLine } from '../../../../src/core/run/parseLedgerLine';
import type { LedgerEntry, RunRecord } from '../../../../src/core/run/records';
import { StorageError } from '../../../../src/core/run/storageError';
import { MemoryLedger, MemoryRunStore } from '../../../fakes/memoryRecords';
import { ManualClock } from '../../../fakes/manualClock';
import { picture, TestRun } from './runFixture';

function record(changes: Partial<RunRecord> = {}): RunRecord {
	return {
		version: 1,
		runId: 'run-1',
		state: 'claimed',
		owner: 'dead',
		startedAt: '2026-11-20T09:30:11.000Z',
		connection: 'work',
		hostKind: 'openai',
		host: 'https://host',
		model: 'gpt-image-2',
		operation: 'generate',
		requested: { n: 2 },
		price: { kind: 'estimate', minUsd: 0.02, maxUsd: 0.04, outputTokens: [1, 2] },
		promptSha256: 'aa',
		source: { kind: 'input' },
		notices: [],
		partials: [],
		pictures: [],
		requestIds: [],
		...changes,
	};
}

suite('The end of a run whose process died', () => {
	for (const [name, changes, status, kind, cost, message] of [
		['that was only claimed', {}, 'failed', 'unreachable', undefined, /Nothing was sent/],
		['that had left', { state: 'left' }, 'uncertain', 'uncertain', { usd: 0.04, estimated: true }, /may have been billed\.$/],
		[
			'with a picture',
			{ state: 'left', pictures: [picture(1)] },
			'uncertain',
			'uncertain',
			{ usd: 0.04, estimated: true },
			/1 of 2 pictures had arrived and is kept/,
		],
		[
			'with a picture, whatever its state says',
			{ pictures: [picture(1)] },
			'uncertain',
			'uncertain',
			{ usd: 0.04, estimated: true },
			/1 of 2/,
		],
		[
			'with a partial picture',
			{ partials: [picture(1, 'partial')] },
			'uncertain',
			'uncertain',
			{ usd: 0.04, estimated: true },
			/billed/,
		],
		['that was free', { state: 'left', price: { kind: 'free' } }, 'uncertain', 'uncertain', { usd: 0, estimated: false }, /billed/],
		[
			'of the sandbox, which asks nobody',
			{ state: 'left', hostKind: 'sandbox' },
			'failed',
			'unreachable',
			undefined,
			/Nothing was sent/,
		],
		['of unknown price', { state: 'left', price: { kind: 'unknown', reason: '' } }, 'uncertain', 'uncertain', undefined, /billed/],
	] as const) {
		test(`${name} is ${status}`, () => {
			const end = recoveredEnd(record(changes));
			assert.deepEqual(
				[end.state, end.result?.status, end.result?.failure?.kind, end.result?.cost],
				['finished', status, kind, cost],
			);
			assert.match(end.result?.failure?.message ?? '', message);
		});
	}
});

suite('recoverRuns', () => {
	const claim: LedgerEntry = { type: 'claim', at: '2026-10-31T23:59:00.000Z', runId: 'run-1', connection: 'work', model: 'gpt-image-2' };
	const clock = new ManualClock(Date.UTC(2026, 10, 1));

	async function recoverWith(entries: readonly LedgerEntry[], changes: Partial<RunRecord> | undefined) {
		const store = new MemoryRunStore();
		const ledger = new MemoryLedger();
		ledger.entries.push(...entries);
		if (changes) {
			await store.create(record(changes));
		}
		await recoverRuns(store, ledger, clock);
		return ledger.entries.slice(entries.length);
	}

	test('adds the line that a claim of last month misses, from the record', async () => {
		assert.deepEqual(await recoverWith([claim], recoveredEnd(record({ state: 'left' }))), [
			{
				type: 'settle',
				at: '2026-11-01T00:00:00.000Z',
				runId: 'run-1',
				connection: 'work',
				model: 'gpt-image-2',
				status: 'uncertain',
				durationMs: 0,
				failure: 'uncertain',
				cost: { usd: 0.04, estimated: true },
			},
		]);
	});

	test('settles a claim from long ago, when its run is recovered only now', async () => {
		const store = new MemoryRunStore();
		const ledger = new MemoryLedger();
		const old = record({ startedAt: '2026-02-03T00:00:00.000Z', ...recoveredEnd(record({ state: 'left' })) });
		await store.create(old);
		store.recover = () => Promise.resolve([old]);
		ledger.entries.push({ ...claim, at: old.startedAt });
		await recoverRuns(store, ledger, clock);
		assert.deepEqual(
			ledger.entries.map(({ type, at }) => [type, at]),
			[
				['claim', '2026-02-03T00:00:00.000Z'],
				['settle', '2026-11-01T00:00:00.000Z'],
			],
		);
	});

	for (const [name, entries, changes] of [
		['is settled', [claim, { ...claim, type: 'settle', at: '2026-11-01T00:00:00.000Z' }], recoveredEnd(record())],
		['belongs to a run that is under way', [claim], { state: 'left' }],
		['belongs to a run whose folder is gone', [claim], undefined],
	] as const) {
		test(`leaves a claim alone that ${name}`, async () => {
			assert.deepEqual(await recoverWith(entries, changes), []);
		});
	}
});

suite('createRecovery', () => {
	const claim: LedgerEntry = { type: 'claim', at: '2026-10-31T23:59:00.000Z', runId: 'run-1', connection: 'work', model: 'gpt-image-2' };

	test('looks through the ledger the first time, and later only when a run was settled', async () => {
		const store = new MemoryRunStore();
		const ledger = new MemoryLedger();
		let reads = 0;
		const counted = { append: ledger.append.bind(ledger), read: async (month: string) => (reads++, ledger.read(month)) };
		const recover = createRecovery(store, counted, new ManualClock(Date.UTC(2026, 10, 1)));
		assert.deepEqual(await recover(), []);
		const first = reads;
		assert.ok(first > 0);
		ledger.entries.push(claim);
		assert.deepEqual([await recover(), reads, ledger.entries.length], [[], first, 1]);

		const settled = record({ startedAt: '2026-10-31T23:59:00.000Z', ...recoveredEnd(record({ state: 'left' })) });
		await store.create(settled);
		store.recover = () => Promise.resolve([settled]);
		assert.deepEqual(await recover(), [settled]);
		assert.deepEqual(
			ledger.entries.map(({ type }) => type),
			['claim', 'settle'],
		);
	});

	test('tells which runs were settled although the ledger can’t be read, and adds their lines when it can', async () => {
		const store = new MemoryRunStore();
		const ledger = new MemoryLedger();
		let isRefusing = true;
		const refusing: Pick<MemoryLedger, 'append' | 'read'> = {
			append: entry => ledger.append(entry),
			read: month => (isRefusing ? Promise.reject(new StorageError('It is locked.')) : ledger.read(month)),
		};
		const recover = createRecovery(store, refusing, new ManualClock(Date.UTC(2026, 11, 20)));
		const settled = record({ startedAt: '2026-09-30T23:59:00.000Z', ...recoveredEnd(record({ state: 'left' })) });
		await store.create(settled);
		ledger.entries.push({ type: 'claim', at: settled.startedAt, runId: 'run-1', connection: 'work', model: 'gpt-image-2' });
		store.recover = () => Promise.resolve([settled]);
		assert.deepEqual(await recover(), [settled]);
		store.recover = () => Promise.resolve([]);
		assert.deepEqual(await recover(), []);
		isRefusing = false;
		await recover();
		await recover();
		assert.deepEqual(
			ledger.entries.map(({ type }) => type),
			['claim', 'settle'],
		);
	});
});

suite('parseRunRecord', () => {
	test('reads what a run wrote', async () => {
		const run = new TestRun();
		await run.start();
		assert.deepEqual(parseRunRecord(JSON.stringify(run.record)), run.record);
	});

	test('keeps what it does not know', () => {
		const text = JSON.stringify({ ...record(), star: true });
		assert.deepEqual(JSON.parse(text), parseRunRecord(text));
	});

	for (const [name, text] of [
		['torn', JSON.stringify(record()).slice(0, -9)],
		['empty', ''],
		['zeros', '\0\0\0'],
		['of a newer version', JSON.stringify({ ...record(), version: 2 })],
		['finished without a result', JSON.stringify(record({ state: 'finished' }))],
		['with a picture outside its folder', JSON.stringify(record({ pictures: [picture(0, 'final', { fileName: '../../x.png' })] }))],
		['with a nameless picture', JSON.stringify({ ...record(), pictures: [{ ...picture(0), fileName: undefined }] })],
		['not an object', '[]'],
		['with an object for a size', JSON.stringify({ ...record(), requested: { size: {} } })],
		['from a file without address', JSON.stringify({ ...record(), source: { kind: 'file' } })],
		['with a list for an alternative text', JSON.stringify({ ...record(), alt: [] })],
		['with an infinite price', JSON.stringify({ ...record(), price: { kind: 'estimate', minUsd: Infinity, maxUsd: 1 } })],
		['inserted nowhere', JSON.stringify({ ...record(), accepted: [{ index: 0 }] })],
	] as const) {
		test(`refuses a record that is ${name}`, () => {
			assert.equal(parseRunRecord(text), undefined);
		});
	}
});

suite('parseLedgerLine', () => {
	const line = JSON.stringify({ type: 'claim', at: '2026-11-20T09:30:11.000Z', runId: 'a', connection: 'b', model: 'c', later: 1 });

	test('reads a line, unknown keys included', () => {
		assert.deepEqual(parseLedgerLine(line), JSON.parse(line));
	});

	test('skips every torn beginning of a line', () => {
		for (let length = 0; length < line.length; length++) {
			assert.equal(parseLedgerLine(line.slice(0, length)), undefined);
		}
	});

	test('skips what is no line of a ledger', () => {
		for (const foreign of ['{}', '[]', 'null', '{"type":"bet"}', JSON.stringify({ ...(JSON.parse(line) as object), cost: 'much' })]) {
			assert.equal(parseLedgerLine(foreign), undefined, foreign);
		}
	});
});
