import type { HostMethod, HostParams } from '../src/protocol/messages';
import type { PageAction, PageState } from './state';

/** What a view gets: the state at one moment, and the two ways to change something. */
export interface Page {
	readonly state: PageState;
	/** Milliseconds of the page's monotonic clock. */
	readonly now: number;
	dispatch(action: PageAction): void;
	/** Does what a key of the zoom does. */
	zoom(key: string): void;
	/** Asks the extension; a failure is shown by the page. While a call is unanswered the same call is not made again. */
	call<M extends HostMethod>(method: M, params: HostParams<M>): void;
}

/** The `aria-disabled` of a call's button: `true` while the call waits for its answer. (`disabled` would take the focus away.) */
export function waitsForAnswer(page: Page, method: HostMethod): 'true' | 'false' {
	return page.state.pending.includes(method) ? 'true' : 'false';
}
