import * as assert from 'node:assert/strict';
import type { BudgetExcess, Ceilings } from '../../../../src/core/run/budget';
import type { Plan } from '../../../../src/core/plan/plan';
import { StorageError } from '../../../../src/core/run/storageError';
import { BudgetGuard } from '../../../../src/host/generation/budgetGuard';
import { budgetQuestion, todaysRuns } from '../../../../src/host/generation/budgetTexts';
import { ManualClock } from '../../../fakes/manualClock';
import { MemoryLedger } from '../../../fakes/memoryRecords';
import { testPlan } from '../../core/run/runFixture';
import { bracketed, english } from '../panel/english';

interface Situation {
	readonly ceilings?: Ceilings;
	readonly onExceed?: 'ask' | 'refuse';
	readonly spentUsd?: number;
	readonly plan?: Plan;
	/** What a person answers; absent: nobody must be asked. */
	readonly answer?: boolean;
	readonly isInteractive?: boolean;
}

async function check({ ceilings = {}, onExceed = 'ask', spentUsd = 0, plan = testPlan(), answer, isInteractive = true }: Situation) {
	const ledger = new MemoryLedger();
	const clock = new ManualClock();
	const at = new Date(clock.now()).toISOString();
	ledger.entries.push({ type: 'claim', at, runId: 'before', connection: 'work', model: 'gpt-image-2', reservedUsd: spentUsd });
	const asked: BudgetExcess[] = [];
	const guard = new BudgetGuard({
		ledger,
		clock,
		settings: () => ({ ceilings, onExceed }),
		ask: excess => {
			assert.notEqual(answer, undefined, 'somebody was asked');
			asked.push(excess);
			return Promise.resolve(answer === true);
		},
	});
	const result = await guard.check(plan, isInteractive);
	return { result, asked: asked.map(({ kind }) => kind) };
}

const unknown = testPlan(1, false, { price: { kind: 'unknown', reason: 'Not published.' } });

suite('The guard of the budget', () => {
	for (const [what, situation, kind, asked] of [
		['lets a run pass without a ceiling', {}, 'allowed', []],
		['lets a run pass that fits', { ceilings: { perRunUsd: 1, perDayUsd: 1 } }, 'allowed', []],
		['asks about a run that costs too much', { ceilings: { perRunUsd: 0.01 }, answer: true }, 'allowed', ['perRun']],
		[
			'asks about a run for which the day has too little left',
			{ ceilings: { perDayUsd: 1 }, spentUsd: 0.97, answer: true },
			'allowed',
			['perDay'],
		],
		['takes no for an answer', { ceilings: { perRunUsd: 0.01 }, answer: false }, 'declined', ['perRun']],
		['refuses without a question, if that is wanted', { ceilings: { perRunUsd: 0.01 }, onExceed: 'refuse' }, 'refused', []],
		['asks about an unknown price', { ceilings: { perRunUsd: 1 }, plan: unknown, answer: true }, 'allowed', ['unknownPrice']],
		[
			'asks about an unknown price, too, where it refuses',
			{ ceilings: { perRunUsd: 1 }, onExceed: 'refuse', plan: unknown, answer: false },
			'declined',
			['unknownPrice'],
		],
		['never asks code', { ceilings: { perDayUsd: 0 }, isInteractive: false }, 'refused', []],
		['never asks code about an unknown price', { ceilings: { perDayUsd: 9 }, plan: unknown, isInteractive: false }, 'refused', []],
		['lets an unknown price pass where there is no ceiling', { plan: unknown, onExceed: 'refuse' }, 'allowed', []],
		[
			'lets the sandbox pass',
			{ ceilings: { perRunUsd: 0, perDayUsd: 0 }, onExceed: 'refuse', plan: testPlan(1, false, { price: { kind: 'free' } }) },
			'allowed',
			[],
		],
	] as const) {
		test(what, async () => {
			const { result, ...questions } = await check(situation);
			assert.deepEqual([result.kind, questions.asked], [kind, asked]);
		});
	}

	test('raises the ceiling for what a person saw, and no further', async () => {
		const { result } = await check({ ceilings: { perRunUsd: 0.01, perDayUsd: 1 }, spentUsd: 0.97, answer: true });
		assert.deepEqual(result, { kind: 'allowed', ceilings: { perDayUsd: 0.97 + 0.040395 } });
	});

	test('names the ceiling to code', async () => {
		const { result } = await check({ ceilings: { perDayUsd: 1 }, spentUsd: 0.97, isInteractive: false });
		assert.ok(result.kind === 'refused');
		assert.deepEqual([result.failure.kind, result.failure.code], ['budgetExceeded', 'perDay']);
	});

	for (const error of [new StorageError('The ledger could not be read.'), new TypeError('A defect.')]) {
		test(`sends nothing when the ledger can't be read: ${error.name}`, async () => {
			const guard = new BudgetGuard({
				ledger: { read: () => Promise.reject(error) },
				clock: new ManualClock(),
				settings: () => ({ ceilings: { perDayUsd: 1 }, onExceed: 'ask' }),
				ask: () => Promise.reject(new Error('Not asked for.')),
			});
			if (!(error instanceof StorageError)) {
				return assert.rejects(guard.check(testPlan(), true), error);
			}
			assert.deepEqual(await guard.check(testPlan(), true), {
				kind: 'refused',
				failure: {
					kind: 'notConfigured',
					message: 'Nothing was sent, because what today’s runs have cost could not be read. The ledger could not be read.',
				},
			});
		});
	}
});

suite('The question about a run over a ceiling', () => {
	const spent = { usd: 4.9, unknownRuns: 0 };

	test('tells what the run may cost, the ceilings, and what today has cost', () => {
		const ceilings = { perRunUsd: 0.5, perDayUsd: 5 };
		assert.deepEqual(budgetQuestion({ kind: 'perDay', limitUsd: 5, reservedUsd: 0.2, spent }, ceilings, english), {
			message: 'This run may cost up to $0.20. Send it anyway?',
			detail: 'Your ceiling per run is $0.50.\nToday: $4.90 of $5.00\nNothing was sent yet, and the ceiling stays as it is for the next run.',
		});
	});

	test('says that a price is not known', () => {
		const { message, detail } = budgetQuestion({ kind: 'unknownPrice', spent: { usd: 1, unknownRuns: 2 } }, { perDayUsd: 5 }, english);
		assert.equal(message, 'What this run costs is not known. Send it anyway?');
		assert.match(detail, /^Today: at least \$1\.00 of \$5\.00\n/);
	});

	test('is translated as a whole', () => {
		const { message, detail } = budgetQuestion({ kind: 'perRun', limitUsd: 1, reservedUsd: 2, spent }, { perRunUsd: 1 }, bracketed);
		assert.ok([message, ...detail.split('\n')].every(text => /^\[.*\]$/.test(text)));
	});

	test('tells today’s sum also where only a run has a ceiling', () => {
		assert.equal(todaysRuns(spent, { perRunUsd: 1 }, english), 'Today: $4.90');
	});
});
