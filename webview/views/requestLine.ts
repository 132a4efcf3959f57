import { html, nothing, type TemplateResult } from 'lit';
import { isPending, type Page } from '../page';
import { primaryAction } from '../state';
import { strings } from '../strings';

/** The line on top: who is asked for what, at which price, and the button that asks. */
export function requestLine(page: Page): TemplateResult {
	const { panel } = page.state;
	const request = panel?.request;
	return html`<header class="request" aria-label=${strings.request}>
		${
			request
				? html`<div class="facts">
							<span class="host"><span>${request.connection}</span> · <span>${request.model}</span></span>
							<span>${request.size}</span>
							<span>${request.quality}</span>
							<span>${request.format}</span>
							${request.n > 1 ? html`<span>× ${request.n}</span>` : nothing}
						</div>
						<span class="price">${request.price}</span>`
				: html`<div class="facts"></div>`
		}
		${generateButton(page)}
	</header>`;
}

function generateButton(page: Page): TemplateResult | typeof nothing {
	const { panel } = page.state;
	const kind = panel?.phase.kind;
	if (!panel?.canGenerate || kind === 'running' || kind === 'waiting') {
		return nothing;
	}
	return html`<vscode-button
		?secondary=${primaryAction(page.state) !== 'generate'}
		?disabled=${isPending(page, 'generate')}
		@click=${() => page.call('generate', {})}
		>${kind === 'idle' ? strings.generate : strings.generateAgain}</vscode-button
	>`;
}
