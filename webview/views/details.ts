import { html, nothing, type TemplateResult } from 'lit';
import type { PanelDetails, PanelState } from '../../src/protocol/messages';
import { formatBytes } from '../formatBytes';
import { icons } from '../icons';
import type { Page } from '../page';
import { selectedCandidate, stageOf } from '../state';
import { strings } from '../strings';
import { problems } from './problems';
import { requestIds } from './requestIds';
import { section } from './section';

/**
 * The column at the side: what was asked and got; before a run, what would be sent. Narrow panels fold it under a picture;
 * beside a prompt it is what a person came to read.
 */
export function details(page: Page): TemplateResult | typeof nothing {
	const { panel, view } = page.state;
	const sections = panel ? sectionsOf(page, panel).filter(each => each !== nothing) : [];
	if (sections.length === 0) {
		return nothing;
	}
	const canFold = stageOf(page.state).kind !== 'prompt';
	const isShown = view.showsDetails || !canFold;
	return html`<aside class=${isShown ? 'details shown' : 'details'} aria-label=${strings.details}>
		${canFold ? foldButton(page, isShown) : nothing}
		<div class="sections" id="details" tabindex="0" role="group" aria-label=${strings.details}>${sections}</div>
	</aside>`;
}

function foldButton(page: Page, isShown: boolean): TemplateResult {
	return html`<vscode-button
		class="fold"
		secondary
		aria-expanded=${isShown ? 'true' : 'false'}
		aria-controls="details"
		@click=${() => page.dispatch({ kind: 'detailsToggled' })}
		><span class="chevron">${icons.chevron}</span>${strings.details}</vscode-button
	>`;
}

function sectionsOf(page: Page, panel: PanelState): readonly (TemplateResult | typeof nothing)[] {
	const isPromptOnStage = stageOf(page.state).kind === 'prompt';
	return [
		isPromptOnStage ? nothing : problems(panel),
		panel.phase.kind === 'done' ? gotSections(page, panel.phase.details) : nothing,
		outgoing(panel),
		notices(panel),
		isPromptOnStage ? nothing : section(strings.prompt, html`<p class="prompt" .textContent=${panel.prompt}></p>`),
	];
}

function gotSections(page: Page, got: PanelDetails): TemplateResult {
	const facts: readonly (readonly [string, unknown])[] = [
		[strings.duration, got.duration],
		[strings.cost, got.cost],
		[strings.tokens, got.tokens],
		[strings.file, fileText(page)],
		[strings.credentials, credentials(page, got)],
	];
	return html`${section(strings.askedAndGot, parameterTable(got))}
		<dl>
			${facts
				.filter(([, value]) => value !== undefined)
				.map(
					([label, value]) =>
						html`<dt>${label}</dt>
							<dd>${value}</dd>`,
				)}
			${
				got.requestIds.length > 0
					? html`<dt>${strings.requestId}</dt>
							<dd>${requestIds(page, got.requestIds)}</dd>`
					: nothing
			}
		</dl>`;
}

function parameterTable({ parameters }: PanelDetails): TemplateResult {
	return html`<table>
		<thead>
			<tr>
				<th scope="col"><span class="visually-hidden">${strings.parameter}</span></th>
				<th scope="col">${strings.asked}</th>
				<th scope="col">${strings.got}</th>
			</tr>
		</thead>
		<tbody>
			${parameters.map(
				({ label, asked, got, differs }) =>
					html`<tr class=${differs ? 'differs' : ''}>
						<th scope="row">${label}</th>
						<td>${asked}</td>
						<td>
							${got}${differs ? html` <span class="mark">${icons.warning}<span>${strings.differs}</span></span>` : nothing}
						</td>
					</tr>`,
			)}
		</tbody>
	</table>`;
}

function fileText(page: Page): string | undefined {
	const picture = selectedCandidate(page.state)?.picture;
	if (!picture) {
		return undefined;
	}
	const size = formatBytes(picture.bytes, document.documentElement.lang || 'en');
	return `${picture.format}, ${size}`;
}

function credentials(page: Page, got: PanelDetails): TemplateResult {
	const isPresent = selectedCandidate(page.state)?.picture.contentCredentials ?? got.contentCredentials;
	return isPresent
		? html`<span class="mark">${icons.check}<span>${strings.credentialsPresent}</span></span>`
		: html`${strings.credentialsAbsent}`;
}

function outgoing(panel: PanelState): TemplateResult | typeof nothing {
	return panel.outgoing.length === 0
		? nothing
		: section(
				strings.outgoing,
				html`<dl>
					${panel.outgoing.map(
						({ label, value }) =>
							html`<dt>${label}</dt>
								<dd>${value}</dd>`,
					)}
				</dl>`,
			);
}

function notices(panel: PanelState): TemplateResult | typeof nothing {
	const all = panel.phase.kind === 'done' ? panel.phase.details.notices : (panel.request?.notices ?? []);
	return all.length === 0
		? nothing
		: section(
				strings.notices,
				html`<ul>
					${all.map(notice => html`<li>${notice}</li>`)}
				</ul>`,
			);
}
