import type { Credential } from '../connection/connection';
import type { Plan } from '../plan/plan';
import { failure, success, type Result } from '../result';
import { budgetFailure, excessOf, hasCeiling, type BudgetExcess, type Ceilings } from './budget';
import { reservationFor } from './budgetReservation';
import { dayAround, linesAbout, spentOn } from './budgetSpent';
import { Countdowns } from './countdowns';
import type { RunFailure } from './failure';
import { mergeOutcomes } from './mergeOutcomes';
import { claimEntry, newRecord, requestedValues, settleEntry } from './newRecord';
import type { Clock, ImageProvider } from './ports';
import type { Ledger, RunFolder, RunRecord, RunSource, RunStore } from './records';
import { unsentEnd } from './recoveredEnd';
import { runCost } from './runCost';
import { RunRecorder } from './runRecorder';
import type { RunResult } from './runResult';
import { actualValues, cancelledResult, failedResult, runImages, type UnstartedRun } from './results';
import { sendRequest, type RequestOutcome, type SendContext } from './sendRequest';
import { StorageError } from './storageError';

type NewRecord = ReturnType<typeof newRecord>;

/** What to run, and on whose account. */
export interface RunRequest {
	readonly plan: Plan;
	readonly credential: Credential;
	readonly source: RunSource;
	/** Deadline of each request. */
	readonly timeoutMs: number;
	/** `false`: neither record nor ledger keeps the prompt's text. */
	readonly keepPrompt: boolean;
	/** What may be spent. Absent: as much as it costs. */
	readonly ceilings?: Ceilings;
}

/** Limits how many requests one connection has under way. */
export interface RequestSlots {
	/** Resolves when a slot is free; the returned function gives it back. Rejects when aborted. */
	acquire(connection: string, limit: number, signal: AbortSignal): Promise<() => void>;
}

export interface RunPorts {
	readonly provider: ImageProvider;
	readonly store: RunStore;
	readonly ledger: Ledger;
	readonly clock: Clock;
	readonly slots: RequestSlots;
	newRunId(): string;
	sha256(text: string): string;
}

/** What a person sees of a run that is under way. */
export interface RunSnapshot {
	readonly record: RunRecord;
	/** Set while the host's rate limit is waited for. `until` is in milliseconds since the epoch. */
	readonly waiting?: { readonly until: number; readonly message: string };
}

/** The strings by which a person holds a run. */
export interface RunControl {
	readonly signal: AbortSignal;
	/** Called with a function that ends a countdown early, and with `undefined` when there is none (any more). */
	onCountdown(tryNow: (() => void) | undefined): void;
	onChange(snapshot: RunSnapshot): void;
}

/**
 * The use case: claim, send once, keep, report. Expected failures are results; only defects are thrown, and their run is
 * settled before.
 *
 * A request is repeated only if the host provably did not process it. After the first failure nothing more is sent, but what
 * is under way is awaited, because it is paid for.
 */
export async function executeRun(request: RunRequest, ports: RunPorts, control: RunControl): Promise<RunResult> {
	if (control.signal.aborted) {
		return cancelledResult(unstarted(request, ports));
	}
	const claimed = await claim(request, ports);
	if (!claimed.ok) {
		const { kind, message } = claimed.failure;
		return { ...failedResult(kind, message, unstarted(request, ports)), failure: claimed.failure };
	}
	const folder = claimed.value;
	const recorder = new RunRecorder(folder, snapshot => control.onChange(snapshot));
	const countdowns = new Countdowns(ports.clock, (earliest, tryNow) => {
		recorder.setWaiting(earliest);
		control.onCountdown(tryNow);
	});
	const outcomes = await sendAll({ run: request, ports, recorder, countdowns, cancel: control.signal });
	const result = await settle(request, ports, recorder, outcomes);
	for (const outcome of outcomes) {
		if (outcome.kind === 'threw') {
			throw outcome.error;
		}
	}
	return { ...result, images: runImages(recorder.pictures, folder) };
}

function unstarted({ plan }: RunRequest, { clock }: RunPorts): UnstartedRun {
	const { connection, model, operation, requested } = plan;
	return { connection: connection.name, model, operation, requested: requestedValues(requested), startedAt: isoTime(clock) };
}

function isoTime(clock: Clock): string {
	return new Date(clock.now()).toISOString();
}

/** Record and reservation are on disk when this succeeds. A record without its reservation is closed at once. */
async function claim(request: RunRequest, ports: RunPorts): Promise<Result<RunFolder, RunFailure>> {
	const startedAt = isoTime(ports.clock);
	const record = newRecord(request, ports.newRunId(), startedAt, ports.sha256(request.plan.prompt));
	let folder: RunFolder | undefined;
	try {
		folder = await ports.store.create(record);
		const excess = await reserve(request, ports, record);
		return excess ? await givenUp(folder, budgetFailure(excess)) : success(folder);
	} catch (error) {
		if (!(error instanceof StorageError)) {
			throw error;
		}
		return givenUp(folder, {
			kind: 'notConfigured',
			message: `Nothing was sent, because the run could not be recorded. ${error.message}`,
		});
	}
}

/** Writes the reservation, unless a ceiling does not allow it. What costs nothing needs no look at what was spent. */
async function reserve({ plan, ceilings }: RunRequest, { ledger }: RunPorts, record: NewRecord): Promise<BudgetExcess | undefined> {
	const reservation = reservationFor(plan);
	const entry = claimEntry(record, reservation);
	if (!ceilings || !hasCeiling(ceilings) || reservation.usd === 0) {
		await ledger.append(entry);
		return undefined;
	}
	const day = dayAround(Date.parse(record.startedAt));
	return ledger.appendUnless(entry, linesAbout(day), entries => excessOf(ceilings, reservation, spentOn(day, entries)));
}

/** Closes the record of a run that sends nothing. */
async function givenUp(folder: RunFolder | undefined, reason: RunFailure): Promise<Result<RunFolder, RunFailure>> {
	await folder?.update(unsentEnd(folder.record, reason)).catch((error: unknown) => {
		// The disk refuses (again): the next start finds the record and closes it in the same way.
		if (!(error instanceof StorageError)) {
			throw error;
		}
	});
	return failure(reason);
}

/** Starts all requests side by side. The first that fails keeps those that still wait from being sent. */
async function sendAll(context: Omit<SendContext, 'stop'>): Promise<readonly RequestOutcome[]> {
	const stop = new AbortController();
	const onCancel = () => stop.abort(context.cancel.reason);
	context.cancel.addEventListener('abort', onCancel, { once: true });
	if (context.cancel.aborted) {
		onCancel();
	}
	try {
		return await Promise.all(
			context.run.plan.requests.map(async planned => {
				const outcome = await sendRequest(planned, { ...context, stop: stop.signal });
				if (outcome.kind !== 'answered' || outcome.answer.failure) {
					stop.abort();
				}
				return outcome;
			}),
		);
	} finally {
		context.cancel.removeEventListener('abort', onCancel);
	}
}

/** The record first: a ledger without the last line is mended from the records, but not the other way round. */
async function settle(request: RunRequest, ports: RunPorts, recorder: RunRecorder, outcomes: readonly RequestOutcome[]) {
	const { record, pictures } = recorder;
	const end = mergeOutcomes(outcomes, pictures);
	const cost = runCost(request.plan, outcomes);
	const told = outcomes.flatMap(outcome => (outcome.kind === 'answered' ? [outcome.answer.actual] : []));
	const now = ports.clock.now();
	const result: Omit<RunResult, 'images'> = {
		runId: record.runId,
		status: end.status,
		connection: record.connection,
		model: record.model,
		operation: record.operation,
		requested: record.requested,
		actual: actualValues(told, pictures),
		...(end.usage ? { usage: end.usage } : {}),
		...(cost ? { cost } : {}),
		...(recorder.requestIds.length > 0 ? { requestIds: recorder.requestIds } : {}),
		startedAt: record.startedAt,
		durationMs: now - Date.parse(record.startedAt),
		...(end.failure ? { failure: end.failure } : {}),
		...(request.plan.problems.length > 0 ? { problems: request.plan.problems } : {}),
	};
	await recorder.finish({ result, notices: [...record.notices, ...end.notices] });
	await ports.ledger.append(settleEntry(recorder.record, new Date(now).toISOString(), end.attempts)).catch((error: unknown) => {
		// The reservation stays in the ledger, which errs on the safe side; the next start adds the missing line.
		if (!(error instanceof StorageError)) {
			throw error;
		}
	});
	return result;
}
