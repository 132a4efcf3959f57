import type { PlannedRequest } from '../plan/plan';
import type { Countdowns } from './countdowns';
import type { RunPorts, RunRequest } from './executeRun';
import type { RunFailure } from './failure';
import type { ProviderAnswer, ProviderProgress } from './ports';
import { repetitionAfter } from './retryRule';
import type { RunRecorder } from './runRecorder';
import { StorageError } from './storageError';

/** How one planned request ended. `attempts` counts how often it was sent. */
export type RequestOutcome =
	| { readonly kind: 'answered'; readonly request: PlannedRequest; readonly attempts: number; readonly answer: ProviderAnswer }
	/** Ended before it was sent (again): by the person, or because another request of the run had failed. */
	| { readonly kind: 'notSent'; readonly request: PlannedRequest; readonly attempts: number }
	/** A defect of ours. */
	| {
			readonly kind: 'threw';
			readonly request: PlannedRequest;
			readonly attempts: number;
			readonly error: unknown;
			readonly hasLeft: boolean;
	  };

/** What all requests of a run share. */
export interface SendContext {
	readonly run: RunRequest;
	readonly ports: Pick<RunPorts, 'provider' | 'slots'>;
	readonly recorder: RunRecorder;
	readonly countdowns: Countdowns;
	/** The person's: ends what is under way. */
	readonly cancel: AbortSignal;
	/** The run's: ends only what is not under way, so that nothing is lost that is paid for. Follows `cancel`. */
	readonly stop: AbortSignal;
}

type Sent =
	| Pick<Extract<RequestOutcome, { kind: 'answered' }>, 'kind' | 'answer'>
	| Pick<Extract<RequestOutcome, { kind: 'threw' }>, 'kind' | 'error' | 'hasLeft'>;

/** Sends one request, and sends it again only where the retry rule allows it. Never rejects. */
export async function sendRequest(request: PlannedRequest, context: SendContext): Promise<RequestOutcome> {
	for (let attempts = 1; ; attempts++) {
		const sent = await sendInSlot(request, context);
		if (!sent) {
			return { kind: 'notSent', request, attempts: attempts - 1 };
		}
		const repetition = sent.kind === 'answered' ? repetitionAfter(sent.answer, attempts) : undefined;
		if (!repetition) {
			return { ...sent, request, attempts };
		}
		if (!(await isOver(context.countdowns.wait(repetition.waitMs, repetition.message, context.stop), context.stop))) {
			return { kind: 'notSent', request, attempts };
		}
	}
}

/** `undefined`: it was not sent, because the run was stopped before. */
async function sendInSlot(request: PlannedRequest, context: SendContext): Promise<Sent | undefined> {
	const { connection } = context.run.plan;
	let giveBack: (() => void) | undefined;
	const acquired = context.ports.slots.acquire(connection.name, connection.concurrency, context.stop).then(release => {
		giveBack = release;
	});
	try {
		return (await isOver(acquired, context.stop)) ? await sendRecorded(request, context) : undefined;
	} catch (error) {
		return { kind: 'threw', error, hasLeft: false };
	} finally {
		giveBack?.();
	}
}

/** `false` when `stop` ended it. */
async function isOver(work: Promise<void>, stop: AbortSignal): Promise<boolean> {
	try {
		await work;
		return true;
	} catch (error) {
		if (stop.aborted) {
			return false;
		}
		throw error;
	}
}

/** From the moment of sending until the host provably did nothing, the record says that the request may be there. */
async function sendRecorded(request: PlannedRequest, context: SendContext): Promise<Sent | undefined> {
	const { recorder, stop } = context;
	try {
		await recorder.leaving();
	} catch (error) {
		return asAnswer(error, false);
	}
	if (stop.aborted) {
		await recorder.cameBack(false);
		return undefined;
	}
	const sent = await send(request, context);
	if (sent.kind === 'answered') {
		sent.answer.pictures.forEach(picture => recorder.keep(picture));
		recorder.keepRequestIds(sent.answer.requestIds);
	}
	await recorder.cameBack(sent.kind === 'threw' ? sent.hasLeft : sent.answer.hasLeft && sent.answer.retryAfterMs === undefined);
	return sent;
}

async function send(request: PlannedRequest, { run, ports, recorder, cancel }: SendContext): Promise<Sent> {
	let hasLeft = false;
	const { plan, credential, timeoutMs } = run;
	const onProgress = (progress: ProviderProgress) => {
		hasLeft = true;
		if (progress.kind === 'picture') {
			recorder.keep(progress.picture);
		} else if (progress.kind === 'accepted') {
			recorder.keepRequestIds(progress.requestIds);
		}
	};
	try {
		const call = { connection: plan.connection, credential, request, timeoutMs, signal: cancel, spool: recorder.spool, onProgress };
		return { kind: 'answered', answer: await ports.provider.send(call) };
	} catch (error) {
		if (cancel.aborted && error === cancel.reason) {
			// Some part of the provider passed the abortion on instead of reporting it: that is no defect.
			return { kind: 'answered', answer: { pictures: [], actual: {}, requestIds: [], isCancelled: true, hasLeft } };
		}
		return asAnswer(error, hasLeft);
	}
}

/** A refusing disk is an expected failure; everything else is a defect. */
function asAnswer(error: unknown, hasLeft: boolean): Sent {
	if (!(error instanceof StorageError)) {
		return { kind: 'threw', error, hasLeft };
	}
	const failure: RunFailure = hasLeft
		? { kind: 'uncertain', message: `The answer could not be kept, and may have been billed. ${error.message}` }
		: { kind: 'notConfigured', message: `Nothing was sent, because it could not be recorded. ${error.message}` };
	return { kind: 'answered', answer: { pictures: [], actual: {}, requestIds: [], failure, hasLeft } };
}
