import { html, nothing, type TemplateResult } from 'lit';
import { formatElapsed } from '../../src/core/run/formatDuration';
import { waitsForAnswer, type Page } from '../page';
import { strings } from '../strings';

/** While something is under way: what is waited for, how long already (or still), and the way out. */
export function progress(page: Page): TemplateResult | typeof nothing {
	const { panel, receivedAt } = page.state;
	const since = Math.max(0, page.now - receivedAt);
	const runId = panel?.runId;
	if (runId === undefined) {
		return nothing;
	}
	switch (panel?.phase.kind) {
		case 'running': {
			const { waitingFor, elapsedMs, mayBeBilled } = panel.phase;
			return html`<section class="progress">
				<vscode-progress-bar indeterminate aria-label=${waitingFor}></vscode-progress-bar>
				<div class="line">
					<span class="words">${waitingFor}</span>
					<span class="time" role="timer" aria-label=${strings.elapsed}>${formatElapsed(elapsedMs + since)}</span>
					<span class="buttons"
						>${mayBeBilled ? html`<span class="hint">${strings.mayBeBilled}</span>` : nothing}${cancelButton(page, runId)}</span
					>
				</div>
			</section>`;
		}
		case 'waiting': {
			const remainingMs = Math.max(0, panel.phase.remainingMs - since);
			return html`<section class="progress">
				<div class="line">
					<span class="words"
						>${panel.phase.message} ${strings.retryIn}
						<span class="time" role="timer">${formatElapsed(Math.ceil(remainingMs / 1000) * 1000)}</span></span
					>
					<span class="buttons"
						>${cancelButton(page, runId)}<vscode-button
							secondary
							aria-disabled=${waitsForAnswer(page, 'tryNow')}
							@click=${() => page.call('tryNow', { runId })}
							>${strings.tryNow}</vscode-button
						></span
					>
				</div>
			</section>`;
		}
		default:
			return nothing;
	}
}

function cancelButton(page: Page, runId: string): TemplateResult {
	return html`<vscode-button secondary aria-disabled=${waitsForAnswer(page, 'cancel')} @click=${() => page.call('cancel', { runId })}
		>${strings.cancel}</vscode-button
	>`;
}
