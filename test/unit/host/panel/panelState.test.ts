import * as assert from 'node:assert/strict';
import type { SessionSnapshot } from '../../../../src/host/panel/session';
import { panelState } from '../../../../src/host/panel/panelState';
import { panelState as panelStateSchema, type PanelPhase, type PanelState } from '../../../../src/protocol/messages';
import {
	finishedRecord,
	pictureOf,
	planOf,
	problemOf,
	recordOf,
	resultOf,
	sandbox,
	snapshotOf,
	snapshotWith,
	startedAtMs,
} from '../../../gallery/sessions';
import { galleryStates } from '../../../gallery/states';
import { bracketed, english } from './english';

function stateOf(snapshot: SessionSnapshot, elapsedMs = 0, texts = english): PanelState {
	return panelState(snapshot, {
		epoch: 3,
		now: startedAtMs + elapsedMs,
		texts,
		assetName: asset => asset,
		pictureUri: ({ fileName }) => (fileName === 'gone.png' ? undefined : `webview:${fileName}`),
	});
}

function phaseOf<K extends PanelPhase['kind']>(kind: K, snapshot: SessionSnapshot, elapsedMs = 0): Extract<PanelPhase, { kind: K }> {
	const { phase } = stateOf(snapshot, elapsedMs);
	assert.equal(phase.kind, kind);
	return phase as Extract<PanelPhase, { kind: K }>;
}

const shown = { uri: 'webview:1.png', width: 1536, height: 1024, format: 'png', bytes: 2_413_902, contentCredentials: true };
const partial = pictureOf(0, { role: 'partial', fileName: 'partial-2.png' });
const earlierPartial = pictureOf(0, { role: 'partial', fileName: 'partial-1.png' });
const requestIds = ['req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10'];

suite('panelState', () => {
	for (const { name, snapshot } of galleryStates) {
		test(`is accepted by the page’s strict schema: ${name}`, () => {
			assert.equal(panelStateSchema.safeParse(stateOf(snapshot)).error, undefined);
		});
	}

	test('shows no megabytes of a prompt', () => {
		const { outcome: _, ...unplanned } = snapshotOf({});
		assert.equal(stateOf({ ...unplanned, prompt: 'x'.repeat(10_000_000) }).prompt.length, 100_000);
	});

	test('shows, before any run, the resolved prompt and everything that would be sent but the prompt', () => {
		const state = stateOf(snapshotOf({ prompt: 'As {{written}}' }));
		assert.deepEqual(
			{ ...state, prompt: state.prompt.slice(0, 8) },
			{
				epoch: 3,
				title: 'hero.imgprompt — Image Prompt',
				request: {
					connection: 'openai',
					model: 'gpt-image-2',
					size: '1536×1024',
					quality: 'medium',
					format: 'png',
					n: 1,
					price: '≈ $0.041 estimated',
					notices: [],
				},
				prompt: 'Interior',
				outgoing: [
					{ label: 'Goes to', value: 'OpenAI (api.openai.com)' },
					{ label: 'Address', value: 'https://api.openai.com/v1/images/generations' },
					{ label: 'model', value: 'gpt-image-2' },
					{ label: 'size', value: '1536×1024' },
					{ label: 'quality', value: 'medium' },
					{ label: 'output_format', value: 'png' },
					{ label: 'n', value: '1' },
					{ label: 'stream', value: 'true' },
					{ label: 'partial_images', value: '1' },
				],
				problems: [],
				canGenerate: true,
				isTrusted: true,
				canOpenPrompt: true,
				phase: { kind: 'idle' },
			},
		);
	});

	test('says how many requests there would be when there are several', () => {
		const [request] = planOf().requests;
		assert.ok(request);
		const plan = planOf({ requests: [request, request] });
		assert.deepEqual(stateOf(snapshotOf({ outcome: { kind: 'ready', plan } })).outgoing.at(-1), { label: 'Requests', value: '2' });
	});

	test('cannot generate with errors, and says them', () => {
		const problem = problemOf('error', 'The height is not a multiple of 16.');
		const state = stateOf(snapshotOf({ outcome: { kind: 'invalid', problems: [problem] } }));
		assert.deepEqual(
			{ canGenerate: state.canGenerate, problems: state.problems, request: state.request, outgoing: state.outgoing },
			{ canGenerate: false, problems: [{ severity: 'error', message: problem.message }], request: undefined, outgoing: [] },
		);
	});

	for (const [name, snapshot, canGenerate] of [
		['in a workspace that is not trusted', snapshotOf({ isTrusted: false }), false],
		['without a plan', { ...snapshotOf(), outcome: { kind: 'invalid', problems: [] } }, false],
		['while a run is under way', snapshotWith(recordOf({ state: 'left' })), false],
		['after a run', snapshotWith(finishedRecord()), true],
	] as const) {
		test(`${canGenerate ? 'can' : 'cannot'} generate ${name}`, () => {
			assert.equal(stateOf(snapshot).canGenerate, canGenerate);
		});
	}

	test('shows a run with its own request and prompt, although the file was changed since', () => {
		const plan = planOf({ prompt: 'Another prompt', model: 'gpt-image-1.5' });
		const outcome = { kind: 'ready', plan } as const;
		const running = stateOf(snapshotWith(recordOf({ state: 'left' }), { outcome }));
		const done = stateOf(snapshotWith(finishedRecord(), { outcome }));
		assert.deepEqual([running.request?.model, running.prompt.slice(0, 8), running.outgoing], ['gpt-image-2', 'Interior', []]);
		assert.deepEqual([done.request?.model, done.prompt.slice(0, 8)], ['gpt-image-1.5', 'Interior']);
	});

	test('shows a run whose source is gone from its record alone', () => {
		const { outcome: _, ...snapshot } = snapshotWith(finishedRecord());
		const state = stateOf(snapshot);
		assert.deepEqual([state.request?.size, state.request?.price, state.canGenerate], ['1536×1024', '≈ $0.041 estimated', false]);
	});

	for (const [name, snapshot, expected] of [
		['the first run', snapshotWith(finishedRecord({}, { hostKind: 'sandbox' }), { isFirstRun: true }), 'first'],
		['a chosen sandbox', snapshotOf({ outcome: { kind: 'ready', plan: planOf({ connection: sandbox }) } }), 'chosen'],
		['a model’s picture', snapshotWith(finishedRecord()), undefined],
		['a sandbox picture, the next one being a model’s', snapshotWith(finishedRecord({}, { hostKind: 'sandbox' })), 'chosen'],
	] as const) {
		test(`marks ${name} as ${expected ?? 'no sandbox'}`, () => {
			assert.equal(stateOf(snapshot).sandbox, expected);
		});
	}
});

suite('panelPhase', () => {
	test('running, nothing sent yet: cancelling is free', () => {
		assert.deepEqual(phaseOf('running', snapshotWith(recordOf()), 400), {
			kind: 'running',
			elapsedMs: 400,
			waitingFor: 'Sending the request to openai',
			hasLeft: false,
			mayBeBilled: false,
			expected: { width: 1536, height: 1024 },
			candidates: [],
		});
	});

	test('running, sent: says what is waited for and that it may be billed, with the newest partial picture', () => {
		const phase = phaseOf('running', snapshotWith(recordOf({ state: 'left', partials: [earlierPartial, partial] })), 65_000);
		assert.deepEqual(phase, {
			kind: 'running',
			elapsedMs: 65_000,
			waitingFor: 'Waiting for gpt-image-2, usually 20–190 s at this quality',
			hasLeft: true,
			mayBeBilled: true,
			expected: { width: 1536, height: 1024 },
			partial: { ...shown, uri: 'webview:partial-2.png' },
			candidates: [],
		});
	});

	test('running on the sandbox is never billed', () => {
		const phase = phaseOf('running', snapshotWith(recordOf({ state: 'left', hostKind: 'sandbox' })));
		assert.deepEqual([phase.waitingFor, phase.mayBeBilled], ['Painting a sandbox placeholder', false]);
	});

	test('waits for the connection when no model is asked for, and leaves out what is left to the host', () => {
		const plan = planOf({ model: '', requested: { size: { width: 1024, height: 1024 }, n: 1 } });
		const { typicalSeconds: _, ...unknown } = plan;
		const record = recordOf({ state: 'left', model: '', requested: { size: '1024x1024', n: 1 } });
		const state = stateOf(snapshotWith(record, { outcome: { kind: 'ready', plan: unknown } }));
		assert.equal(state.phase.kind === 'running' && state.phase.waitingFor, 'Waiting for openai');
		assert.deepEqual([state.request?.model, state.request?.quality, state.request?.format], ['', '', '']);
	});

	test('running with a size that is left to the model has no expected proportions', () => {
		assert.equal('expected' in phaseOf('running', snapshotWith(recordOf({ requested: { size: 'auto' } }))), false);
	});

	test('a clock that was set back does not count below zero', () => {
		assert.equal(phaseOf('running', snapshotWith(recordOf()), -5000).elapsedMs, 0);
	});

	test('waiting for a limit counts down to zero', () => {
		const snapshot = snapshotOf({ run: { record: recordOf(), waiting: { until: startedAtMs + 83_000, message: 'Rate limit.' } } });
		assert.deepEqual(phaseOf('waiting', snapshot, 3000), { kind: 'waiting', remainingMs: 80_000, message: 'Rate limit.' });
		assert.equal(phaseOf('waiting', snapshot, 90_000).remainingMs, 0);
	});

	test('done shows candidates in order, where they were inserted, and which are gone', () => {
		const pictures = [pictureOf(1, { fileName: 'gone.png' }), pictureOf(0)];
		const accepted = [
			{ index: 0, asset: 'old.png', at: '2026-11-20T09:01:00.000Z' },
			{ index: 0, asset: 'new.png', at: '2026-11-20T09:02:00.000Z' },
		];
		const { uri: _, ...gone } = shown;
		assert.deepEqual(phaseOf('done', snapshotWith(finishedRecord({}, { pictures, accepted }))).candidates, [
			{ index: 0, picture: shown, insertedAs: 'new.png' },
			{ index: 1, picture: gone },
		]);
	});

	test('failed says what, what to do and which button, and keeps what arrived', () => {
		const record = recordOf({
			state: 'finished',
			requestIds,
			pictures: [pictureOf(0)],
			result: resultOf({
				status: 'failed',
				failure: { kind: 'invalid', message: 'Nothing was sent. Mend it.', problems: [problemOf('error', 'Bad size.')] },
			}),
		});
		assert.deepEqual(phaseOf('failed', snapshotWith(record)), {
			kind: 'failed',
			what: 'Nothing was sent.',
			advice: 'Mend it.',
			action: { id: 'openPrompt', label: 'Open Prompt' },
			requestIds,
			problems: ['Bad size.'],
			candidates: [{ index: 0, picture: shown }],
		});
	});

	test('failed without a reason still says something', () => {
		const phase = phaseOf('failed', snapshotWith(recordOf({ state: 'finished', result: resultOf({ status: 'failed' }) })));
		assert.equal(phase.what, 'The run ended without a picture.');
	});

	const uncertain = resultOf({ status: 'uncertain', failure: { kind: 'uncertain', message: 'Lost.' } });

	test('uncertain has the exact words, and a usage page where there is one', () => {
		const record = recordOf({ state: 'finished', requestIds, partials: [partial], result: uncertain });
		assert.deepEqual(phaseOf('uncertain', snapshotWith(record)), {
			kind: 'uncertain',
			message: 'The connection was lost after the request had left. It may have been billed.',
			hasUsagePage: true,
			requestIds,
			candidates: [],
			partial: { ...shown, uri: 'webview:partial-2.png' },
		});
		assert.equal(phaseOf('uncertain', snapshotWith({ ...record, hostKind: 'compatible' })).hasUsagePage, false);
	});

	test('a dismissed uncertain run keeps what arrived', () => {
		const record = recordOf({ state: 'finished', isDismissed: true, partials: [partial], result: uncertain });
		const phase = phaseOf('cancelled', snapshotWith(record));
		assert.deepEqual(
			[phase.message, phase.partial?.uri],
			['You dismissed this run. It may have been billed.', 'webview:partial-2.png'],
		);
	});

	const { cost: _cost, ...unpaid } = resultOf({ status: 'cancelled' });

	for (const [name, change, message] of [
		['before anything was sent', {}, 'Cancelled.'],
		['after it had left', { hadLeft: true }, 'Cancelled. It may still be billed.'],
		['after the host had accepted it', { requestIds }, 'Cancelled. It may still be billed.'],
		['after a partial picture', { partials: [partial] }, 'Cancelled. It may still be billed.'],
		['on the sandbox', { hostKind: 'sandbox', partials: [partial] }, 'Cancelled.'],
	] as const) {
		test(`cancelled ${name}: «${message}»`, () => {
			const record = recordOf({ state: 'finished', result: unpaid, ...change });
			assert.equal(phaseOf('cancelled', snapshotWith(record)).message, message);
		});
	}

	test('an attempt that did not start is shown as failed, in place of the run before it', () => {
		const failure = { kind: 'notConfigured', code: 'missingKey', message: 'No key is kept. Set one.' } as const;
		const state = stateOf(snapshotWith(finishedRecord({}, { hostKind: 'sandbox' }), { failure }));
		assert.deepEqual(
			{ phase: state.phase, runId: state.runId, sandbox: state.sandbox, canGenerate: state.canGenerate },
			{
				phase: {
					kind: 'failed',
					what: 'No key is kept.',
					advice: 'Set one.',
					action: { id: 'setKey', label: 'Set Key' },
					requestIds: [],
					problems: [],
					candidates: [],
				},
				runId: undefined,
				sandbox: undefined,
				canGenerate: true,
			},
		);
	});

	test('an invalid prompt is shown with its problems, not as a failure', () => {
		const problems = [problemOf('error', 'Bad size.')];
		const failure = { kind: 'invalid', message: 'Nothing was sent.', problems } as const;
		assert.deepEqual(stateOf(snapshotOf({ failure, outcome: { kind: 'invalid', problems } })).phase, { kind: 'idle' });
	});

	test('every sentence of its own is translated', () => {
		const record = recordOf({ state: 'finished', result: unpaid });
		assert.deepEqual(stateOf(snapshotWith(record), 0, bracketed).phase, { kind: 'cancelled', message: '[Cancelled.]', candidates: [] });
		assert.equal(stateOf(snapshotOf(), 0, bracketed).outgoing[0]?.label, '[Goes to]');
	});
});
