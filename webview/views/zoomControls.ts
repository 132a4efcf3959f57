import { html, type TemplateResult } from 'lit';
import { icons } from '../icons';
import type { Page } from '../page';
import { strings } from '../strings';

/** The keys of the zoom as small buttons, and the scale in percent of one picture pixel per device pixel. */
export function zoomControls(page: Page): TemplateResult {
	const button = (key: string, label: string, face: unknown): TemplateResult =>
		html`<vscode-toolbar-button label=${label} title=${label} @click=${() => page.zoom(key)}>${face}</vscode-toolbar-button>`;
	const percent = new Intl.NumberFormat(document.documentElement.lang || 'en', { style: 'percent' }).format(page.state.scale);
	return html`<div class="zoom" role="group" aria-label=${strings.zoom}>
		${button('-', strings.zoomOut, icons.minus)}
		<span class="scale">${percent}</span>
		${button('+', strings.zoomIn, icons.plus)}${button('0', strings.zoomFitHint, html`<span>${strings.zoomFit}</span>`)}${button(
			'1',
			strings.zoomActualHint,
			html`<span>${strings.zoomActual}</span>`,
		)}
	</div>`;
}
