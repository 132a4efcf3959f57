import * as assert from 'node:assert/strict';
import { panelHandlers } from '../../src/host/panel/panelHandlers';
import type { Session, SessionActions } from '../../src/host/panel/session';
import { answer } from '../../src/protocol/answer';
import { failureAction, hostAnswer, hostMethods } from '../../src/protocol/messages';
import { finishedRecord, snapshotWith } from '../gallery/sessions';
import { hostileValue, strangerTokens } from './hostileValue';
import { fuzzTarget, nastyTokens, sample, textOf } from './fuzzTarget';

const record = finishedRecord();
const { runId } = record;
const texts = { t: (text: string) => text, locale: 'en' };
const onRun = { runId };
const onPicture = { runId, index: 0 };

const calls: Readonly<Record<string, object>> = {
	...Object.fromEntries(Object.keys(hostMethods).map(method => [method, {}])),
	...{ cancel: onRun, tryNow: onRun, tryAgain: onRun, dismiss: onRun },
	...{ insert: onPicture, saveAs: onPicture, copyLink: onPicture, reveal: onPicture },
	copyText: { text: record.requestIds[0] },
	help: { action: 'manageTrust' },
	star: { runId, isStarred: true },
	addConnection: { kind: 'openai' },
};

/** What a page that somebody else has taken over may send to the extension. */
export const target = fuzzTarget({
	samples: [
		// More of them than of the helps, of which a session offers few: most of those are refused.
		...Array.from({ length: 3 }, () => Object.entries(calls)).flatMap(each =>
			each.map(([method, params], index) => ({ id: index + 1, method, params })),
		),
		...failureAction.options.map((action, index) => ({ id: -index, method: 'help', params: { action } })),
		{ id: 1, method: 'insert', params: { runId: '../../etc', index: -1 } },
		{ command: 'workbench.action.terminal.sendSequence', args: ['x'] },
		[{ id: 1, method: 'generate', params: {} }],
		null,
	].map(value => sample(JSON.stringify(value))),
	tokens: [
		...nastyTokens,
		...strangerTokens,
		...Object.keys(hostMethods).map(method => `"${method}"`),
		...failureAction.options.map(action => `"${action}"`),
		...[
			'"id":',
			'"method":',
			'"params":',
			'"runId":',
			'"index":',
			'"text":',
			'"action":',
			'"kind":',
			`"${runId}"`,
			'"__proto__":',
			'"constructor":',
			'"then":',
		],
		...[
			'null',
			'true',
			'0',
			'1',
			'99',
			'100',
			'-1',
			'1.5',
			'1e21',
			'""',
			'{}',
			'[]',
			'{"a":1}',
			'"toString"',
			'"hasOwnProperty"',
			'"../.."',
			'"command:x"',
		],
	],
	isJson: true,
	reach: { effect: 10, refused: 15, dropped: 15 },
	async run(input) {
		const message = hostileValue(textOf(input));
		const effects: (readonly unknown[])[] = [];
		const reply = await answer(handlersWith(effects), message, () => undefined);
		effects.forEach(checkEffect);
		assert.ok(effects.length <= 1, 'one message had several effects');
		if (!reply) {
			assert.deepEqual(effects, []);
			return 'dropped';
		}
		assert.ok(hostAnswer.safeParse(reply).success && JSON.stringify(reply).length < 500, JSON.stringify(reply).slice(0, 1000));
		assert.equal(effects.length, 'error' in reply ? 0 : 1);
		const call = message as { readonly id: unknown; readonly method: string };
		assert.equal(reply.id, call.id);
		if ('error' in reply) {
			return 'refused';
		}
		assert.equal(effects[0]?.[0], call.method);
		assert.deepEqual(
			Object.keys(call).filter(name => !['id', 'method', 'params'].includes(name)),
			[],
		);
		return 'effect';
	},
});

/** The closed list: every effect that a message can have, and with what. */
function checkEffect([name, ...args]: readonly unknown[]): void {
	const isPicture = (id: unknown, index: unknown): boolean =>
		id === runId && typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= 99;
	const allowed: Readonly<Record<string, () => boolean>> = {
		ready: () => args.length === 0,
		generate: () => args.length === 1 && args[0] === session,
		cancel: () => args.length === 1 && args[0] === runId,
		tryNow: () => args.length === 1 && args[0] === runId,
		insert: () => args.length === 3 && args[0] === session && isPicture(args[1], args[2]),
		saveAs: () => args.length === 2 && isPicture(args[0], args[1]),
		copyLink: () => args.length === 3 && args[0] === session && isPicture(args[1], args[2]),
		reveal: () => args.length === 2 && isPicture(args[0], args[1]),
		openPrompt: () => args.length === 1 && args[0] === session,
		copyText: () => args.length === 1 && record.requestIds.includes(args[0] as string),
		help: () => args.length === 2 && args[0] === session && failureAction.options.includes(args[1] as 'setKey'),
		tryAgain: () => args.length === 2 && args[0] === session && args[1] === runId,
		dismiss: () => args.length === 1 && args[0] === runId,
		star: () => args.length === 2 && args[0] === runId && typeof args[1] === 'boolean',
		addConnection: () => args.length === 1 && [undefined, 'openai', 'azure', 'compatible'].includes(args[0] as string),
	};
	assert.ok(allowed[name as string]?.(), `${String(name)} was called with ${JSON.stringify(args.slice(0, 5)).slice(0, 500)}`);
}

const session: Session = {
	id: 's1',
	snapshot: { ...snapshotWith(record), isTrusted: false },
	onDidChange: () => assert.fail('Nobody listens here.'),
};

function handlersWith(effects: (readonly unknown[])[]) {
	const note =
		(name: string) =>
		async (...args: readonly unknown[]): Promise<void> =>
			void effects.push([name, ...args]);
	// Whatever action there is, it is noted.
	const actions = new Proxy({}, { get: (_, name) => note(String(name)) }) as SessionActions;
	return panelHandlers(session, actions, { onReady: () => effects.push(['ready']), writeClipboard: note('copyText'), texts });
}
