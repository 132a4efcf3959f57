import * as assert from 'node:assert/strict';
import { candidatesOf, initialState, primaryAction, reduce, selectedCandidate, stageOf } from '../../webview/state';
import { Host } from '../../webview/host';
import type { ViewEvent } from '../../src/protocol/messages';
import { stateFor } from '../gallery/galleryState';
import { galleryStates } from '../gallery/states';
import { hostileValue, clonedTokens } from './hostileValue';
import { fuzzTarget, nastyTokens, sample, textOf } from './fuzzTarget';

const states = galleryStates.map((state, epoch) => stateFor(state, 'https://page', epoch));
const names = [...new Set(states.flatMap(state => [state, state.phase].flatMap(each => Object.keys(each))))];

/** What the page may be told by something that is not the extension, or by another version of it. */
export const target = fuzzTarget({
	samples: [
		...states.map(state => ({ type: 'stateChanged', state })),
		{ id: 1, result: {} },
		{ id: 2, error: 'No folder is open.' },
		{ id: 3, result: {}, error: '' },
		{ type: 'runScript', code: 'alert(1)' },
	].map(value => sample(JSON.stringify(value))),
	tokens: [
		...nastyTokens,
		...clonedTokens,
		...names.map(name => `"${name}":`),
		'"stateChanged"',
		'null',
		'{}',
		'[]',
		'"javascript:alert(1)"',
		'-1',
		'1.5',
	],
	isJson: true,
	reach: { event: 10, answer: 0.5, refused: 20 },
	async run(input) {
		const events: ViewEvent[] = [];
		let mistakes = 0;
		const host = new Host(
			{ postMessage: () => undefined },
			event => events.push(event),
			() => mistakes++,
		);
		const ended: string[] = [];
		const waiting = [host.call('ready', {}), host.call('generate', {})].map(call =>
			call.then(
				() => ended.push('resolved'),
				() => ended.push('rejected'),
			),
		);
		host.receive(hostileValue(textOf(input)));
		// Those that were not answered wait on, as they should.
		await Promise.race([...waiting, Promise.resolve()]);
		assert.ok(events.length + mistakes <= 1 && ended.length <= 1);
		events.forEach(show);
		return events.length > 0 ? 'event' : mistakes > 0 ? 'refused' : 'answer';
	},
});

function show({ state }: ViewEvent): void {
	const first = reduce(initialState(), { kind: 'stateReceived', state, at: 0 });
	for (const page of [
		first,
		reduce(first, { kind: 'candidateSelected', index: 3 }),
		reduce(first, { kind: 'candidateOpened', index: 0 }),
	]) {
		assert.ok(page.panel);
		stageOf(page);
		primaryAction(page);
		assert.ok(candidatesOf(page.panel.phase).length === 0 || selectedCandidate(page));
	}
}
