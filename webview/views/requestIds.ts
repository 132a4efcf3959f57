import { html, type TemplateResult } from 'lit';
import { icons } from '../icons';
import type { Page } from '../page';
import { strings } from '../strings';

/** Request ids, each with a button that copies it: the host's support asks for nothing else. */
export function requestIds(page: Page, ids: readonly string[]): TemplateResult[] {
	return ids.map(
		id =>
			html`<span class="request-id"
				><code title=${id}>${id}</code
				><vscode-toolbar-button
					label=${strings.copyRequestId(id)}
					title=${strings.copy}
					@click=${() => page.call('copyText', { text: id })}
					>${icons.copy}</vscode-toolbar-button
				></span
			>`,
	);
}
