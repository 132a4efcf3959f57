import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { HostMethod } from '../../src/protocol/messages';
import { icons } from '../icons';
import { waitsForAnswer, type Page } from '../page';
import { primaryAction, selectedCandidate } from '../state';
import { strings } from '../strings';

type CandidateMethod = Extract<HostMethod, 'insert' | 'saveAs' | 'copyLink' | 'reveal'>;

/** What can be done with the chosen picture, Insert first. */
export function actions(page: Page): TemplateResult | typeof nothing {
	const { panel } = page.state;
	const candidate = selectedCandidate(page.state);
	const runId = candidate?.picture.uri === undefined ? undefined : panel?.runId;
	if (!panel || (runId === undefined && !panel.canOpenPrompt && panel.isStarred === undefined)) {
		return nothing;
	}
	return html`<footer class="actions">
		${candidate && runId !== undefined ? candidateActions(page, runId, candidate.index) : nothing} ${star(page)}
		${
			panel.canOpenPrompt
				? html`<vscode-toolbar-button @click=${() => page.call('openPrompt', {})}
						><span>${strings.openPrompt}</span></vscode-toolbar-button
					>`
				: nothing
		}
		${candidate?.insertedAs === undefined ? nothing : html`<span class="hint">${strings.insertedAs(candidate.insertedAs)}</span>`}
	</footer>`;
}

/** The button itself flips at the press; what counts is what the extension then says. */
function star(page: Page): TemplateResult | typeof nothing {
	const { runId, isStarred } = page.state.panel ?? {};
	return runId === undefined || isStarred === undefined
		? nothing
		: html`<vscode-toolbar-button
				class=${isStarred ? 'star starred' : 'star'}
				toggleable
				.checked=${live(isStarred)}
				label=${strings.star}
				title=${strings.starHint}
				@click=${() => page.call('star', { runId, isStarred: !isStarred })}
				>${icons.star}<span>${strings.star}</span></vscode-toolbar-button
			>`;
}

function candidateActions(page: Page, runId: string, index: number): TemplateResult {
	const button = (method: CandidateMethod, label: string): TemplateResult =>
		html`<vscode-toolbar-button @click=${() => page.call(method, { runId, index })}><span>${label}</span></vscode-toolbar-button>`;
	return html`<vscode-button
			?secondary=${primaryAction(page.state) !== 'insert'}
			aria-disabled=${waitsForAnswer(page, 'insert')}
			@click=${() => page.call('insert', { runId, index })}
			>${strings.insert}</vscode-button
		>${button('saveAs', strings.saveAs)}${button('copyLink', strings.copyLink)}${button('reveal', strings.reveal)}`;
}
