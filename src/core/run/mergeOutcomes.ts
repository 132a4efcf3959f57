import { assertNever } from '../result';
import type { RunFailure } from './failure';
import type { StoredPicture } from './ports';
import { rescueNotices } from './rescueNotices';
import { mayBeBilled } from './runCost';
import type { RunStatus, Usage } from './runResult';
import type { RequestOutcome } from './sendRequest';

/** How the requests of a run ended, taken together. */
export interface RunEnd {
	readonly status: RunStatus;
	readonly failure?: RunFailure;
	readonly usage?: Usage;
	/** How often something was sent. */
	readonly attempts: number;
	/** Sentences for the person about what the status does not tell. */
	readonly notices: readonly string[];
}

/** From the best to the worst: the worst of the requests is the run's. */
const statuses: readonly RunStatus[] = ['succeeded', 'cancelled', 'failed', 'uncertain'];

/** Succeeded only if every candidate came; otherwise the worst request says why. */
export function mergeOutcomes(outcomes: readonly RequestOutcome[], pictures: readonly StoredPicture[]): RunEnd {
	const ends = outcomes.map(outcome => requestEnd(outcome, pictures));
	const status = statuses[Math.max(...ends.map(end => statuses.indexOf(end.status)))] ?? 'failed';
	const failure = ends.find(end => end.status === status)?.failure;
	const usage = sumUsage(outcomes);
	return {
		status,
		...(failure ? { failure } : {}),
		...(usage ? { usage } : {}),
		attempts: outcomes.reduce((sum, { attempts }) => sum + attempts, 0),
		notices: [...noticesOf(status, outcomes), ...rescueNotices(pictures)],
	};
}

function requestEnd(
	outcome: RequestOutcome,
	pictures: readonly StoredPicture[],
): { readonly status: RunStatus; readonly failure?: RunFailure } {
	switch (outcome.kind) {
		case 'notSent':
			return { status: 'cancelled' };
		case 'threw':
			return defectEnd(outcome.hasLeft);
		case 'answered':
			return answeredEnd(outcome, pictures);
		default:
			return assertNever(outcome);
	}
}

function answeredEnd({ answer, request }: Extract<RequestOutcome, { kind: 'answered' }>, pictures: readonly StoredPicture[]) {
	const came = request.candidates.filter(candidate => pictures.some(picture => picture.candidate === candidate)).length;
	const isWhole = came === request.candidates.length;
	if (isWhole && !answer.failure) {
		return { status: 'succeeded' as const };
	}
	if (answer.isCancelled) {
		return { status: 'cancelled' as const };
	}
	const failure: RunFailure = answer.failure ?? {
		kind: 'badResponse',
		message: `The host sent ${came} of ${request.candidates.length} pictures and reported no error. It may have billed all of them.`,
	};
	return { status: failure.kind === 'uncertain' ? ('uncertain' as const) : ('failed' as const), failure };
}

function defectEnd(hasLeft: boolean) {
	return hasLeft
		? {
				status: 'uncertain' as const,
				failure: {
					kind: 'uncertain' as const,
					message: 'An internal error ended the run after the request had left. It may have been billed.',
				},
			}
		: {
				status: 'failed' as const,
				failure: {
					kind: 'unreachable' as const,
					message: 'An internal error ended the run before the request left. Nothing was sent.',
				},
			};
}

function sumUsage(outcomes: readonly RequestOutcome[]): Usage | undefined {
	const usages = outcomes.flatMap(outcome => (outcome.kind === 'answered' && outcome.answer.usage ? [outcome.answer.usage] : []));
	return usages.length === 0 ? undefined : usages.reduce(addUsage);
}

function addUsage(a: Usage, b: Usage): Usage {
	const text = sumKnown(a.inputTextTokens, b.inputTextTokens);
	const image = sumKnown(a.inputImageTokens, b.inputImageTokens);
	return {
		inputTokens: a.inputTokens + b.inputTokens,
		outputTokens: a.outputTokens + b.outputTokens,
		totalTokens: a.totalTokens + b.totalTokens,
		...(text === undefined ? {} : { inputTextTokens: text }),
		...(image === undefined ? {} : { inputImageTokens: image }),
	};
}

/** A sum of which a part is not known is not known. */
function sumKnown(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? undefined : a + b;
}

function noticesOf(status: RunStatus, outcomes: readonly RequestOutcome[]): readonly string[] {
	const unsent = outcomes.filter(outcome => outcome.kind === 'notSent').length;
	const repeated = outcomes.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0);
	return [
		...(status === 'cancelled' ? [cancelNotice(outcomes.some(mayBeBilled))] : []),
		...(status !== 'cancelled' && unsent > 0 ? [`${unsent} of ${outcomes.length} requests were not sent after the failure.`] : []),
		...(repeated > 0 ? [`Sent again after the host had not processed it: ${repeated === 1 ? 'once' : `${repeated} times`}.`] : []),
	];
}

function cancelNotice(isBilled: boolean): string {
	return isBilled
		? 'Cancelled after the request had left. It may still be billed.'
		: 'Cancelled before anything was processed. It costs nothing.';
}
