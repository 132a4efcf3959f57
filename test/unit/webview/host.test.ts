import * as assert from 'node:assert/strict';
import type { ViewEvent } from '../../../src/protocol/messages';
import { Host } from '../../../webview/host';
import { stateFor } from '../../gallery/galleryState';
import { galleryStates } from '../../gallery/states';

function setUp() {
	const sent: unknown[] = [];
	const events: ViewEvent[] = [];
	const mistakes: string[] = [];
	const host = new Host(
		{ postMessage: message => sent.push(message) },
		event => events.push(event),
		() => mistakes.push('mistake'),
	);
	return { host, sent, events, mistakes };
}

suite('the page’s host', () => {
	test('sends a call with an id of its own and resolves with its answer', async () => {
		const { host, sent } = setUp();
		const first = host.call('ready', {});
		const second = host.call('reveal', { runId: 'r', index: 0 });
		assert.deepEqual(sent, [
			{ id: 1, method: 'ready', params: {} },
			{ id: 2, method: 'reveal', params: { runId: 'r', index: 0 } },
		]);
		host.receive({ id: 2, result: {} });
		await second;
		host.receive({ id: 1, result: {} });
		await first;
	});

	test('rejects a call with the extension’s words', async () => {
		const { host } = setUp();
		const call = host.call('ready', {});
		host.receive({ id: 1, error: 'No folder is open.' });
		await assert.rejects(call, { message: 'No folder is open.' });
	});

	test('gives a call up when its signal says so, and ignores the late answer', async () => {
		const { host, mistakes } = setUp();
		const controller = new AbortController();
		const call = host.call('ready', {}, controller.signal);
		controller.abort(new Error('closed'));
		await assert.rejects(call, { message: 'closed' });
		host.receive({ id: 1, result: {} });
		assert.deepEqual(mistakes, []);
	});

	test('sends nothing for a signal that was aborted before', async () => {
		const { host, sent } = setUp();
		await assert.rejects(host.call('ready', {}, AbortSignal.abort(new Error('closed'))), { message: 'closed' });
		assert.deepEqual(sent, []);
	});

	for (const state of galleryStates) {
		test(`takes the state ${state.name}`, () => {
			const { host, events, mistakes } = setUp();
			const event = { type: 'stateChanged', state: stateFor(state, 'https://page') };
			host.receive(event);
			assert.deepEqual({ events, mistakes }, { events: [event], mistakes: [] });
		});
	}

	for (const [what, message] of [
		['a state with a field too many', { type: 'stateChanged', state: { ...stateFor(firstState(), ''), extra: 1 } }],
		['an event that does not exist', { type: 'runScript', code: 'alert(1)' }],
		['an answer with both result and error', { id: 1, result: {}, error: 'x' }],
		['a string', 'hello'],
		['nothing', null],
	] as const) {
		test(`refuses ${what}`, () => {
			const { host, events, mistakes } = setUp();
			host.receive(message);
			assert.deepEqual({ events, mistakes }, { events: [], mistakes: ['mistake'] });
		});
	}
});

function firstState() {
	const [first] = galleryStates;
	assert.ok(first);
	return first;
}
