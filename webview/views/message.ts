import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../icons';

/** How a message looks and how urgent it is. */
export type MessageTone = 'info' | 'warning' | 'error';

/** A line across the panel: icon, words, buttons. */
export function message(tone: MessageTone, words: unknown, buttons: unknown = nothing): TemplateResult {
	return html`<section class="message ${tone}">
		${icons[tone]}
		<div class="body">
			<div class="words">${words}</div>
			${buttons === nothing ? nothing : html`<div class="buttons">${buttons}</div>`}
		</div>
	</section>`;
}
