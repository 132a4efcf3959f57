import { html, nothing, type TemplateResult } from 'lit';
import type { PanelCandidate } from '../../src/protocol/messages';
import { candidateAfter } from '../candidateKeys';
import { cssProperties } from '../cssProperties';
import { icons } from '../icons';
import type { Page } from '../page';
import { selectedCandidate } from '../state';
import { strings } from '../strings';

/** All candidates as a list with one tab stop: arrows walk, Enter opens. `grid` fills the stage, `strip` is one line. */
export function candidateGrid(page: Page, candidates: readonly PanelCandidate[], form: 'grid' | 'strip'): TemplateResult {
	const selected = selectedCandidate(page.state);
	const columns = Math.ceil(Math.sqrt(candidates.length));
	const { width, height } = candidates[0]?.picture ?? { width: 1, height: 1 };
	return html`${form === 'strip' ? backButton(page, candidates.length) : nothing}
		<div
			class="candidates ${form}"
			role="listbox"
			aria-label=${strings.candidates}
			aria-orientation="horizontal"
			${cssProperties({ '--columns': String(columns), '--rows': String(Math.ceil(candidates.length / columns)), '--ratio': String(width / height) })}
			@keydown=${(event: KeyboardEvent) => walk(event, page, candidates)}
		>
			${candidates.map((candidate, position) => option(page, candidate, position, candidates.length, candidate === selected))}
		</div>`;
}

function option(page: Page, candidate: PanelCandidate, position: number, count: number, isSelected: boolean): TemplateResult {
	const { picture, index } = candidate;
	const open = (): void => page.dispatch({ kind: 'candidateOpened', index });
	return html`<div class="cell" role="none" ${cssProperties({ '--ratio': String(picture.width / picture.height) })}>
		<div
			class=${picture.uri === undefined ? 'candidate deleted' : 'candidate'}
			role="option"
			tabindex=${isSelected ? 0 : -1}
			aria-selected=${isSelected ? 'true' : 'false'}
			aria-label=${picture.uri === undefined ? `${strings.candidate(position + 1, count)}. ${strings.deleted}` : strings.candidate(position + 1, count)}
			data-index=${index}
			data-number=${position + 1}
			@click=${open}
			@focus=${() => isSelected || page.dispatch({ kind: 'candidateSelected', index })}
		>
			${
				picture.uri === undefined
					? html`<span class="missing">${strings.deleted}</span>`
					: html`<img src=${picture.uri} alt="" draggable="false" />`
			}
		</div>
	</div>`;
}

function backButton(page: Page, count: number): TemplateResult {
	return html`<vscode-toolbar-button
		label=${strings.allCandidates(count)}
		title=${strings.allCandidates(count)}
		@click=${() => page.dispatch({ kind: 'candidateClosed' })}
		>${icons.grid}</vscode-toolbar-button
	>`;
}

function walk(event: KeyboardEvent, page: Page, candidates: readonly PanelCandidate[]): void {
	const options = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=option]')];
	const at = candidates.findIndex(candidate => candidate === selectedCandidate(page.state));
	const target = candidateAfter(event.key, at, candidates.length, columnsOf(options));
	if (event.key === 'Enter' || event.key === ' ') {
		event.preventDefault();
		page.dispatch({ kind: 'candidateOpened', index: candidates[at]?.index ?? 0 });
	} else if (target !== undefined) {
		event.preventDefault();
		options[target]?.focus();
	}
}

/** How many stand in the first line: the stylesheet decides, by the width of the panel. */
function columnsOf(options: readonly HTMLElement[]): number {
	const lines = options.map(option => option.parentElement?.offsetTop);
	return lines.filter(line => line === lines[0]).length;
}
