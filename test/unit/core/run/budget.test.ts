import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { budgetFailure, excessOf, formatCost, raisedCeilings, type Ceilings } from '../../../../src/core/run/budget';
import { reservationFor, type Reservation } from '../../../../src/core/run/budgetReservation';
import type { Spent } from '../../../../src/core/run/budgetSpent';
import { connectionOf, planOf, withKeys } from '../plan/planning';
import { picture, testPlan, TestRun } from './runFixture';

const onAzure = connectionOf({ kind: 'azure', baseUrl: 'https://name.openai.azure.com', deployment: 'img' });
const none: Spent = { usd: 0, unknownRuns: 0 };
const reserving = (usd?: number): Reservation => ({ unestimatedUsd: 0, ...(usd === undefined ? {} : { usd }) });

suite('A ceiling', () => {
	for (const [what, ceilings, usd, spent, expected] of [
		['no ceiling lets everything pass', {}, 100, none, undefined],
		['no ceiling lets an unknown price pass', {}, undefined, none, undefined],
		['exactly the ceiling of a run passes', { perRunUsd: 0.3 }, 0.1 + 0.2, none, undefined],
		['more than the ceiling of a run does not', { perRunUsd: 0.3 }, 0.3001, none, 'perRun'],
		['exactly the rest of the day passes', { perDayUsd: 1 }, 0.7, { usd: 0.1 + 0.2, unknownRuns: 0 }, undefined],
		['more than the rest of the day does not', { perDayUsd: 1 }, 0.71, { usd: 0.3, unknownRuns: 0 }, 'perDay'],
		['a day that was overrun lets nothing pass', { perDayUsd: 1 }, 0.001, { usd: 5, unknownRuns: 0 }, 'perDay'],
		['the run is looked at before the day', { perRunUsd: 1, perDayUsd: 1 }, 2, none, 'perRun'],
		['a run under its own ceiling can be over the day’s', { perRunUsd: 1, perDayUsd: 1 }, 0.9, { usd: 0.2, unknownRuns: 0 }, 'perDay'],
		['a ceiling of nothing stops what costs, for a run', { perRunUsd: 0 }, 0.000001, none, 'perRun'],
		['a ceiling of nothing stops what costs, for a day', { perDayUsd: 0 }, 0.000001, none, 'perDay'],
		['a ceiling of nothing lets pass what is free', { perRunUsd: 0, perDayUsd: 0 }, 0, { usd: 9, unknownRuns: 9 }, undefined],
		['an unknown price fits under no ceiling of a run', { perRunUsd: 1000 }, undefined, none, 'unknownPrice'],
		['an unknown price fits under no ceiling of a day', { perDayUsd: 1000 }, undefined, none, 'unknownPrice'],
	] as const) {
		test(`: ${what}`, () => {
			assert.equal(excessOf(ceilings, reserving(usd), spent)?.kind, expected);
		});
	}

	test('lets pass what a person allowed, and nothing that was spent elsewhere meanwhile', () => {
		const amount = fc.double({ min: 0.01, max: 100, noNaN: true });
		const ceilings = fc.record({ perRunUsd: amount, perDayUsd: amount }, { requiredKeys: [] });
		fc.assert(
			fc.property(ceilings, amount, amount, (limits, usd, spentUsd) => {
				const spent = { usd: spentUsd, unknownRuns: 0 };
				const raised = raisedCeilings(limits, reserving(usd), spent);
				assert.equal(excessOf(raised, reserving(usd), spent), undefined);
				const later = { usd: spentUsd + 0.01, unknownRuns: 0 };
				const wasFull = limits.perDayUsd !== undefined && spentUsd + usd >= limits.perDayUsd;
				assert.equal(excessOf(raised, reserving(usd), later) !== undefined, wasFull || raisedIsOver(raised, usd + later.usd));
			}),
		);
	});

	const raisedIsOver = ({ perDayUsd = Number.POSITIVE_INFINITY }: Ceilings, usd: number): boolean => usd > perDayUsd + 1e-9;

	test('that was raised for an unknown price asks no more', () => {
		assert.equal(excessOf(raisedCeilings({ perRunUsd: 0, perDayUsd: 0 }, reserving(), none), reserving(), none), undefined);
	});

	for (const [excess, message] of [
		[
			{ kind: 'perRun', limitUsd: 0.04, reservedUsd: 0.04003, spent: none },
			'This run may cost up to $0.0401, and your ceiling is $0.04 per run. Nothing was sent. Ask for less, or raise imgprompt.budget.perRunUsd in the user settings.',
		],
		[
			{ kind: 'perDay', limitUsd: 5, reservedUsd: 0.2, spent: { usd: 4.9, unknownRuns: 1 } },
			'This run may cost up to $0.20, and today’s runs have already come to at least $4.90 of your ceiling of $5.00 per day. Nothing was sent. Wait for tomorrow, or raise imgprompt.budget.perDayUsd in the user settings.',
		],
		[
			{ kind: 'unknownPrice', spent: none },
			'What this run costs is not known, so that it can’t be kept under your ceiling. Nothing was sent. Give the model’s prices in the connection, generate it by hand and confirm it, or remove imgprompt.budget.perRunUsd and imgprompt.budget.perDayUsd from the user settings.',
		],
	] as const) {
		test(`says which one it is, and where to change it: ${excess.kind}`, () => {
			assert.deepEqual(budgetFailure(excess), { kind: 'budgetExceeded', code: excess.kind, message });
		});
	}

	test('is told amounts that are never less than they are', () => {
		assert.deepEqual(
			[0, 0.00001, 0.04, 0.1 + 0.2, 1.23456].map(usd => formatCost(usd)),
			['$0.00', '$0.0001', '$0.04', '$0.30', '$1.2346'],
		);
	});
});

suite('The reservation of a run', () => {
	test('is the highest of the estimate, and every byte of the prompt as a token, for each candidate', () => {
		const plan = testPlan(2, true, { prompt: 'aé€🚀' });
		const unestimatedUsd = (2 * (1 + 2 + 3 + 4 + 64) * 5) / 1_000_000;
		assert.deepEqual(reservationFor(plan), { usd: 0.08 + unestimatedUsd, unestimatedUsd });
	});

	test('counts the bytes that are sent, whatever the prompt', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), prompt => {
				const { unestimatedUsd } = reservationFor(
					testPlan(1, false, { prompt, prices: { textIn: 1_000_000, imageIn: 0, imageOut: 0 } }),
				);
				assert.equal(unestimatedUsd - 64, new TextEncoder().encode(prompt).length);
			}),
		);
	});

	/** Counted on Azure by one published measurement (2026-04-22): low, medium, high. */
	const counted: readonly (readonly [string, readonly [number, number, number]])[] = [
		['1024x1024', [208, 805, 3171]],
		['1024x1536', [365, 1415, 5574]],
		['1536x1024', [358, 1401, 5546]],
	];
	for (const [size, tokens] of counted) {
		test(`holds what Azure counts for ${size}, which may be more than the formula says`, () => {
			for (const [index, quality] of ['low', 'medium', 'high'].entries()) {
				const plan = planOf(withKeys(`size: ${size}`, `quality: ${quality}`), { connection: onAzure });
				const reserved = reservationFor(plan).usd ?? 0;
				const usd = ((tokens[index] ?? 0) * (plan.prices?.imageOut ?? 0)) / 1_000_000;
				assert.ok(usd > 0 && usd <= reserved, `${quality}: ${usd} of ${reserved}`);
				const ofOpenAi = reservationFor({ ...plan, connection: { kind: 'openai' } }).usd ?? 0;
				assert.ok(ofOpenAi < reserved, `${quality}: no reserve`);
			}
		});
	}

	test('holds what the longest prompt of all costs, which the estimate leaves out', () => {
		assert.ok(reservationFor(testPlan(1, false, { prompt: 'x'.repeat(32_000) })).unestimatedUsd > 0.16);
	});

	test('is nothing where nothing costs, and not known where the price is not', () => {
		assert.deepEqual(reservationFor(testPlan(1, false, { price: { kind: 'free' } })), { usd: 0, unestimatedUsd: 0 });
		assert.deepEqual(reservationFor(testPlan(1, false, { price: { kind: 'unknown', reason: 'Not published.' } })), {
			unestimatedUsd: 0,
		});
	});
});

suite('A run under a ceiling', () => {
	test('is sent, and reserved, when it fits', async () => {
		const run = new TestRun({ ceilings: { perRunUsd: 0.05, perDayUsd: 0.05 } });
		assert.equal((await run.start()).status, 'succeeded');
		assert.equal(run.ledger.entries[0]?.reservedUsd, 0.040395);
	});

	for (const [what, ceilings, code] of [
		['costs more than a run may', { perRunUsd: 0.04 }, 'perRun'],
		['costs more than the day has left', { perDayUsd: 0.04 }, 'perDay'],
	] as const) {
		test(`that ${what} sends nothing, reserves nothing, and is closed`, async () => {
			const run = new TestRun({ ceilings });
			const result = await run.start();
			assert.deepEqual(
				[result.status, result.runId, result.failure?.kind, result.failure?.code],
				['failed', '', 'budgetExceeded', code],
			);
			assert.deepEqual(run.journal, ['run created', 'run finished']);
			assert.deepEqual([run.record?.state, run.record?.result?.failure], ['finished', result.failure]);
			assert.deepEqual(run.ledger.entries, []);
		});
	}

	test('of unknown price is not sent unless it was allowed', async () => {
		const plan = testPlan(1, false, { price: { kind: 'unknown', reason: 'Not published.' } });
		const refused = await new TestRun({ plan, ceilings: { perDayUsd: 100 } }).start();
		const allowed = await new TestRun({ plan, ceilings: raisedCeilings({ perDayUsd: 100 }, reserving(), none) }).start();
		assert.deepEqual([refused.failure?.code, allowed.status], ['unknownPrice', 'succeeded']);
	});

	test('that is free is sent without a look at what was spent', async () => {
		const run = new TestRun({ plan: testPlan(1, false, { price: { kind: 'free' } }), ceilings: { perRunUsd: 0, perDayUsd: 0 } });
		run.ledger.read = () => Promise.reject(new Error('Not asked for.'));
		assert.equal((await run.start()).status, 'succeeded');
	});

	test('counts what it cost in the end, so that the next one fits', async () => {
		const ceilings = { perDayUsd: 0.05 };
		const usage = { inputTokens: 10, outputTokens: 200, totalTokens: 210, inputTextTokens: 10 };
		const first = new TestRun({
			ceilings,
			steps: [() => ({ pictures: [picture(0)], actual: {}, usage, requestIds: [], hasLeft: true })],
		});
		await first.start();
		const second = new TestRun({ ceilings });
		second.ledger.entries.push(...first.ledger.entries.map(entry => ({ ...entry, runId: 'run-0' })));
		assert.equal((await second.start()).status, 'succeeded');
		const third = new TestRun({ ceilings });
		third.ledger.entries.push(...second.ledger.entries.map((entry, index) => ({ ...entry, runId: `run-0${index >> 1}` })));
		assert.equal((await third.start()).failure?.code, 'perDay');
	});
});
