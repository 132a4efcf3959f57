import { html, type TemplateResult } from 'lit';

/** A heading with something under it. */
export function section(heading: string, content: unknown): TemplateResult {
	return html`<section>
		<h2>${heading}</h2>
		${content}
	</section>`;
}
