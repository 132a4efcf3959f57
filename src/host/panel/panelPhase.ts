import { assertNever } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { StoredPicture } from '../../core/run/ports';
import type { RunRecord } from '../../core/run/records';
import type { PanelCandidate, PanelPhase, PanelPicture } from '../../protocol/messages';
import { mendFor } from '../connections/connectionMend';
import { pagesOf } from '../generation/hostPages';
import { failureView } from './failureView';
import type { PanelStateInputs } from './panelState';
import { runDetails } from './runDetails';
import type { SessionSnapshot } from './session';

type Result = NonNullable<RunRecord['result']>;

/**
 * `false`: the newest attempt did not even start, and its failure is what there is to show. An invalid prompt is no such
 * failure: it is shown with its problems, beside which it can be read.
 */
export function phaseIsOfRun({ failure }: SessionSnapshot): boolean {
	return failure === undefined || failure.problems !== undefined;
}

/** What is going on, from the run's record alone: the same after a reload as before. */
export function panelPhase(snapshot: SessionSnapshot, inputs: PanelStateInputs): PanelPhase {
	const { run, failure } = snapshot;
	if (failure && !phaseIsOfRun(snapshot)) {
		return { ...failedPhase(snapshot, failure, inputs), candidates: [] };
	}
	if (!run) {
		return { kind: 'idle' };
	}
	const { result } = run.record;
	if (run.record.state === 'finished' && result) {
		return finishedPhase(snapshot, run.record, result, inputs);
	}
	if (run.waiting) {
		return { kind: 'waiting', remainingMs: Math.max(0, run.waiting.until - inputs.now), message: run.waiting.message };
	}
	return runningPhase(snapshot, run.record, inputs);
}

function runningPhase(snapshot: SessionSnapshot, record: RunRecord, inputs: PanelStateInputs): PanelPhase {
	const hasLeft = record.state === 'left';
	const expected = expectedSize(record.requested.size);
	return {
		kind: 'running',
		elapsedMs: Math.max(0, inputs.now - Date.parse(record.startedAt)),
		waitingFor: waitingFor(snapshot, record, inputs),
		hasLeft,
		mayBeBilled: hasLeft && record.hostKind !== 'sandbox',
		...(expected ? { expected } : {}),
		...newestPartial(record, inputs),
		candidates: candidates(record, inputs),
	};
}

function waitingFor(snapshot: SessionSnapshot, record: RunRecord, { texts: { t, locale } }: PanelStateInputs): string {
	if (record.hostKind === 'sandbox') {
		return t('Painting a sandbox placeholder');
	}
	if (record.state === 'claimed') {
		return t('Sending the request to {0}', record.connection);
	}
	const typical = snapshot.outcome?.kind === 'ready' ? snapshot.outcome.plan.typicalSeconds : undefined;
	if (!typical) {
		return t('Waiting for {0}', record.model || record.connection);
	}
	const [from, to] = typical.map(seconds => new Intl.NumberFormat(locale).format(seconds));
	return t('Waiting for {0}, usually {1}–{2} s at this quality', record.model || record.connection, from ?? '', to ?? '');
}

function finishedPhase(snapshot: SessionSnapshot, record: RunRecord, result: Result, inputs: PanelStateInputs): PanelPhase {
	const { t } = inputs.texts;
	const arrived = { candidates: candidates(record, inputs), ...newestPartial(record, inputs) };
	switch (result.status) {
		case 'succeeded':
			return { kind: 'done', candidates: arrived.candidates, details: runDetails(record, result, inputs.texts) };
		case 'cancelled':
			return { kind: 'cancelled', message: cancelledMessage(record, inputs), ...arrived };
		case 'uncertain':
			return record.isDismissed === true
				? { kind: 'cancelled', message: t('You dismissed this run. It may have been billed.'), ...arrived }
				: {
						kind: 'uncertain',
						message: t('The connection was lost after the request had left. It may have been billed.'),
						hasUsagePage: pagesOf(record.hostKind) !== undefined,
						requestIds: [...record.requestIds],
						...arrived,
					};
		case 'failed':
			return { ...failedPhase(snapshot, result.failure, inputs), requestIds: [...record.requestIds], ...arrived };
		default:
			return assertNever(result.status);
	}
}

function cancelledMessage(record: RunRecord, { texts: { t } }: PanelStateInputs): string {
	// An id or a picture tells as much as the record does.
	const hadLeft = record.hadLeft === true || record.requestIds.length > 0 || record.partials.length > 0;
	const mayBeBilled = record.hostKind !== 'sandbox' && hadLeft;
	return mayBeBilled ? t('Cancelled. It may still be billed.') : t('Cancelled.');
}

function failedPhase(snapshot: SessionSnapshot, told: RunFailure | undefined, { texts }: PanelStateInputs) {
	const failure = told ?? { kind: 'badResponse', message: texts.t('The run ended without a picture.') };
	const plan = snapshot.outcome?.kind === 'ready' ? snapshot.outcome.plan : undefined;
	const hostKind = (snapshot.failure ? undefined : snapshot.run?.record.hostKind) ?? plan?.connection.kind ?? '';
	const connection = plan?.connection;
	const isSameConnection = snapshot.failure !== undefined || connection?.name === snapshot.run?.record.connection;
	const mend = connection && isSameConnection ? mendFor(failure, connection) : undefined;
	const auth = connection && isSameConnection ? { auth: connection.auth } : {};
	const around = { hostKind, ...auth, ...(mend ? { mend } : {}), canOpenPrompt: snapshot.canOpenPrompt, isFirstRun: snapshot.isFirstRun };
	return {
		kind: 'failed' as const,
		...failureView(failure, around, texts),
		requestIds: [] as string[],
		problems: (failure.problems ?? []).map(problem => problem.message),
	};
}

function expectedSize(size: string | undefined): { width: number; height: number } | undefined {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? '') ?? [];
	return width !== undefined && height !== undefined ? { width: Number(width), height: Number(height) } : undefined;
}

function newestPartial(record: RunRecord, inputs: PanelStateInputs): { partial?: PanelPicture } {
	const newest = record.partials.at(-1);
	return newest ? { partial: shownPicture(newest, inputs) } : {};
}

function candidates(record: RunRecord, inputs: PanelStateInputs): PanelCandidate[] {
	return [...record.pictures]
		.sort((one, other) => one.candidate - other.candidate)
		.map(picture => {
			const accepted = record.accepted?.findLast(({ index }) => index === picture.candidate);
			return {
				index: picture.candidate,
				picture: shownPicture(picture, inputs),
				...(accepted ? { insertedAs: inputs.assetName(accepted.asset) } : {}),
			};
		});
}

function shownPicture(picture: StoredPicture, inputs: PanelStateInputs): PanelPicture {
	const uri = inputs.pictureUri(picture);
	return {
		...(uri === undefined ? {} : { uri }),
		width: picture.width,
		height: picture.height,
		format: picture.format,
		bytes: picture.bytes,
		contentCredentials: picture.hasContentCredentials,
	};
}
