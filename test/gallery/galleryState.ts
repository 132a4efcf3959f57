import { panelState } from '../../src/host/panel/panelState';
import type { PanelState } from '../../src/protocol/messages';
import { startedAtMs } from './sessions';
import type { GalleryState } from './states';

const translate = (text: string, ...values: (string | number)[]): string =>
	text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));

/** The state that the extension would push for a screen of the gallery. */
export function stateFor({ snapshot, elapsedMs = 0, deleted = [] }: GalleryState, origin: string, epoch = 1): PanelState {
	return panelState(snapshot, {
		epoch,
		now: startedAtMs + elapsedMs,
		texts: { t: translate, locale: 'en' },
		assetName: asset => asset,
		pictureUri: ({ fileName }) => (deleted.includes(fileName) ? undefined : `${origin}/pictures/${fileName}`),
	});
}
