import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/messages';
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
				? html`<div class="host">${[...new Set([request.connection, request.model])].filter(name => name !== '').join(' · ')}</div>
						<div class="facts">${factsOf(request).map(fact => html`<span>${fact}</span>`)}</div>
						<span class="price">${request.price}</span>`
				: html`<div class="facts">${panel ? (hasErrors(panel) ? strings.noRequest : nothing) : strings.loading}</div>`
		}
		${generateButton(page)}
	</header>`;
}

function hasErrors({ problems }: PanelState): boolean {
	return problems.some(({ severity }) => severity === 'error');
}

/** What is asked for; what is left to the host needs no words. */
function factsOf({ size, quality, format, n }: NonNullable<PanelState['request']>): readonly string[] {
	return [size, quality, format, n > 1 ? `× ${n}` : ''].filter(fact => fact !== '');
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
