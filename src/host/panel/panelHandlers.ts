import type { HostHandlers } from '../../protocol/messages';
import { offeredHelp } from './offeredHelp';
import type { PanelTexts } from './panelTexts';
import type { Session, SessionActions } from './session';

/** What the buttons of one panel need besides the actions. */
export interface PanelHandlerPorts {
	/** The page is there (again) and wants the state. */
	onReady(): void;
	writeClipboard(text: string): PromiseLike<void>;
	readonly texts: PanelTexts;
}

/**
 * The calls of one panel's page. The page is not trusted: it can only act on the run that its own session shows, and
 * can only copy what that run has to copy, and gets only the help that its session offers.
 */
export function panelHandlers(session: Session, actions: SessionActions, ports: PanelHandlerPorts): HostHandlers {
	const onShownRun = async (runId: string, act: () => Promise<void>): Promise<Record<string, never>> => {
		if (session.snapshot.run?.record.runId !== runId) {
			throw new Error(ports.texts.t('This picture belongs to a run that is no longer shown.'));
		}
		return done(act());
	};
	return {
		ready: async () => {
			ports.onReady();
			return {};
		},
		generate: () => done(actions.generate(session)),
		cancel: ({ runId }) => onShownRun(runId, () => actions.cancel(runId)),
		tryNow: ({ runId }) => onShownRun(runId, () => actions.tryNow(runId)),
		insert: ({ runId, index }) => onShownRun(runId, () => actions.insert(session, runId, index)),
		saveAs: ({ runId, index }) => onShownRun(runId, () => actions.saveAs(runId, index)),
		copyLink: ({ runId, index }) => onShownRun(runId, () => actions.copyLink(session, runId, index)),
		reveal: ({ runId, index }) => onShownRun(runId, () => actions.reveal(runId, index)),
		openPrompt: () => done(actions.openPrompt(session)),
		copyText: async ({ text }) => {
			if (!copyableTexts(session).includes(text)) {
				throw new Error(ports.texts.t('Only request ids of the shown run can be copied.'));
			}
			await ports.writeClipboard(text);
			return {};
		},
		help: async ({ action }) => {
			if (!offeredHelp(session.snapshot, ports.texts).includes(action)) {
				throw new Error(ports.texts.t('This button is no longer shown.'));
			}
			return done(actions.help(session, action));
		},
		tryAgain: ({ runId }) => onShownRun(runId, () => actions.tryAgain(session, runId)),
		dismiss: ({ runId }) => onShownRun(runId, () => actions.dismiss(runId)),
		star: ({ runId, isStarred }) => onShownRun(runId, () => actions.star(runId, isStarred)),
		addConnection: ({ kind }) => done(actions.addConnection(kind)),
	};
}

async function done(work: Promise<void>): Promise<Record<string, never>> {
	await work;
	return {};
}

function copyableTexts(session: Session): readonly string[] {
	const record = session.snapshot.run?.record;
	return [...(record?.requestIds ?? []), ...(record?.result?.requestIds ?? [])];
}
