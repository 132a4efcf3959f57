import * as assert from 'node:assert/strict';
import type { PanelPhase, PanelState } from '../../../src/protocol/messages';
import { formatBytes } from '../../../webview/formatBytes';
import { keptView, stateToKeep } from '../../../webview/keptState';
import { announcementAfter, announcementOf } from '../../../webview/strings';
import { initialState } from '../../../webview/state';
import { stateFor } from '../../gallery/galleryState';
import { galleryStates, type GalleryState } from '../../gallery/states';

const view = {
	selected: 2,
	isOpen: true,
	zoom: { kind: 'scale', scale: 1.5, centerX: 0.25, centerY: 1 },
	showsDetails: true,
	runId: 'r1',
} as const;

suite('what the page keeps', () => {
	for (const [name, any] of [
		['a view of a run', view],
		['the first view', initialState().view],
	] as const) {
		test(`comes back as it was: ${name}`, () => {
			const stored: unknown = JSON.parse(JSON.stringify(stateToKeep('s1', any)));
			assert.deepEqual(keptView(stored, 's1'), any);
		});
	}

	for (const [what, state] of [
		['nothing', undefined],
		['that of another session', stateToKeep('s2', view)],
		['that of an older version', { sessionId: 's1' }],
		['a scale out of range', stateToKeep('s1', { ...view, zoom: { ...view.zoom, scale: 1e9 } })],
		['a centre outside of the picture', stateToKeep('s1', { ...view, zoom: { ...view.zoom, centerX: -1 } })],
	] as const) {
		test(`is ignored when it is ${what}`, () => {
			assert.equal(keptView(state, 's1'), undefined);
		});
	}
});

suite('formatBytes', () => {
	for (const [bytes, locale, text] of [
		[0, 'en', '1\u00a0kB'],
		[812_400, 'en', '812\u00a0kB'],
		[3_140_000, 'en', '3.1\u00a0MB'],
		[3_140_000, 'de', '3,1\u00a0MB'],
		[25_000_000, 'en', '25\u00a0MB'],
	] as const) {
		test(`writes ${bytes} bytes as ${text} in ${locale}`, () => {
			assert.equal(formatBytes(bytes, locale), text);
		});
	}
});

suite('announcements', () => {
	const phase = (name: string): PanelPhase => {
		const state = galleryStates.find(each => each.name === name);
		assert.ok(state, name);
		return stateFor(state, '').phase;
	};

	for (const [name, text] of [
		['nothing-yet', ''],
		['running', 'Generating.'],
		['waiting-for-limit', 'Waiting. openai asks to wait (rate limit).'],
		['done', 'Done. One picture.'],
		['several', 'Done. 4 pictures.'],
		['failed', 'Failed. The host refused the API key of “openai”. Set a valid key, then generate again.'],
		['uncertain', 'The connection was lost after the request had left. It may have been billed.'],
		['cancelled', 'Cancelled. It may still be billed.'],
	] as const) {
		test(`of ${name}: «${text}»`, () => {
			assert.equal(announcementOf(phase(name)), text);
		});
	}

	const state = (name: string, change: Partial<GalleryState> = {}): PanelState => {
		const found = galleryStates.find(each => each.name === name);
		assert.ok(found, name);
		return stateFor({ ...found, ...change }, '');
	};

	test('are not made while seconds pass', () => {
		assert.equal(announcementAfter(state('running', { elapsedMs: 1 }), state('running')), undefined);
	});

	test('are made when the phase or the run is another', () => {
		const done = state('done');
		assert.equal(announcementAfter(state('running'), done), 'Done. One picture.');
		assert.equal(announcementAfter({ ...done, runId: 'another' }, done), 'Done. One picture.');
	});

	test('tell once that a picture was inserted, and where', () => {
		const after = state('done');
		assert.equal(after.phase.kind, 'done');
		const before = {
			...after,
			phase: { ...after.phase, candidates: after.phase.candidates.map(({ index, picture }) => ({ index, picture })) },
		};
		assert.equal(announcementAfter(before, after), 'Picture inserted as assets/subway.png.');
		assert.equal(announcementAfter(after, after), undefined);
	});
});
