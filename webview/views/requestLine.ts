import { html, nothing, type TemplateResult } from 'lit';
import { waitsForAnswer, type Page } from '../page';
import { primaryAction } from '../state';
import { strings } from '../strings';

/** The line on top: who is asked for what, at which price, and the button that asks. */
export function requestLine(page: Page): TemplateResult {
	const { panel } = page.state;
	const request = panel?.request;
	return html`<header class="request" aria-label=${strings.request}>
		${
			request
				? html`<div class="host">
							${request.connection}${request.model === '' || request.model === request.connection ? nothing : html` · ${request.model}`}
						</div>
						<div class="facts">
							<span>${request.size}</span>
							<span>${request.quality}</span>
							<span>${request.format}</span>
							${request.n > 1 ? html`<span>× ${request.n}</span>` : nothing}
						</div>
						<span class="price">${request.price}</span>`
				: html`<div class="facts">${panel ? strings.noRequest : strings.loading}</div>`
		}
		${generateButton(page)}
	</header>`;
}

function generateButton(page: Page): TemplateResult | typeof nothing {
	const { panel } = page.state;
	const kind = panel?.phase.kind;
	// After an uncertain run the way on is the person's decision in its banner: a second request may be a second bill.
	if (!panel?.canGenerate || kind === 'running' || kind === 'waiting' || kind === 'uncertain') {
		return nothing;
	}
	return html`<vscode-button
		?secondary=${primaryAction(page.state) !== 'generate'}
		aria-disabled=${waitsForAnswer(page, 'generate')}
		@click=${() => page.call('generate', {})}
		>${kind === 'idle' ? strings.generate : strings.generateAgain}</vscode-button
	>`;
}
