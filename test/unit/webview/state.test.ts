import * as assert from 'node:assert/strict';
import type { PanelPhase, PanelState } from '../../../src/protocol/messages';
import {
	candidatesOf,
	initialState,
	primaryAction,
	reduce,
	selectedCandidate,
	stageOf,
	type PageAction,
	type PageState,
} from '../../../webview/state';
import { fit } from '../../../webview/zoom';
import { stateFor } from '../../gallery/galleryState';
import { galleryStates } from '../../gallery/states';

const zoomed = { kind: 'scale', scale: 2, centerX: 0.5, centerY: 0.5 } as const;

function pushed(name: string, epoch = 1): PanelState {
	const state = galleryStates.find(each => each.name === name);
	assert.ok(state, name);
	return stateFor(state, 'https://page', epoch);
}

function after(...actions: PageAction[]): PageState {
	return actions.reduce(reduce, initialState());
}

const receive = (name: string, epoch = 1, at = 0): PageAction => ({ kind: 'stateReceived', state: pushed(name, epoch), at });

suite('the page’s state', () => {
	test('starts with nothing, and shows that rather than a blank page', () => {
		assert.deepEqual(stageOf(initialState()), { kind: 'prompt' });
		assert.equal(primaryAction(initialState()), 'none');
	});

	test('takes a state with the moment at which it came', () => {
		const state = after(receive('running', 1, 5000));
		assert.deepEqual([state.panel?.phase.kind, state.receivedAt], ['running', 5000]);
	});

	for (const epoch of [4, 5]) {
		test(`drops state ${epoch} when it has state 5`, () => {
			const before = after(receive('done', 5));
			assert.equal(reduce(before, receive('running', epoch)), before);
		});
	}

	test('keeps choice and zoom while the same run goes on', () => {
		const state = after(
			receive('several', 1),
			{ kind: 'candidateOpened', index: 2 },
			{ kind: 'zoomed', zoom: zoomed },
			receive('several', 2),
		);
		assert.deepEqual([state.view.selected, state.view.isOpen, state.view.zoom], [2, true, zoomed]);
	});

	test('forgets choice and zoom with another run, but not whether the details are shown', () => {
		const other = { ...pushed('several', 2), runId: 'another' };
		const state = after(
			receive('several', 1),
			{ kind: 'detailsToggled' },
			{ kind: 'candidateOpened', index: 2 },
			{ kind: 'stateReceived', state: other, at: 0 },
		);
		assert.deepEqual(state.view, { selected: 0, isOpen: false, zoom: fit, showsDetails: true, runId: 'another' });
	});

	test('goes on with the kept view of the same run after a reload', () => {
		const kept = after(receive('several', 9), { kind: 'candidateOpened', index: 1 }).view;
		assert.deepEqual(reduce(initialState(kept), receive('several', 1)).view, kept);
	});

	test('fits another candidate anew, but leaves the selected one as it is zoomed', () => {
		const zoomedIn = after(receive('several'), { kind: 'candidateOpened', index: 1 }, { kind: 'zoomed', zoom: zoomed });
		assert.deepEqual(reduce(zoomedIn, { kind: 'candidateSelected', index: 1 }).view.zoom, zoomed);
		assert.deepEqual(reduce(zoomedIn, { kind: 'candidateSelected', index: 2 }).view.zoom, fit);
	});

	test('closes a candidate back to the grid, still selected', () => {
		const state = after(receive('several'), { kind: 'candidateOpened', index: 3 }, { kind: 'candidateClosed' });
		assert.deepEqual([stageOf(state).kind, selectedCandidate(state)?.index], ['grid', 3]);
	});

	test('selects the first candidate when the selected one is not there', () => {
		assert.equal(selectedCandidate(after(receive('several'), { kind: 'candidateSelected', index: 42 }))?.index, 0);
	});

	test('knows which calls wait, and forgets the last error when another call starts', () => {
		const failed = after(
			{ kind: 'callStarted', method: 'insert' },
			{ kind: 'callStarted', method: 'saveAs' },
			{ kind: 'callEnded', method: 'insert', error: 'The disk is full.' },
		);
		assert.deepEqual([failed.pending, failed.error], [['saveAs'], 'The disk is full.']);
		const next = reduce(failed, { kind: 'callStarted', method: 'insert' });
		assert.deepEqual([next.pending, 'error' in next], [['saveAs', 'insert'], false]);
		assert.equal('error' in reduce(failed, { kind: 'errorDismissed' }), false);
	});

	test('says so when the extension is not understood', () => {
		assert.match(after({ kind: 'messageRefused' }).error ?? '', /does not understand/);
	});
});

suite('what stands on the stage', () => {
	for (const [name, kind] of [
		['nothing-yet', 'prompt'],
		['invalid', 'prompt'],
		['running', 'frame'],
		['running-partial', 'partial'],
		['waiting-for-limit', 'prompt'],
		['done', 'picture'],
		['several', 'grid'],
		['failed', 'prompt'],
		['uncertain', 'partial'],
		['cancelled', 'partial'],
		['restored-all-deleted', 'picture'],
	] as const) {
		test(`${name}: ${kind}`, () => {
			assert.equal(stageOf(after(receive(name))).kind, kind);
		});
	}

	test('a run without known proportions waits in a square', () => {
		const { phase, ...panel } = pushed('running');
		assert.equal(phase.kind, 'running');
		const { expected: _, ...unknown } = phase;
		const state = after({ kind: 'stateReceived', state: { ...panel, phase: unknown }, at: 0 });
		assert.deepEqual(stageOf(state), { kind: 'frame', width: 1, height: 1 });
	});

	test('a phase without candidates has none', () => {
		assert.deepEqual(candidatesOf({ kind: 'idle' }), []);
	});
});

suite('the one button that stands out', () => {
	for (const [name, action] of [
		['nothing-yet', 'generate'],
		['invalid', 'none'],
		['not-trusted', 'none'],
		['running', 'none'],
		['waiting-for-limit', 'none'],
		['done', 'insert'],
		['several', 'insert'],
		['failed', 'help'],
		['uncertain', 'openUsagePage'],
		['cancelled', 'generate'],
		['sandbox-first', 'insert'],
		['restored-deleted', 'insert'],
		['restored-all-deleted', 'generate'],
	] as const) {
		test(`${name}: ${action}`, () => {
			assert.equal(primaryAction(after(receive(name))), action);
		});
	}

	test('a failed run that brought a picture: insert', () => {
		const panel = pushed('failed');
		const { phase } = pushed('done');
		const failed = { ...panel, phase: { ...panel.phase, candidates: candidatesOf(phase) } as PanelPhase };
		assert.equal(primaryAction(after({ kind: 'stateReceived', state: failed, at: 0 })), 'insert');
	});

	test('an uncertain run on a host without a usage page: none, so that nobody pays twice by habit', () => {
		const panel = pushed('uncertain');
		const state = { ...panel, phase: { ...panel.phase, hasUsagePage: false } as PanelPhase };
		assert.equal(primaryAction(after({ kind: 'stateReceived', state, at: 0 })), 'none');
	});
});
