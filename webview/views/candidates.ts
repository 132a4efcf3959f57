import { html, nothing, type TemplateResult } from 'lit';
import type { PanelCandidate } from '../../src/protocol/messages';
import { cssProperties } from '../cssProperties';
import { icons } from '../icons';
import type { Page } from '../page';
import { selectedCandidate } from '../state';
import { strings } from '../strings';

/** All candidates as a list with one tab stop: arrows walk, Enter opens. `grid` fills the stage, `strip` is one line. */
export function candidateGrid(page: Page, candidates: readonly PanelCandidate[], form: 'grid' | 'strip'): TemplateResult {
	const selected = selectedCandidate(page.state);
	return html`${form === 'strip' ? backButton(page, candidates.length) : nothing}
		<div
			class="candidates ${form}"
			role="listbox"
			aria-label=${strings.candidates}
			aria-orientation="horizontal"
			${cssProperties({ '--columns': String(Math.ceil(Math.sqrt(candidates.length))) })}
			@keydown=${(event: KeyboardEvent) => walk(event, page, candidates)}
		>
			${candidates.map((candidate, position) => option(page, candidate, position, candidates.length, candidate === selected))}
		</div>`;
}

function option(page: Page, candidate: PanelCandidate, position: number, count: number, isSelected: boolean): TemplateResult {
	const { picture, index } = candidate;
	const open = (): void => page.dispatch({ kind: 'candidateOpened', index });
	return html`<div
		class="candidate"
		role="option"
		tabindex=${isSelected ? 0 : -1}
		aria-selected=${isSelected ? 'true' : 'false'}
		aria-label=${picture.uri === undefined ? `${strings.candidate(position + 1, count)}. ${strings.deleted}` : strings.candidate(position + 1, count)}
		data-index=${index}
		data-number=${position + 1}
		@click=${open}
		@focus=${() => isSelected || page.dispatch({ kind: 'candidateSelected', index })}
	>
		${picture.uri === undefined ? html`<span class="missing">${strings.deleted}</span>` : html`<img src=${picture.uri} alt="" draggable="false" />`}
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
	const at = candidates.findIndex(candidate => candidate === selectedCandidate(page.state));
	const target = targetOf(event.key, at, candidates.length);
	if (event.key === 'Enter' || event.key === ' ') {
		event.preventDefault();
		page.dispatch({ kind: 'candidateOpened', index: candidates[at]?.index ?? 0 });
	} else if (target !== undefined) {
		event.preventDefault();
		const index = candidates[target]?.index ?? 0;
		(event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
	}
}

/** Where a key leads in a row of `count`; `undefined` for a key that does not walk. */
function targetOf(key: string, at: number, count: number): number | undefined {
	switch (key) {
		case 'ArrowLeft':
		case 'ArrowUp':
			return Math.max(0, at - 1);
		case 'ArrowRight':
		case 'ArrowDown':
			return Math.min(count - 1, at + 1);
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return undefined;
	}
}
