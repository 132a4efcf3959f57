import { assertNever } from '../src/core/result';
import type { HostMethod, PanelCandidate, PanelPhase, PanelPicture, PanelState } from '../src/protocol/messages';
import { strings } from './strings';
import { fit, type Zoom } from './zoom';

/** What the person did to the view; kept across hiding and reload, unlike everything that the extension knows. */
export interface ViewState {
	/** Index of the candidate that the actions apply to. */
	readonly selected: number;
	/** One candidate is large; otherwise several are shown as a grid. */
	readonly isOpen: boolean;
	readonly zoom: Zoom;
	/** Narrow panels fold the details. */
	readonly showsDetails: boolean;
	/** The run that the choice belongs to. */
	readonly runId?: string;
}

/** The page's whole state. */
export interface PageState {
	readonly panel?: PanelState;
	/** When `panel` arrived, in milliseconds of the page's monotonic clock. */
	readonly receivedAt: number;
	readonly view: ViewState;
	/** Device pixels per picture pixel of the picture on the stage. */
	readonly scale: number;
	/** Calls that the extension has not answered yet. */
	readonly pending: readonly HostMethod[];
	/** The extension does not answer any more. */
	readonly isLost: boolean;
	/** Why the last call failed. */
	readonly error?: string;
}

/** Everything that can happen to the page. */
export type PageAction =
	| { readonly kind: 'stateReceived'; readonly state: PanelState; readonly at: number }
	| { readonly kind: 'candidateSelected'; readonly index: number }
	| { readonly kind: 'candidateOpened'; readonly index: number }
	| { readonly kind: 'candidateClosed' }
	| { readonly kind: 'zoomed'; readonly zoom: Zoom }
	| { readonly kind: 'scaled'; readonly scale: number }
	| { readonly kind: 'detailsToggled' }
	| { readonly kind: 'callStarted'; readonly method: HostMethod }
	| { readonly kind: 'callEnded'; readonly method: HostMethod; readonly error?: string }
	| { readonly kind: 'messageRefused' }
	| { readonly kind: 'livenessChanged'; readonly isLost: boolean }
	| { readonly kind: 'errorDismissed' };

const firstView: ViewState = { selected: 0, isOpen: false, zoom: fit, showsDetails: false };

/** The state before anything arrived, with what was kept of an earlier page. */
export function initialState(view: ViewState = firstView): PageState {
	return { receivedAt: 0, scale: 1, view, pending: [], isLost: false };
}

/** Pure: the next state after `action`. An older state of the extension is dropped. */
export function reduce(state: PageState, action: PageAction): PageState {
	switch (action.kind) {
		case 'stateReceived':
			return received(state, action.state, action.at);
		case 'candidateSelected':
			return withView(state, { selected: action.index, zoom: action.index === state.view.selected ? state.view.zoom : fit });
		case 'candidateOpened':
			return withView(state, { selected: action.index, isOpen: true, zoom: fit });
		case 'candidateClosed':
			return withView(state, { isOpen: false, zoom: fit });
		case 'zoomed':
			return withView(state, { zoom: action.zoom });
		case 'scaled':
			return { ...state, scale: action.scale };
		case 'detailsToggled':
			return withView(state, { showsDetails: !state.view.showsDetails });
		case 'callStarted':
			return { ...withoutError(state), pending: [...state.pending, action.method] };
		case 'callEnded': {
			const at = state.pending.indexOf(action.method);
			const next = { ...state, pending: state.pending.filter((_, index) => index !== at) };
			return action.error === undefined ? next : { ...next, error: action.error };
		}
		case 'messageRefused':
			return { ...state, error: strings.notUnderstood };
		case 'livenessChanged':
			return { ...state, isLost: action.isLost };
		case 'errorDismissed':
			return withoutError(state);
		default:
			return assertNever(action);
	}
}

function received(state: PageState, panel: PanelState, at: number): PageState {
	if (state.panel && panel.epoch <= state.panel.epoch) {
		return state;
	}
	const isOtherRun = panel.runId !== state.view.runId;
	const view = isOtherRun
		? { ...firstView, showsDetails: state.view.showsDetails, ...(panel.runId ? { runId: panel.runId } : {}) }
		: state.view;
	return { ...state, panel, receivedAt: at, view };
}

function withView(state: PageState, change: Partial<ViewState>): PageState {
	return { ...state, view: { ...state.view, ...change } };
}

function withoutError({ error: _, ...state }: PageState): PageState {
	return state;
}

/** The finished candidates of a phase; none while there is none. */
export function candidatesOf(phase: PanelPhase): readonly PanelCandidate[] {
	return 'candidates' in phase ? phase.candidates : [];
}

/** The candidate that the actions apply to. */
export function selectedCandidate({ panel, view }: PageState): PanelCandidate | undefined {
	const candidates = panel ? candidatesOf(panel.phase) : [];
	return candidates.find(({ index }) => index === view.selected) ?? candidates[0];
}

/** What fills the stage. */
export type Stage =
	| { readonly kind: 'prompt' }
	| { readonly kind: 'frame'; readonly width: number; readonly height: number }
	| { readonly kind: 'partial'; readonly picture: PanelPicture }
	| { readonly kind: 'grid'; readonly candidates: readonly PanelCandidate[] }
	| { readonly kind: 'picture'; readonly candidate: PanelCandidate };

/** Chooses what fills the stage: pictures before frames, frames before words. */
export function stageOf(state: PageState): Stage {
	const phase = state.panel?.phase ?? { kind: 'idle' };
	const candidates = candidatesOf(phase);
	const selected = selectedCandidate(state);
	if (selected) {
		return candidates.length > 1 && !state.view.isOpen ? { kind: 'grid', candidates } : { kind: 'picture', candidate: selected };
	}
	if ('partial' in phase && phase.partial) {
		return { kind: 'partial', picture: phase.partial };
	}
	return phase.kind === 'running' ? { kind: 'frame', ...(phase.expected ?? { width: 1, height: 1 }) } : { kind: 'prompt' };
}

/** The one button that stands out. */
export type PrimaryAction = 'generate' | 'insert' | 'help' | 'openUsagePage' | 'none';

/** Which button stands out: the one that a person most likely wants next. */
export function primaryAction({ panel }: PageState): PrimaryAction {
	if (!panel) {
		return 'none';
	}
	const { phase } = panel;
	const hasPicture = candidatesOf(phase).some(({ picture }) => picture.uri !== undefined);
	switch (phase.kind) {
		case 'idle':
			return panel.canGenerate ? 'generate' : 'none';
		case 'running':
		case 'waiting':
			return 'none';
		case 'done':
			return hasPicture ? 'insert' : 'generate';
		case 'failed':
			return hasPicture ? 'insert' : phase.action ? 'help' : 'generate';
		case 'uncertain':
			return phase.hasUsagePage ? 'openUsagePage' : 'none';
		case 'cancelled':
			return hasPicture ? 'insert' : 'generate';
		default:
			return assertNever(phase);
	}
}
