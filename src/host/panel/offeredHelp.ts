import type { FailureAction } from '../../protocol/messages';
import { panelPhase } from './panelPhase';
import type { PanelTexts } from './panelTexts';
import type { SessionSnapshot } from './session';

/** The help that the page has a button for. Whatever else it asks for, nobody can have pressed. */
export function offeredHelp(snapshot: SessionSnapshot, texts: PanelTexts): readonly FailureAction[] {
	const phase = panelPhase(snapshot, { epoch: 0, now: 0, texts, pictureUri: () => undefined, assetName: asset => asset });
	return [
		...(snapshot.isTrusted ? [] : ['manageTrust' as const]),
		...(phase.kind === 'failed' && phase.action ? [phase.action.id] : []),
		...(phase.kind === 'uncertain' && phase.hasUsagePage ? ['openUsagePage' as const] : []),
	];
}
