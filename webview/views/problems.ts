import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/messages';
import { icons } from '../icons';
import { strings } from '../strings';
import { section } from './section';

const tones = { error: 'error', warning: 'warning', information: 'info' } as const;

/** What is wrong with the prompt, errors and warnings alike. */
export function problems(panel: PanelState): TemplateResult | typeof nothing {
	return panel.problems.length === 0
		? nothing
		: section(
				strings.problems,
				html`<ul class="problems">
					${panel.problems.map(
						({ severity, message }) => html`<li class=${tones[severity]}>${icons[tones[severity]]}<span>${message}</span></li>`,
					)}
				</ul>`,
			);
}
