import type { PanelTexts } from '../../../../src/host/panel/panelTexts';

/** Texts as VS Code gives them in English. */
export const english: PanelTexts = {
	t: (message, ...values) => message.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
	locale: 'en',
};

/** Every text in brackets, so that one which is not translated is seen. */
export const bracketed: PanelTexts = { ...english, t: (message, ...values) => `[${english.t(message, ...values)}]` };
