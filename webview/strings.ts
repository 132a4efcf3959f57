import { assertNever } from '../src/core/result';
import type { PanelPhase, PanelState } from '../src/protocol/messages';

/** Every word that the page itself says, in one place. What depends on a run comes ready from the extension. */
export const strings = {
	panel: 'Image Prompt',
	notUnderstood: 'The extension sent something that this panel does not understand. Close the panel and open it again.',
	lost: 'The extension does not answer any more. Close this tab, and run “Image Prompt: Open Panel”: what had arrived is kept.',
	loading: 'Loading…',
	request: 'Request',
	noRequest: 'Nothing can be sent until the problems are solved.',
	generate: 'Generate',
	generateAgain: 'Generate Again',
	cancel: 'Cancel',
	mayBeBilled: 'may still be billed',
	tryNow: 'Try Now',
	tryAgainAnyway: 'Try Again Anyway',
	openUsagePage: 'Open Usage Page',
	dismiss: 'Dismiss',
	insert: 'Insert',
	saveAs: 'Save As…',
	copyLink: 'Copy Link',
	reveal: 'Reveal',
	openPrompt: 'Open Prompt',
	star: 'Star',
	starHint: 'Keep this run however old it gets',
	addConnection: 'Add Connection',
	addOpenAi: 'Add OpenAI',
	addAzure: 'Add Microsoft Foundry',
	addCompatible: 'Add a Compatible Server',
	manageTrust: 'Manage Workspace Trust',
	notTrusted: 'This workspace is not trusted, so nothing is sent from it.',
	sandboxBefore: 'Sandbox: a placeholder will be painted and no model is called',
	sandboxPicture: 'Sandbox picture: no model was called',
	prompt: 'Prompt',
	noPrompt: 'The prompt is empty.',
	outgoing: 'What would be sent',
	problems: 'Problems',
	notices: 'Notices',
	details: 'Details',
	askedAndGot: 'Asked and got',
	parameter: 'Parameter',
	asked: 'Asked',
	got: 'Got',
	differs: 'differs',
	duration: 'Duration',
	cost: 'Cost',
	tokens: 'Tokens',
	file: 'File',
	requestId: 'Request id',
	copy: 'Copy',
	copyRequestId: (id: string): string => `Copy request id ${id}`,
	credentials: 'Content Credentials',
	credentialsPresent: 'present, not verified',
	credentialsAbsent: 'absent',
	candidates: 'Candidates',
	candidate: (number: number, count: number): string => `Candidate ${number} of ${count}`,
	allCandidates: (count: number): string => `All ${count} candidates`,
	picture: (width: number, height: number): string => `Picture, ${width} × ${height} pixels`,
	partial: 'Partial picture',
	expected: (width: number, height: number): string => `Frame of the expected picture, ${width} × ${height} pixels`,
	deleted: 'This picture was deleted.',
	unreadable: 'This picture can’t be displayed.',
	insertedAs: (asset: string): string => `Inserted as ${asset}`,
	zoom: 'Zoom',
	zoomIn: 'Zoom in (+)',
	zoomOut: 'Zoom out (−)',
	zoomFit: 'Fit',
	zoomFitHint: 'Fit to the space (0)',
	zoomActual: '1:1',
	zoomActualHint: '1:1, one picture pixel per screen pixel (1)',
	zoomKeys: 'Plus and minus zoom, 0 fits, 1 is one to one, arrow keys pan a zoomed picture, Escape returns.',
	elapsed: 'Elapsed time',
	retryIn: 'Tries again in',
} as const;

/** What a screen reader says when `after` takes the place of `before`; `undefined` when it need not say anything. */
export function announcementAfter(before: PanelState, after: PanelState): string | undefined {
	if (before.phase.kind !== after.phase.kind || before.runId !== after.runId) {
		return announcementOf(after.phase);
	}
	const known = insertions(before.phase);
	const inserted = insertions(after.phase).find(asset => !known.includes(asset));
	return inserted === undefined ? undefined : `Picture inserted as ${inserted}.`;
}

function insertions(phase: PanelPhase): readonly string[] {
	return 'candidates' in phase ? phase.candidates.flatMap(({ insertedAs }) => insertedAs ?? []) : [];
}

/** What a screen reader says when the phase changes; nothing is said in between. */
export function announcementOf(phase: PanelPhase): string {
	switch (phase.kind) {
		case 'idle':
			return '';
		case 'running':
			return 'Generating.';
		case 'waiting':
			return `Waiting. ${phase.message}`;
		case 'done':
			return phase.candidates.length === 1 ? 'Done. One picture.' : `Done. ${phase.candidates.length} pictures.`;
		case 'failed':
			return `Failed. ${phase.what} ${phase.advice}`;
		case 'uncertain':
			return phase.message;
		case 'cancelled':
			return phase.message;
		default:
			return assertNever(phase);
	}
}
