import * as assert from 'node:assert/strict';
import type { FailureKind } from '../../../../src/core/run/failure';
import { failureKinds } from '../../../../src/core/run/failure';
import type { RunStatus } from '../../../../src/core/run/runResult';
import { settled } from '../../../fakes/manualClock';
import { arrives, fails, hangs, picture, testPlan, TestRun } from './runFixture';

suite('A run that goes well', () => {
	test('claims, reserves, says that it leaves, sends, records each picture, and settles, in this order', async () => {
		const run = new TestRun();
		await run.start();
		assert.deepEqual(run.journal, [
			'run created',
			'ledger claim',
			'run left',
			'sent 0',
			'run pictures',
			'run requestIds',
			'run finished',
			'ledger settle',
		]);
	});

	test('gives the whole result as callers know it', async () => {
		const run = new TestRun({
			steps: [
				async call => ({
					...(await arrives(call)),
					actual: { size: '999x999', quality: 'high', background: 'opaque' },
					usage: { inputTokens: 10, outputTokens: 1000, totalTokens: 1010, inputTextTokens: 10 },
				}),
			],
		});
		assert.deepEqual(await run.start(), {
			runId: 'run-1',
			status: 'succeeded',
			connection: 'work',
			model: 'gpt-image-2',
			operation: 'generate',
			images: [
				{
					index: 0,
					path: '/runs/one/final-0.png',
					uri: 'file:///runs/one/final-0.png',
					width: 1024,
					height: 1024,
					format: 'png',
					bytes: 100,
					sha256: 'aa',
					contentCredentials: true,
				},
			],
			requested: { size: '1024x1024', quality: 'medium', n: 1 },
			actual: { size: '1024x1024', quality: 'high', background: 'opaque', format: 'png', n: 1 },
			usage: { inputTokens: 10, outputTokens: 1000, totalTokens: 1010, inputTextTokens: 10 },
			cost: { usd: 0.03005, estimated: false },
			requestIds: ['req_0'],
			startedAt: '2026-11-20T09:30:11.000Z',
			durationMs: 0,
		});
	});

	test('sends what the plan says, once, with the credential, and keeps the credential out of everything that is written', async () => {
		const run = new TestRun();
		const result = await run.start();
		const [call, ...others] = run.provider.calls;
		assert.deepEqual(others, []);
		assert.deepEqual(
			[call?.request, call?.credential, call?.timeoutMs],
			[testPlan().requests[0], { kind: 'apiKey', key: 'sk-canary' }, 1000],
		);
		assert.doesNotMatch(JSON.stringify([result, run.record, run.ledger.entries, run.snapshots]), /sk-canary/);
	});

	test('measures its duration by the clock', async () => {
		const run: TestRun = new TestRun({ steps: [async call => run.clock.advance(48_000).then(() => arrives(call))] });
		assert.equal((await run.start()).durationMs, 48_000);
	});

	test('writes claim and settlement into the ledger', async () => {
		const run = new TestRun();
		await run.start();
		assert.deepEqual(run.ledger.entries, [
			{
				type: 'claim',
				at: '2026-11-20T09:30:11.000Z',
				runId: 'run-1',
				connection: 'work',
				model: 'gpt-image-2',
				operation: 'generate',
				size: '1024x1024',
				quality: 'medium',
				n: 1,
				promptSha256: 'sha of 15',
				prompt: 'A secret garden',
				reservedUsd: 0.040395,
				reservedUnestimatedUsd: 0.000395,
			},
			{
				type: 'settle',
				at: '2026-11-20T09:30:11.000Z',
				runId: 'run-1',
				connection: 'work',
				model: 'gpt-image-2',
				status: 'succeeded',
				durationMs: 0,
				requestIds: ['req_0'],
				cost: { usd: 0.04, estimated: true },
				attempts: 1,
			},
		]);
	});

	test('keeps no word of the prompt when prompts are not to be kept', async () => {
		const run = new TestRun({ keepPrompt: false });
		const result = await run.start();
		assert.doesNotMatch(JSON.stringify([result, run.record, run.ledger.entries, run.snapshots]), /secret garden/);
		assert.equal(run.record?.promptSha256, 'sha of 15');
	});

	test('carries output, alternative text and warnings of the plan along', async () => {
		const warning = { code: 'sizeExperimental', severity: 'warning', range: { start: 0, end: 0 }, message: 'Experimental.' } as const;
		const run = new TestRun({ plan: testPlan(1, false, { output: 'a.png', alt: 'An alley', problems: [warning] }) });
		const result = await run.start();
		assert.deepEqual([run.record?.output, run.record?.alt, result.problems], ['a.png', 'An alley', [warning]]);
	});

	test('keeps partial pictures beside the final one', async () => {
		const run = new TestRun({
			steps: [
				call => {
					call.onProgress({ kind: 'left' });
					call.onProgress({ kind: 'accepted', requestIds: ['req_0'] });
					call.onProgress({ kind: 'picture', picture: picture(0, 'partial') });
					return arrives(call);
				},
			],
		});
		const result = await run.start();
		assert.deepEqual([run.record?.partials, run.record?.pictures], [[picture(0, 'partial')], [picture(0)]]);
		assert.deepEqual(
			result.images.map(({ path }) => path),
			['/runs/one/final-0.png'],
		);
	});

	test('costs nothing where the plan is free', async () => {
		const run = new TestRun({ plan: testPlan(1, false, { price: { kind: 'free' } }) });
		assert.deepEqual((await run.start()).cost, { usd: 0, estimated: false });
	});

	test('has no cost where neither price nor usage is known', async () => {
		const run = new TestRun({ plan: testPlan(1, false, { price: { kind: 'unknown', reason: 'A local server.' } }) });
		assert.equal((await run.start()).cost, undefined);
	});

	test('takes a usage of nothing but zeros for none', async () => {
		const usage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
		const run = new TestRun({ steps: [async call => ({ ...(await arrives(call)), usage })] });
		assert.deepEqual((await run.start()).cost, { usd: 0.04, estimated: true });
	});
});

suite('A run that fails', () => {
	/** Whether a failure after the request had left may show up on a bill. */
	const billed: readonly FailureKind[] = ['uncertain', 'badResponse', 'serverError'];

	for (const kind of failureKinds) {
		const status: RunStatus = kind === 'uncertain' ? 'uncertain' : 'failed';
		test(`is ${status} after ${kind}, is never repeated, and ${billed.includes(kind) ? 'may have cost its price' : 'cost nothing'}`, async () => {
			const run = new TestRun({ steps: [fails(kind)] });
			const result = await run.start();
			assert.deepEqual(
				[result.status, result.failure, result.cost, result.images, run.provider.calls.length],
				[status, { kind, message: `It is ${kind}.` }, billed.includes(kind) ? { usd: 0.04, estimated: true } : undefined, [], 1],
			);
			assert.deepEqual([run.record?.state, run.record?.result?.status], ['finished', status]);
			assert.deepEqual(
				run.ledger.entries.map(({ type, status, failure }) => [type, status, failure]),
				[
					['claim', undefined, undefined],
					['settle', status, kind],
				],
			);
		});
	}

	test('records what was refused, and charges a picture that was refused after it was made', async () => {
		for (const [stage, cost] of [
			['input', undefined],
			['output', { usd: 0.04, estimated: true }],
			['unknown', undefined],
		] as const) {
			const failure = { kind: 'refused', message: 'Refused.', moderation: { stage, categories: ['violence'] } } as const;
			const run = new TestRun({ steps: [fails('refused', { failure })] });
			const result = await run.start();
			assert.deepEqual([result.failure, result.cost, run.ledger.entries[1]?.moderation], [failure, cost, failure.moderation]);
		}
	});

	test('keeps a picture that came before the failure', async () => {
		const run = new TestRun({ plan: testPlan(2), steps: [fails('uncertain', { pictures: [picture(1)] })] });
		const result = await run.start();
		assert.deepEqual([result.status, result.images.map(({ index }) => index)], ['uncertain', [1]]);
		assert.deepEqual(run.record?.pictures, [picture(1)]);
	});

	test('does not succeed with fewer pictures than were asked for', async () => {
		const run = new TestRun({
			plan: testPlan(2),
			steps: [() => ({ pictures: [picture(0)], actual: {}, requestIds: [], hasLeft: true })],
		});
		const { status, failure, images } = await run.start();
		assert.deepEqual([status, failure?.kind, images.length], ['failed', 'badResponse', 1]);
		assert.match(failure?.message ?? '', /1 of 2 pictures/);
	});

	for (const [hasLeft, status, kind, cost] of [
		[true, 'uncertain', 'uncertain', { usd: 0.04, estimated: true }],
		[false, 'failed', 'unreachable', undefined],
	] as const) {
		test(`is settled as ${status} before a defect ${hasLeft ? 'after' : 'before'} leaving is thrown on`, async () => {
			const defect = new TypeError('A defect of ours');
			const run = new TestRun({
				steps: [
					({ onProgress }) => {
						if (hasLeft) {
							onProgress({ kind: 'left' });
						}
						throw defect;
					},
				],
			});
			await assert.rejects(run.start(), error => error === defect);
			const result = run.record?.result;
			assert.deepEqual([run.record?.state, result?.status, result?.failure?.kind, result?.cost], ['finished', status, kind, cost]);
			assert.equal(run.ledger.entries.at(-1)?.status, status);
		});
	}
});

suite('Cancelling a run', () => {
	test('before it began sends nothing, and leaves no trace', async () => {
		const run = new TestRun();
		run.abort.abort();
		const result = await run.start();
		assert.deepEqual([result.runId, result.status, result.failure, result.cost], ['', 'cancelled', undefined, undefined]);
		assert.deepEqual(run.journal, []);
	});

	for (const line of ['run created', 'ledger claim', 'run left']) {
		test(`right before «${line}» is on disk sends nothing`, async () => {
			const run: TestRun = new TestRun({
				refuses: next => {
					if (next === line) {
						run.abort.abort();
					}
					return false;
				},
			});
			const result = await run.start();
			assert.deepEqual([result.status, result.failure, result.cost, run.provider.calls], ['cancelled', undefined, undefined, []]);
			assert.deepEqual([run.record?.state, run.ledger.entries.at(-1)?.status], ['finished', 'cancelled']);
			assert.deepEqual(run.record?.notices.slice(1), ['Cancelled before anything was processed. It costs nothing.']);
		});
	}

	test('while it waits for a slot sends nothing', async () => {
		const run = new TestRun();
		const others = [new AbortController().signal, new AbortController().signal];
		await Promise.all(others.map(signal => run.slots.acquire('work', 2, signal)));
		const result = run.start();
		await settled();
		assert.deepEqual(run.journal, ['run created', 'ledger claim']);
		run.abort.abort();
		assert.equal((await result).status, 'cancelled');
		assert.deepEqual(run.provider.calls, []);
	});

	test('after it left keeps what came, and says that it may be billed', async () => {
		const run = new TestRun({
			steps: [
				call => {
					call.onProgress({ kind: 'picture', picture: picture(0, 'partial') });
					return hangs(call);
				},
			],
		});
		const result = run.start();
		await settled();
		run.abort.abort();
		const { status, failure, cost } = await result;
		assert.deepEqual([status, failure, cost], ['cancelled', undefined, { usd: 0.04, estimated: true }]);
		assert.deepEqual(
			[run.record?.partials, run.record?.notices],
			[[picture(0, 'partial')], ['A notice of the plan.', 'Cancelled after the request had left. It may still be billed.']],
		);
	});

	test('too late changes nothing about a whole answer', async () => {
		const run = new TestRun({
			steps: [
				async call => {
					run.abort.abort();
					return { ...(await arrives(call)), isCancelled: true };
				},
			],
		});
		assert.equal((await run.start()).status, 'succeeded');
	});

	test('is no defect when a provider passes the abortion on', async () => {
		const run = new TestRun({
			steps: [
				({ signal, onProgress }) => {
					onProgress({ kind: 'left' });
					run.abort.abort();
					throw signal.reason;
				},
			],
		});
		const { status, cost } = await run.start();
		assert.deepEqual([status, cost], ['cancelled', { usd: 0.04, estimated: true }]);
	});
});

suite('A refusing disk', () => {
	for (const line of ['run created', 'ledger claim', 'run left']) {
		test(`at «${line}» lets nothing out`, async () => {
			const run = new TestRun({ refuses: next => next === line });
			const { status, failure, cost } = await run.start();
			assert.deepEqual([status, failure?.kind, cost, run.provider.calls], ['failed', 'notConfigured', undefined, []]);
			assert.match(failure?.message ?? '', /^Nothing was sent.*The disk is full\.$/);
		});
	}

	test('at the reservation closes the record that was made', async () => {
		const run = new TestRun({ refuses: line => line === 'ledger claim' });
		await run.start();
		assert.deepEqual([run.record?.state, run.record?.result?.failure?.kind], ['finished', 'notConfigured']);
	});

	test('at every later write does not take the result away', async () => {
		let isFull = false;
		const run = new TestRun({
			refuses: () => isFull,
			steps: [
				call => {
					isFull = true;
					return arrives(call);
				},
			],
		});
		const { status, images } = await run.start();
		assert.deepEqual([status, images.length], ['succeeded', 1]);
		assert.deepEqual(run.snapshots.at(-1)?.record.result?.status, 'succeeded');
		assert.equal(run.record?.state, 'left');
	});

	test('that comes to itself takes what it had refused', async () => {
		const run = new TestRun({ refuses: line => line === 'run pictures' });
		await run.start();
		assert.deepEqual(run.record?.pictures, [picture(0)]);
	});

	test('while the answer arrives makes the run uncertain', async () => {
		const { StorageError } = await import('../../../../src/core/run/storageError');
		const run = new TestRun({
			steps: [
				({ onProgress }) => {
					onProgress({ kind: 'left' });
					throw new StorageError('The disk is full.');
				},
			],
		});
		const { status, failure, cost } = await run.start();
		assert.deepEqual([status, failure?.kind, cost], ['uncertain', 'uncertain', { usd: 0.04, estimated: true }]);
		assert.match(failure?.message ?? '', /The disk is full/);
	});
});
