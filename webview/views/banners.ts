import { html, nothing, type TemplateResult } from 'lit';
import type { PanelPhase } from '../../src/protocol/messages';
import { icons } from '../icons';
import { waitsForAnswer, type Page } from '../page';
import { candidatesOf, primaryAction } from '../state';
import { strings } from '../strings';
import { message } from './message';
import { requestIds } from './requestIds';

/** What the person must know before the picture: sandbox, no trust, how the run ended, what the last button came to. */
export function banners(page: Page): TemplateResult {
	return html`${sandboxBanner(page)}${trustBanner(page)}${phaseBanner(page)}${callError(page)}`;
}

function sandboxBanner(page: Page): TemplateResult | typeof nothing {
	const { panel } = page.state;
	if (!panel?.sandbox) {
		return nothing;
	}
	const hasPicture = candidatesOf(panel.phase).length > 0 || ('partial' in panel.phase && panel.phase.partial !== undefined);
	const add = (kind: 'openai' | 'azure' | 'compatible' | undefined, label: string): TemplateResult =>
		html`<vscode-toolbar-button class="link" @click=${() => page.call('addConnection', kind ? { kind } : {})}
			><span>${label}</span></vscode-toolbar-button
		>`;
	return message(
		'info',
		hasPicture ? strings.sandboxPicture : strings.sandboxBefore,
		panel.sandbox === 'first'
			? html`${add('openai', strings.addOpenAi)}${add('azure', strings.addAzure)}${add('compatible', strings.addCompatible)}`
			: add(undefined, strings.addConnection),
	);
}

function trustBanner(page: Page): TemplateResult | typeof nothing {
	return page.state.panel?.isTrusted === false
		? message(
				'warning',
				strings.notTrusted,
				html`<vscode-button secondary @click=${() => page.call('help', { action: 'manageTrust' })}
					>${strings.manageTrust}</vscode-button
				>`,
			)
		: nothing;
}

function phaseBanner(page: Page): TemplateResult | typeof nothing {
	const phase = page.state.panel?.phase;
	switch (phase?.kind) {
		case 'failed':
			return failedBanner(page, phase);
		case 'uncertain':
			return uncertainBanner(page, phase);
		case 'cancelled':
			return message('info', phase.message);
		default:
			return nothing;
	}
}

function failedBanner(page: Page, phase: Extract<PanelPhase, { kind: 'failed' }>): TemplateResult {
	const { action } = phase;
	const { runId } = page.state.panel ?? {};
	const help = (): void => {
		if (action?.id === 'tryAgain' && runId !== undefined) {
			page.call('tryAgain', { runId });
		} else if (action) {
			page.call('help', { action: action.id });
		}
	};
	return message(
		'error',
		html`<p><strong>${phase.what}</strong> ${phase.advice}</p>
			${
				phase.problems.length > 0
					? html`<ul>
							${phase.problems.map(problem => html`<li>${problem}</li>`)}
						</ul>`
					: nothing
			}
			${requestIds(page, phase.requestIds)}`,
		action
			? html`<vscode-button ?secondary=${primaryAction(page.state) !== 'help'} @click=${help}>${action.label}</vscode-button>`
			: nothing,
	);
}

function uncertainBanner(page: Page, phase: Extract<PanelPhase, { kind: 'uncertain' }>): TemplateResult {
	const runId = page.state.panel?.runId ?? '';
	return message(
		'warning',
		html`<p><strong>${phase.message}</strong></p>
			${requestIds(page, phase.requestIds)}`,
		html`${
				phase.hasUsagePage
					? html`<vscode-button @click=${() => page.call('help', { action: 'openUsagePage' })}
							>${strings.openUsagePage}</vscode-button
						>`
					: nothing
			}
			<vscode-button secondary aria-disabled=${waitsForAnswer(page, 'tryAgain')} @click=${() => page.call('tryAgain', { runId })}
				>${strings.tryAgainAnyway}</vscode-button
			>
			<vscode-button secondary @click=${() => page.call('dismiss', { runId })}>${strings.dismiss}</vscode-button>`,
	);
}

function callError(page: Page): TemplateResult | typeof nothing {
	return page.state.error === undefined
		? nothing
		: message(
				'error',
				html`<span role="alert">${page.state.error}</span>`,
				html`<vscode-toolbar-button
					label=${strings.dismiss}
					title=${strings.dismiss}
					@click=${() => page.dispatch({ kind: 'errorDismissed' })}
					>${icons.close}</vscode-toolbar-button
				>`,
			);
}
