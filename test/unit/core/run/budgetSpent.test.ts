import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { dayAround, linesAbout, spentOn, spentToday } from '../../../../src/core/run/budgetSpent';
import type { LedgerEntry } from '../../../../src/core/run/records';
import { MemoryLedger } from '../../../fakes/memoryRecords';

const day = { from: Date.parse('2026-11-20T00:00:00.000Z'), to: Date.parse('2026-11-21T00:00:00.000Z') };

/** `undefined` leaves a field out. */
type Changes = { readonly [Field in keyof LedgerEntry]?: LedgerEntry[Field] | undefined };

function line(type: LedgerEntry['type'], changes: Changes = {}): LedgerEntry {
	return { type, at: '2026-11-20T09:30:11.000Z', runId: 'run-1', connection: 'work', model: 'gpt-image-2', ...changes } as LedgerEntry;
}

const claim = (changes: Changes = {}) => line('claim', { reservedUsd: 0.05, reservedUnestimatedUsd: 0.01, ...changes });
const settle = (changes: Changes = {}) => line('settle', changes);

suite('What a day has cost', () => {
	for (const [what, entries, usd, unknownRuns] of [
		['nothing without runs', [], 0, 0],
		['the reservation of a run that is under way', [claim()], 0.05, 0],
		[
			'the host’s count of one that is over, be it less',
			[claim(), settle({ status: 'succeeded', cost: { usd: 0.02, estimated: false } })],
			0.02,
			0,
		],
		['the host’s count, be it more', [claim(), settle({ status: 'succeeded', cost: { usd: 0.09, estimated: false } })], 0.09, 0],
		['an estimate together with the prompt', [claim(), settle({ status: 'succeeded', cost: { usd: 0.02, estimated: true } })], 0.03, 0],
		[
			'no more than was reserved, for an estimate',
			[claim(), settle({ status: 'uncertain', cost: { usd: 0.045, estimated: true } })],
			0.05,
			0,
		],
		[
			'an estimate that is above the reservation',
			[claim(), settle({ status: 'succeeded', cost: { usd: 0.07, estimated: true } })],
			0.07,
			0,
		],
		[
			'an estimate whose claim says nothing of a prompt',
			[claim({ reservedUnestimatedUsd: undefined }), settle({ cost: { usd: 0.02, estimated: true } })],
			0.02,
			0,
		],
		['nothing for a failure that was not billed', [claim(), settle({ status: 'failed' })], 0, 0],
		['nothing for a run that was cancelled in time', [claim(), settle({ status: 'cancelled' })], 0, 0],
		['a failure that was billed', [claim(), settle({ status: 'failed', cost: { usd: 0.04, estimated: false } })], 0.04, 0],
		['the reservation where nobody told a cost', [claim(), settle({ status: 'uncertain' })], 0.05, 0],
		['the reservation of an end without a status', [claim(), settle()], 0.05, 0],
		[
			'nothing for the sandbox',
			[claim({ reservedUsd: 0 }), claim({ reservedUsd: 0, runId: 'b' }), settle({ cost: { usd: 0, estimated: false } })],
			0,
			0,
		],
		['runs of unknown price as such', [claim({ reservedUsd: undefined }), claim({ runId: 'b' })], 0.05, 1],
		[
			'a run of unknown price that told its cost',
			[claim({ reservedUsd: undefined }), settle({ cost: { usd: 0.3, estimated: false } })],
			0.3,
			0,
		],
		['each run once', [claim(), claim({ runId: 'b' }), settle({ runId: 'b', status: 'failed' }), line('accept')], 0.05, 0],
		['no run of the day before', [claim({ at: '2026-11-19T23:59:59.999Z' })], 0, 0],
		['no run of the day after', [claim({ at: '2026-11-21T00:00:00.000Z' })], 0, 0],
		[
			'a run that ended on the day after',
			[claim(), settle({ at: '2026-11-21T00:00:01.000Z', cost: { usd: 0.01, estimated: false } })],
			0.01,
			0,
		],
		[
			'no run that began on the day before',
			[claim({ at: '2026-11-19T23:59:59.999Z' }), settle({ cost: { usd: 9, estimated: false } })],
			0,
			0,
		],
		['no line whose time cannot be read', [claim({ at: 'yesterday' })], 0, 0],
	] as const) {
		test(`is ${what}`, () => {
			const lines = entries.map(entry => JSON.parse(JSON.stringify(entry)) as LedgerEntry);
			const spent = spentOn(day, lines);
			assert.deepEqual([Math.round(spent.usd * 1e9) / 1e9, spent.unknownRuns], [usd, unknownRuns]);
		});
	}
});

suite('The day of a person', () => {
	const zone = process.env['TZ'];
	teardown(() => {
		if (zone === undefined) {
			delete process.env['TZ'];
		} else {
			process.env['TZ'] = zone;
		}
	});

	for (const [name, now, from, to, months] of [
		['UTC', '2026-11-20T12:00:00Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z', ['2026-11']],
		['Asia/Tokyo', '2026-11-30T20:00:00Z', '2026-11-30T15:00:00.000Z', '2026-12-01T15:00:00.000Z', ['2026-11', '2026-12']],
		['America/Los_Angeles', '2026-12-01T03:00:00Z', '2026-11-30T08:00:00.000Z', '2026-12-01T08:00:00.000Z', ['2026-11', '2026-12']],
		['Asia/Kathmandu', '2027-01-01T00:00:00Z', '2026-12-31T18:15:00.000Z', '2027-01-01T18:15:00.000Z', ['2026-12', '2027-01']],
		['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z', ['2026-03']],
		['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', ['2026-10']],
	] as const) {
		test(`goes from midnight to midnight in ${name}, at ${now}`, () => {
			process.env['TZ'] = name;
			const around = dayAround(Date.parse(now));
			assert.deepEqual(
				[around.from, around.to].map(at => new Date(at).toISOString()),
				[from, to],
			);
			assert.deepEqual(linesAbout(around), { months, since: from });
		});
	}

	test('holds the moment that it is the day of, everywhere and always', () => {
		const zones = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Sao_Paulo', 'Asia/Tehran', 'Australia/Lord_Howe'];
		const moment = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) });
		fc.assert(
			fc.property(fc.constantFrom(...zones), moment, (name, now) => {
				process.env['TZ'] = name;
				const { from, to } = dayAround(now);
				assert.ok(from <= now && now < to && to - from <= 25 * 3_600_000, `${name} ${now}`);
			}),
		);
	});

	test('is read from both months at their border', async () => {
		process.env['TZ'] = 'Asia/Tokyo';
		const ledger = new MemoryLedger();
		ledger.entries.push(
			claim({ runId: 'a', at: '2026-11-30T14:59:59.000Z' }),
			claim({ runId: 'b', at: '2026-11-30T15:00:00.000Z' }),
			claim({ runId: 'c', at: '2026-12-01T14:59:59.000Z' }),
		);
		assert.deepEqual(await spentToday(ledger, Date.parse('2026-12-01T14:59:59.500Z')), { usd: 0.1, unknownRuns: 0 });
	});
});
