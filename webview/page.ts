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

/** Whether a call waits for its answer, so that its button is disabled. */
export function isPending(page: Page, method: HostMethod): boolean {
	return page.state.pending.includes(method);
}
