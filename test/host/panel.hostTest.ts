import * as assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { PanelManager, panelViewType } from '../../src/host/panel/panelManager';
import type { Session, SessionActions } from '../../src/host/panel/session';
import { viewEvent, type ViewEvent } from '../../src/protocol/messages';
import { finishedRecord, recordOf, snapshotOf, snapshotWith } from '../gallery/sessions';
import { activatedExtension, closeEverything, eventually } from './harness';

/** A session that counts who listens to it. */
class CountedSession implements Session {
	readonly #changed = new vscode.EventEmitter<void>();
	readonly id: string;
	snapshot = snapshotOf();
	listeners = 0;

	constructor(id: string) {
		this.id = id;
	}

	readonly onDidChange: vscode.Event<void> = (listener, thisArg, disposables) => {
		this.listeners++;
		const subscription = this.#changed.event(listener, thisArg);
		const counted = new vscode.Disposable(() => {
			this.listeners--;
			subscription.dispose();
		});
		disposables?.push(counted);
		return counted;
	};

	change(snapshot: Session['snapshot']): void {
		this.snapshot = snapshot;
		this.#changed.fire();
	}
}

const nothing = async (): Promise<void> => undefined;
const actions: SessionActions = {
	generate: nothing,
	cancel: nothing,
	tryNow: nothing,
	insert: nothing,
	saveAs: nothing,
	copyLink: nothing,
	reveal: nothing,
	openPrompt: nothing,
	help: nothing,
	tryAgain: nothing,
	dismiss: nothing,
	star: nothing,
	addConnection: nothing,
};

function panelTabs(): readonly vscode.Tab[] {
	return vscode.window.tabGroups.all
		.flatMap(group => group.tabs)
		.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(panelViewType));
}

/** A panel as VS Code hands one to be restored, and every message that is posted to its page. */
function restoredPanel(): { panel: vscode.WebviewPanel; posted: unknown[] } {
	const panel = vscode.window.createWebviewPanel(panelViewType, 'hero.imgprompt — Image Prompt', vscode.ViewColumn.Active);
	const posted: unknown[] = [];
	const post = panel.webview.postMessage.bind(panel.webview);
	panel.webview.postMessage = message => {
		posted.push(message);
		return post(message);
	};
	return { panel, posted };
}

function statesIn(posted: readonly unknown[]): ViewEvent['state'][] {
	return posted.flatMap(message => {
		const event = viewEvent.safeParse(message);
		return event.success ? [event.data.state] : [];
	});
}

suite('panels', () => {
	let manager: PanelManager;
	let runsRoot: vscode.Uri;
	const sessions = new Map<string, Session>();
	const errors: unknown[] = [];

	setup(async () => {
		const { extensionUri } = await activatedExtension();
		runsRoot = vscode.Uri.file(await mkdtemp(join(tmpdir(), 'imgprompt-panels-')));
		const around = { extensionUri, runsRoot, actions, reportError: (error: unknown) => void errors.push(error) };
		manager = new PanelManager(around, { find: async id => sessions.get(id) }, () => 'active');
	});

	teardown(async () => {
		manager.dispose();
		await closeEverything();
		await vscode.workspace.fs.delete(runsRoot, { recursive: true });
		assert.deepEqual(errors.splice(0), []);
	});

	test('twenty that open and close leave nothing behind', async () => {
		const all = Array.from({ length: 20 }, (_, index) => new CountedSession(`s${index}`));
		for (const session of all) {
			manager.show(session);
		}
		await eventually('twenty tabs', () => panelTabs().length === 20);
		assert.deepEqual(
			all.map(({ listeners }) => listeners),
			all.map(() => 1),
		);
		await closeEverything();
		await eventually('no panel', () => manager.openSessions.length === 0);
		await eventually('no tab', () => panelTabs().length === 0);
		assert.deepEqual(
			all.map(({ listeners }) => listeners),
			all.map(() => 0),
		);
		assert.equal(manager.activeSession, undefined);
	});

	test('there is one per session, and the active one is known', async () => {
		const first = new CountedSession('first');
		const second = new CountedSession('second');
		const active: (string | undefined)[] = [];
		manager.onDidChangeActive(session => active.push(session?.id));
		manager.show(first);
		await eventually('the first to be active', () => manager.activeSession === first);
		manager.show(second);
		await eventually('the second to be active', () => manager.activeSession === second);
		manager.show(first);
		await eventually('the first to be active again', () => manager.activeSession === first);
		assert.deepEqual([manager.openSessions.length, active.filter(id => id !== undefined)], [2, ['first', 'second', 'first']]);
	});

	test('a restored one gets its session, its page asks for the state, and later states rise', async () => {
		const session = new CountedSession('kept');
		session.snapshot = snapshotWith(recordOf({ state: 'left' }));
		sessions.set('kept', session);
		const { panel, posted } = restoredPanel();
		await manager.restore(panel, { sessionId: 'kept', view: {} });
		await eventually('the page to have asked', () => posted.some(message => (message as { id?: number }).id !== undefined));
		await eventually('a running state', () => statesIn(posted).some(({ phase }) => phase.kind === 'running'));
		session.change({ ...snapshotWith(finishedRecord()), title: 'renamed.imgprompt — Image Prompt' });
		const done = await eventually('the finished state', () => statesIn(posted).find(({ phase }) => phase.kind === 'done'));
		const epochs = statesIn(posted).map(({ epoch }) => epoch);
		assert.deepEqual(
			epochs,
			[...epochs].sort((one, other) => one - other),
		);
		assert.equal(panel.title, 'renamed.imgprompt — Image Prompt');
		assert.equal(
			done.phase.kind === 'done' && done.phase.candidates[0]?.picture.uri,
			undefined,
			'a picture without a file has an address',
		);
	});

	test('a picture that lies in the run’s folder has an address for the page', async () => {
		const session = new CountedSession('pictured');
		session.snapshot = snapshotWith(finishedRecord());
		sessions.set('pictured', session);
		const file = vscode.Uri.joinPath(runsRoot, session.snapshot.run?.record.runId ?? '', '1.png');
		await vscode.workspace.fs.writeFile(file, new Uint8Array([1]));
		const { panel, posted } = restoredPanel();
		await manager.restore(panel, { sessionId: 'pictured' });
		const { phase } = await eventually('a state', () => statesIn(posted)[0]);
		assert.equal(phase.kind === 'done' && phase.candidates[0]?.picture.uri, panel.webview.asWebviewUri(file).toString());
	});

	for (const [what, state] of [
		['a session that is not kept', { sessionId: 'gone' }],
		['a state that is not ours', 'x'],
	] as const) {
		test(`a restored one with ${what} says so`, async () => {
			const { panel, posted } = restoredPanel();
			await manager.restore(panel, state);
			const shown = await eventually('a state', () => statesIn(posted)[0]);
			assert.match(shown.problems[0]?.message ?? '', /Nothing is kept/);
			assert.deepEqual([shown.canGenerate, panel.title], [false, 'hero.imgprompt — Image Prompt']);
		});
	}

	test('one that is closed while its session is looked for is let go', async () => {
		const { extensionUri } = await activatedExtension();
		const { panel } = restoredPanel();
		const find = async (): Promise<Session> => {
			panel.dispose();
			return new CountedSession('late');
		};
		const around = { extensionUri, runsRoot, actions, reportError: (error: unknown) => void errors.push(error) };
		const late = new PanelManager(around, { find }, () => 'active');
		assert.equal(await late.restore(panel, { sessionId: 'late' }), undefined);
		assert.deepEqual(late.openSessions, []);
		late.dispose();
	});

	test('a second one for the same session is closed', async () => {
		const session = new CountedSession('twice');
		sessions.set('twice', session);
		manager.show(session);
		const { panel } = restoredPanel();
		let isClosed = false;
		panel.onDidDispose(() => (isClosed = true));
		await manager.restore(panel, { sessionId: 'twice' });
		assert.equal(isClosed, true);
		assert.equal(manager.openSessions.length, 1);
	});
});
