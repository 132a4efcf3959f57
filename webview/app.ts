import { html, nothing, render } from 'lit';
import type { HostMethod, HostParams, ViewEvent } from '../src/protocol/messages';
import { FocusMemory } from './focusMemory';
import { Host, type HostPort } from './host';
import { keptView, stateToKeep } from './keptState';
import { Liveness } from './liveness';
import type { Page } from './page';
import { candidatesOf, initialState, reduce, selectedCandidate, stageOf, type PageAction, type PageState } from './state';
import { announcementAfter, strings } from './strings';
import { actions } from './views/actions';
import { banners } from './views/banners';
import { details } from './views/details';
import { lost } from './views/lost';
import { progress } from './views/progress';
import { requestLine } from './views/requestLine';
import { stage, underStage } from './views/stage';
import type { ZoomPicture } from './zoomPicture';

/** What the page has of VS Code. */
export interface VsCodeApi extends HostPort {
	getState(): unknown;
	setState(state: unknown): void;
}

/** The running page: keeps the state, renders it after every action, and speaks with the extension. */
export class App {
	readonly #root: HTMLElement;
	readonly #api: VsCodeApi;
	readonly #host: Host;
	readonly #liveness: Liveness;
	readonly #sessionId: string;
	readonly #focus = new FocusMemory(() => this.#resting());
	#state: PageState;
	#announcement = '';
	#ticking: number | undefined;

	constructor(root: HTMLElement, api: VsCodeApi) {
		this.#root = root;
		this.#api = api;
		this.#sessionId = root.dataset['sessionId'] ?? '';
		this.#state = initialState(keptView(api.getState(), this.#sessionId));
		this.#host = new Host(
			api,
			event => this.#onEvent(event),
			() => this.#dispatch({ kind: 'messageRefused' }),
		);
		this.#liveness = new Liveness(
			() => this.#host.call('ready', {}),
			isLost => this.#dispatch({ kind: 'livenessChanged', isLost }),
		);
	}

	/** Renders, listens and asks for the state. Called once. */
	start(): void {
		window.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#host.receive(data));
		document.addEventListener('keydown', event => this.#onKeyDown(event));
		this.#focus.listen();
		this.#keep();
		this.#render();
		this.#call('ready', {});
	}

	#onEvent({ state }: ViewEvent): void {
		const before = this.#state.panel;
		this.#dispatch({ kind: 'stateReceived', state, at: performance.now() });
		const after = this.#state.panel;
		const announcement = before && after && announcementAfter(before, after);
		if (announcement !== undefined) {
			this.#announcement = announcement;
			this.#render();
		}
	}

	#dispatch(action: PageAction): void {
		const before = this.#state;
		this.#state = reduce(before, action);
		if (this.#state === before) {
			return;
		}
		if (this.#state.view !== before.view) {
			this.#keep();
		}
		const hadFocus = this.#root.contains(document.activeElement);
		this.#render();
		this.#moveFocus(action, hadFocus);
		this.#tick();
	}

	#keep(): void {
		this.#api.setState(stateToKeep(this.#sessionId, this.#state.view));
	}

	#call<M extends HostMethod>(method: M, params: HostParams<M>): void {
		if (this.#state.pending.includes(method)) {
			return;
		}
		this.#dispatch({ kind: 'callStarted', method });
		this.#host.call(method, params).then(
			() => this.#dispatch({ kind: 'callEnded', method }),
			(error: unknown) =>
				this.#dispatch({ kind: 'callEnded', method, error: error instanceof Error ? error.message : String(error) }),
		);
	}

	#render(): void {
		const page: Page = {
			state: this.#state,
			now: performance.now(),
			dispatch: action => this.#dispatch(action),
			zoom: key => this.#picture()?.press(key),
			call: (method, params) => this.#call(method, params),
		};
		const className = `panel ${this.#state.panel?.phase.kind ?? 'loading'}`;
		render(
			html`<div class=${className}>
				<h1 class="visually-hidden" tabindex="-1">${this.#state.panel?.title ?? strings.panel}</h1>
				${requestLine(page)} ${banners(page)} ${lost(page)} ${page.state.isLost ? nothing : progress(page)}
				<main tabindex="-1">
					<div class="stage-column">${stage(page)} ${underStage(page)}</div>
					${details(page)}
				</main>
				${actions(page)}
				<div class="visually-hidden" role="status" aria-live="polite">${this.#announcement}</div>
			</div>`,
			this.#root,
		);
	}

	/** Counts the seconds of a run, of a countdown or of an unanswered call; nothing ticks otherwise. */
	#tick(): void {
		const kind = this.#state.panel?.phase.kind;
		const isCounting = kind === 'running' || kind === 'waiting' || this.#state.pending.length > 0;
		if (isCounting && this.#ticking === undefined) {
			this.#ticking = window.setInterval(() => {
				this.#liveness.look(performance.now());
				this.#render();
			}, 500);
		} else if (!isCounting && this.#ticking !== undefined) {
			window.clearInterval(this.#ticking);
			this.#ticking = undefined;
		}
	}

	/** Follows the person into a picture and back, and never drops the focus when its element is gone. */
	#moveFocus(action: PageAction, hadFocus: boolean): void {
		if (action.kind === 'candidateOpened') {
			this.#picture()?.focus();
		} else if (action.kind === 'candidateClosed') {
			this.#root.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus();
		} else if (hadFocus && !this.#root.contains(document.activeElement)) {
			this.#resting()?.focus();
		}
	}

	/** Where the focus rests when its element is gone: before the pictures when there are new ones, else at the top, so that the next Tab leads on. */
	#resting(): HTMLElement | null {
		return this.#root.querySelector(this.#candidateCount() > 0 ? 'main' : 'h1');
	}

	#picture(): ZoomPicture | null {
		return this.#root.querySelector<ZoomPicture>('zoom-picture');
	}

	#onKeyDown(event: KeyboardEvent): void {
		if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
			return;
		}
		const isOnButton = event.target instanceof HTMLElement && event.target.localName === 'vscode-button';
		if ((event.key === ' ' && isOnButton) || this.#pressed(event.key)) {
			event.preventDefault();
		}
	}

	#pressed(key: string): boolean {
		const picture = this.#picture();
		const isArrow = key.startsWith('Arrow');
		if (picture && (!isArrow || document.activeElement === picture) && picture.press(key)) {
			return true;
		}
		if (isArrow) {
			return picture !== null && document.activeElement === picture && this.#walk(key);
		}
		if (key === 'Escape' && this.#state.view.isOpen && this.#candidateCount() > 1) {
			this.#dispatch({ kind: 'candidateClosed' });
			return true;
		}
		return false;
	}

	#candidateCount(): number {
		return this.#state.panel ? candidatesOf(this.#state.panel.phase).length : 0;
	}

	/** On a picture that is not zoomed, left and right go to its neighbours. */
	#walk(key: string): boolean {
		const candidates = this.#state.panel ? candidatesOf(this.#state.panel.phase) : [];
		const selected = selectedCandidate(this.#state);
		const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
		const next = selected && candidates[candidates.indexOf(selected) + step];
		if (step === 0 || !next || stageOf(this.#state).kind !== 'picture') {
			return false;
		}
		this.#dispatch({ kind: 'candidateOpened', index: next.index });
		return true;
	}
}
