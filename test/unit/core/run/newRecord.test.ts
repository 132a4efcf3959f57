import * as assert from 'node:assert/strict';
import { acceptEntry, claimEntry, newRecord, requestedValues, settleEntry } from '../../../../src/core/run/newRecord';
import type { RunRecord } from '../../../../src/core/run/records';
import type { RunResult } from '../../../../src/core/run/runResult';
import type { Plan } from '../../../../src/core/plan/plan';
import { testPlan } from './runFixture';

const startedAt = '2026-11-20T09:30:11.000Z';

function recordOf(changes: Partial<Plan> = {}, keepPrompt = true) {
	const credential = { kind: 'apiKey', key: 'sk-canary' } as const;
	const request = { plan: testPlan(2, false, changes), credential, source: { kind: 'input' }, timeoutMs: 1000, keepPrompt } as const;
	return newRecord(request, 'run-1', startedAt, 'aa');
}

function finished(result: Partial<Omit<RunResult, 'images'>>, changes: Partial<RunRecord> = {}): RunRecord {
	const whole = {
		runId: 'run-1',
		status: 'succeeded',
		connection: 'work',
		model: 'gpt-image-2',
		operation: 'generate',
		requested: {},
		actual: {},
		startedAt,
		durationMs: 1200,
		...result,
	} as const;
	return { version: 1, owner: 'me', ...recordOf(), state: 'finished', result: whole, ...changes };
}

suite('requestedValues', () => {
	for (const [requested, expected] of [
		[{ n: 1 }, { n: 1 }],
		[
			{ n: 1, size: 'auto', tier: 'image', quality: 'medium' },
			{ n: 1, size: 'auto', quality: 'medium' },
		],
		[
			{ n: 2, size: { width: 1536, height: 1024 }, format: 'jpeg', compression: 80, background: 'opaque', moderation: 'low' },
			{ n: 2, size: '1536x1024', format: 'jpeg', compression: 80, background: 'opaque', moderation: 'low' },
		],
	] as const) {
		test(`are ${JSON.stringify(expected)} as plain JSON`, () => {
			assert.deepEqual(requestedValues(requested), expected);
		});
	}
});

suite('the record of a run', () => {
	test('says what is about to happen, and holds no key', () => {
		const record = recordOf({ output: 'a.png', alt: 'A garden' });
		assert.deepEqual(record, {
			runId: 'run-1',
			state: 'claimed',
			startedAt,
			connection: 'work',
			hostKind: 'openai',
			host: 'https://host',
			model: 'gpt-image-2',
			operation: 'generate',
			requested: { size: '1024x1024', quality: 'medium', n: 2 },
			price: { kind: 'estimate', minUsd: 0.04, maxUsd: 0.08, outputTokens: [1000, 2000] },
			prompt: 'A secret garden',
			promptSha256: 'aa',
			source: { kind: 'input' },
			output: 'a.png',
			alt: 'A garden',
			notices: ['A notice of the plan.'],
			partials: [],
			pictures: [],
			requestIds: [],
		});
	});

	test('keeps no prompt when the user keeps none, and its line in the ledger neither', () => {
		const record = recordOf({}, false);
		assert.doesNotMatch(JSON.stringify([record, claimEntry(record, { unestimatedUsd: 0 })]), /garden/);
	});
});

suite('lines of the ledger', () => {
	for (const [name, reservation, expected] of [
		['nothing of what is free', { usd: 0, unestimatedUsd: 0 }, { reservedUsd: 0 }],
		['all that may be billed', { usd: 0.07, unestimatedUsd: 0.01 }, { reservedUsd: 0.07, reservedUnestimatedUsd: 0.01 }],
		['no amount where the price is not known', { unestimatedUsd: 0 }, {}],
	] as const) {
		test(`reserve ${name}`, () => {
			const { reservedUsd, reservedUnestimatedUsd } = claimEntry(recordOf(), reservation);
			assert.deepEqual(JSON.parse(JSON.stringify({ reservedUsd, reservedUnestimatedUsd })), expected);
		});
	}

	test('close a claim with what it came to', () => {
		const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
		const record = finished({ usage, cost: { usd: 0.05, estimated: false } }, { requestIds: ['req_1'] });
		assert.deepEqual(settleEntry(record, '2026-11-20T09:31:00.000Z', 2), {
			type: 'settle',
			at: '2026-11-20T09:31:00.000Z',
			runId: 'run-1',
			connection: 'work',
			model: 'gpt-image-2',
			status: 'succeeded',
			durationMs: 1200,
			requestIds: ['req_1'],
			usage,
			cost: { usd: 0.05, estimated: false },
			attempts: 2,
		});
	});

	test('say what a moderation found', () => {
		const moderation = { stage: 'input', categories: ['violence'] } as const;
		const record = finished({ status: 'failed', failure: { kind: 'refused', message: 'No.', moderation } });
		const { status, failure, moderation: found } = settleEntry(record, startedAt);
		assert.deepEqual([status, failure, found], ['failed', 'refused', moderation]);
	});

	test('say where a candidate was put', () => {
		const { runId, at, index, asset } = acceptEntry(finished({}), 1, 'images/a.png', startedAt);
		assert.deepEqual([runId, at, index, asset], ['run-1', startedAt, 1, 'images/a.png']);
	});
});
