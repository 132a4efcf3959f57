import { html, nothing, type TemplateResult } from 'lit';
import type { Page } from '../page';
import { strings } from '../strings';
import { message } from './message';

/** Says that nobody answers any more, in place of a progress that nobody knows. */
export function lost(page: Page): TemplateResult | typeof nothing {
	return page.state.isLost ? message('error', html`<span role="alert">${strings.lost}</span>`) : nothing;
}
