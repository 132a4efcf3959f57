import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/core/result';
import type { PanelCandidate, PanelState } from '../../src/protocol/messages';
import { cssProperties } from '../cssProperties';
import type { Page } from '../page';
import { candidatesOf, selectedCandidate, stageOf } from '../state';
import { strings } from '../strings';
import type { ScaleChangeEvent, ZoomChangeEvent } from '../zoomPicture';
import { candidateGrid } from './candidates';
import { problems } from './problems';
import { zoomControls } from './zoomControls';

/** The large part of the panel: a picture, several, the frame of one to come, or the prompt. Never blank. */
export function stage(page: Page): TemplateResult {
	const shown = stageOf(page.state);
	switch (shown.kind) {
		case 'prompt':
			return promptStage(page);
		case 'frame':
			return html`<div class="stage">
				<svg
					class="frame"
					role="img"
					aria-label=${strings.expected(shown.width, shown.height)}
					viewBox="0 0 ${shown.width} ${shown.height}"
					${cssProperties({ 'max-width': `${shown.width}px`, 'max-height': `${shown.height}px` })}
				>
					<rect width="100%" height="100%" />
				</svg>
			</div>`;
		case 'partial':
			return html`<div class="stage">${picture(page, shown.picture, strings.partial)}</div>`;
		case 'grid':
			return html`<div class="stage scrolls">${candidateGrid(page, shown.candidates, 'grid')}</div>`;
		case 'picture':
			return html`<div class="stage">${picture(page, shown.candidate.picture, labelOf(page, shown.candidate))}</div>`;
		default:
			return assertNever(shown);
	}
}

function promptStage(page: Page): TemplateResult {
	const { panel } = page.state;
	return html`<div class="stage words scrolls" tabindex="0" role="region" aria-label=${strings.prompt}>
		${panel ? html`${promptText(panel)} ${problems(panel)}` : html`<p class="hint">${strings.loading}</p>`}
	</div>`;
}

/** An empty prompt is told by its problems, when there are any. */
function promptText({ prompt, problems: found }: PanelState): TemplateResult | typeof nothing {
	if (prompt === '' && found.length > 0) {
		return nothing;
	}
	return html`<h2>${strings.prompt}</h2>
		${prompt === '' ? html`<p class="hint">${strings.noPrompt}</p>` : html`<p class="prompt" .textContent=${prompt}></p>`}`;
}

function labelOf(page: Page, candidate: PanelCandidate): string {
	const candidates = page.state.panel ? candidatesOf(page.state.panel.phase) : [];
	const { width, height } = candidate.picture;
	const text = strings.picture(width, height);
	return candidates.length > 1 ? `${strings.candidate(candidates.indexOf(candidate) + 1, candidates.length)}. ${text}` : text;
}

function picture(page: Page, shown: PanelCandidate['picture'], label: string): TemplateResult {
	return shown.uri === undefined
		? html`<p class="missing">${strings.deleted}</p>`
		: html`<zoom-picture
				tabindex="0"
				role="img"
				aria-description=${strings.zoomKeys}
				.uri=${shown.uri}
				.extent=${{ width: shown.width, height: shown.height }}
				.zoom=${page.state.view.zoom}
				.label=${label}
				@zoom-change=${({ zoom }: ZoomChangeEvent) => page.dispatch({ kind: 'zoomed', zoom })}
				@scale-change=${({ scale }: ScaleChangeEvent) => page.dispatch({ kind: 'scaled', scale })}
			></zoom-picture>`;
}

/** Below the stage: the other candidates, and the zoom. */
export function underStage(page: Page): TemplateResult | typeof nothing {
	const shown = stageOf(page.state);
	const candidates = page.state.panel ? candidatesOf(page.state.panel.phase) : [];
	if (shown.kind !== 'picture' && shown.kind !== 'partial') {
		return nothing;
	}
	const hasFile = (shown.kind === 'partial' ? shown.picture : selectedCandidate(page.state)?.picture)?.uri !== undefined;
	return html`<div class="under-stage">
		${candidates.length > 1 ? candidateGrid(page, candidates, 'strip') : nothing} ${hasFile ? zoomControls(page) : nothing}
	</div>`;
}
