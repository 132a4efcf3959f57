import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { failureKinds } from '../../../../src/core/run/failure';
import { settled } from '../../../fakes/manualClock';
import { arrives, asksToWait, fails, hangs, testPlan, TestRun, type Step } from './runFixture';

const usage = { inputTokens: 10, outputTokens: 100, totalTokens: 110, inputTextTokens: 10, inputImageTokens: 0 };
const counts =
	(step: Step): Step =>
	async call => ({ ...(await step(call)), usage });

/** Lets the requests beside it leave first. */
const late =
	(step: Step): Step =>
	async call =>
		settled().then(() => step(call));

suite('A plan of several requests', () => {
	test('keeps to the connection’s slots, and becomes one result', async () => {
		let atOnce = 0;
		let most = 0;
		const slow: Step = async call => {
			most = Math.max(most, ++atOnce);
			await settled();
			atOnce--;
			return arrives(call);
		};
		const run = new TestRun({ plan: testPlan(4, true), steps: [slow, slow, slow, slow].map(counts) });
		const result = await run.start();
		assert.equal(most, 2);
		assert.deepEqual(
			[result.status, result.images.map(({ index }) => index), result.requestIds?.toSorted(), result.usage, result.actual.n],
			[
				'succeeded',
				[0, 1, 2, 3],
				['req_0', 'req_1', 'req_2', 'req_3'],
				{ inputTokens: 40, outputTokens: 400, totalTokens: 440, inputTextTokens: 40, inputImageTokens: 0 },
				4,
			],
		);
		assert.equal(run.ledger.entries.length, 2);
	});

	test('sends nothing more after a failure, but awaits what is under way', async () => {
		const run = new TestRun({ plan: testPlan(4, true), steps: [late(fails('notSignedIn')), late(late(arrives))] });
		const { status, failure, images, cost } = await run.start();
		assert.deepEqual(
			[status, failure?.kind, images.map(({ index }) => index), run.provider.calls.length],
			['failed', 'notSignedIn', [1], 2],
		);
		assert.deepEqual(cost, { usd: 0.04, estimated: true });
		assert.deepEqual(run.record?.notices.slice(1), ['2 of 4 requests were not sent after the failure.']);
	});

	test('adds what was counted to what can only be estimated', async () => {
		const run = new TestRun({ plan: testPlan(2, true), steps: [counts(arrives), arrives] });
		assert.deepEqual((await run.start()).cost, { usd: 0.00305 + 0.04, estimated: true });
	});

	test('tells no sum of kinds of tokens that one answer left out', async () => {
		const bare: Step = async call => ({ ...(await arrives(call)), usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } });
		const run = new TestRun({ plan: testPlan(2, true), steps: [counts(arrives), bare] });
		assert.deepEqual((await run.start()).usage, { inputTokens: 11, outputTokens: 102, totalTokens: 113 });
	});

	for (const [first, second, status] of [
		['failed', 'uncertain', 'uncertain'],
		['uncertain', 'failed', 'uncertain'],
		['failed', 'arrived', 'failed'],
		['arrived', 'uncertain', 'uncertain'],
	] as const) {
		test(`is ${status} when one request ${first} and the other ${second}`, async () => {
			const steps = { failed: late(fails('rejected')), uncertain: late(fails('uncertain')), arrived: arrives };
			const run = new TestRun({ plan: testPlan(2, true), steps: [steps[first], steps[second]] });
			assert.equal((await run.start()).status, status);
		});
	}

	test('is cancelled as a whole, and keeps the picture that had come', async () => {
		const run = new TestRun({ plan: testPlan(2, true), steps: [arrives, hangs] });
		const result = run.start();
		await settled();
		run.abort.abort();
		const { status, images } = await result;
		assert.deepEqual([status, images.map(({ index }) => index)], ['cancelled', [0]]);
	});

	test('shows the countdown that ends first, and «Try Now» ends all', async () => {
		const run = new TestRun({ plan: testPlan(2, true), steps: [asksToWait(9000), asksToWait(4000), arrives, arrives] });
		const result = run.start();
		await settled();
		assert.equal(run.waits.at(-1)?.until, run.clock.now() + 4000);
		run.tryNow?.();
		assert.equal((await result).status, 'succeeded');
	});

	test('stays recorded as sent while one waits and another is at the host', async () => {
		const run = new TestRun({ plan: testPlan(2, true), steps: [asksToWait(1000), hangs] });
		const result = run.start();
		await settled();
		assert.equal(run.record?.state, 'left');
		run.abort.abort();
		await result;
	});

	test('ends a countdown when another request fails for good', async () => {
		const run = new TestRun({ plan: testPlan(2, true), steps: [asksToWait(1000), late(fails('accountBlocked'))] });
		const { status, failure } = await run.start();
		assert.deepEqual([status, failure?.kind, run.clock.sleepers], ['failed', 'accountBlocked', 0]);
	});

	test('loses no picture to a defect in the request beside it', async () => {
		const defect = new TypeError('A defect of ours');
		const breaks: Step = () => {
			throw defect;
		};
		const run = new TestRun({ plan: testPlan(2, true), steps: [late(breaks), arrives] });
		await assert.rejects(run.start(), error => error === defect);
		assert.deepEqual([run.record?.state, run.record?.pictures.length], ['finished', 1]);
	});
});

/** Any behaviour of a host, with a name for the report. */
const anyStep = fc.oneof(
	fc.constant({ name: 'arrives', step: arrives, mayRepeat: false }),
	fc.constantFrom(...failureKinds).map(kind => ({ name: kind, step: fails(kind), mayRepeat: false })),
	fc.nat(100).map(ms => ({ name: `wait ${ms}`, step: asksToWait(ms), mayRepeat: true })),
	fc.constant({ name: 'unreachable', step: fails('unreachable', { retryAfterMs: 0 }), mayRepeat: true }),
);

suite('Whatever the host does', () => {
	const scripts = fc.array(fc.array(anyStep, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 4 });

	test('a request is repeated only after a proof, every sending is recorded before, and the books are closed', async () => {
		await fc.assert(
			fc.asyncProperty(scripts, fc.option(fc.nat(12), { nil: undefined }), async (script, cancelAfter) => {
				const sent = script.map(() => 0);
				const follow: Step = call => {
					const candidate = call.request.candidates[0] ?? 0;
					const attempt = sent[candidate] ?? 0;
					sent[candidate] = attempt + 1;
					assert.equal(run.record?.state, 'left');
					assert.equal(run.ledger.entries.length, 1);
					assert.ok(attempt === 0 || script[candidate]?.[attempt - 1]?.mayRepeat);
					const step = script[candidate]?.[attempt];
					assert.ok(step, 'sent more than five times');
					return step.step(call);
				};
				let changes = 0;
				const run: TestRun = new TestRun({
					plan: testPlan(script.length, true),
					steps: Array.from({ length: 20 }, () => follow),
					onChange: (_, self) => {
						if (changes++ === cancelAfter) {
							self.abort.abort();
						}
					},
				});
				const running = run.start();
				// Four waits of two seconds at most for each of four requests, and turns to spare.
				for (let turn = 0; turn < 20; turn++) {
					await run.clock.advance(2000);
				}
				const result = await running;
				assert.equal(result.status === 'succeeded', result.images.length === script.length);
				assert.equal(result.failure === undefined, result.status === 'succeeded' || result.status === 'cancelled');
				assert.deepEqual(
					run.ledger.entries.map(({ type }) => type),
					['claim', 'settle'],
				);
				assert.deepEqual([run.record?.state, run.record?.result?.status], ['finished', result.status]);
				assert.deepEqual(run.record?.pictures.length, result.images.length);
				assert.deepEqual([run.tryNow, run.clock.sleepers], [undefined, 0]);
			}),
			{ numRuns: 60 },
		);
	});
});
