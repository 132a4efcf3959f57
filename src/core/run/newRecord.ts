import { formatSize } from '../image/imageSize';
import type { Price, RequestedParameters } from '../plan/plan';
import { assertNever } from '../result';
import type { Reservation } from './budgetReservation';
import type { RunRequest } from './executeRun';
import type { LedgerEntry, RunRecord } from './records';
import type { ParameterValues } from './runResult';

/** What was asked for, as plain JSON. The tier is left out: it became a quality when the plan was made. */
export function requestedValues({ size, tier: _tier, ...others }: RequestedParameters): ParameterValues {
	return { ...others, ...(size === undefined ? {} : { size: size === 'auto' ? size : formatSize(size) }) };
}

/** The record of a run before anything left. */
export function newRecord(
	request: RunRequest,
	runId: string,
	startedAt: string,
	promptSha256: string,
): Omit<RunRecord, 'version' | 'owner'> {
	const { plan, source } = request;
	return {
		runId,
		state: 'claimed',
		startedAt,
		connection: plan.connection.name,
		hostKind: plan.connection.kind,
		host: plan.connection.origin,
		model: plan.model,
		operation: plan.operation,
		requested: requestedValues(plan.requested),
		price: plan.price,
		...(request.keepPrompt ? { prompt: plan.prompt } : {}),
		promptSha256,
		source,
		...(plan.output === undefined ? {} : { output: plan.output }),
		...(plan.alt === undefined ? {} : { alt: plan.alt }),
		notices: plan.notices,
		partials: [],
		pictures: [],
		requestIds: [],
	};
}

/** The most that a plan can cost, for reservations and for what was never accounted. `undefined`: not known. */
export function highestPrice(price: Price): number | undefined {
	switch (price.kind) {
		case 'free':
			return 0;
		case 'estimate':
			return price.maxUsd;
		case 'unknown':
			return undefined;
		default:
			return assertNever(price);
	}
}

/** The line that reserves the most that a run may cost. It must be on disk before the request leaves. */
export function claimEntry(record: Omit<RunRecord, 'version' | 'owner'>, { usd, unestimatedUsd }: Reservation): LedgerEntry {
	const { size, quality, n } = record.requested;
	return {
		type: 'claim',
		at: record.startedAt,
		runId: record.runId,
		connection: record.connection,
		model: record.model,
		operation: record.operation,
		...(size === undefined ? {} : { size }),
		...(quality === undefined ? {} : { quality }),
		...(n === undefined ? {} : { n }),
		promptSha256: record.promptSha256,
		...(record.prompt === undefined ? {} : { prompt: record.prompt }),
		...(usd === undefined ? {} : { reservedUsd: usd, ...(unestimatedUsd > 0 ? { reservedUnestimatedUsd: unestimatedUsd } : {}) }),
	};
}

/** The line that closes a claim, from a finished record. `at` is an ISO time; `attempts` counts what was sent. */
export function settleEntry(record: RunRecord, at: string, attempts?: number): LedgerEntry {
	const { result } = record;
	const moderation = result?.failure?.moderation;
	return {
		type: 'settle',
		at,
		runId: record.runId,
		connection: record.connection,
		model: record.model,
		...(result ? { status: result.status, durationMs: result.durationMs } : {}),
		...(result?.failure ? { failure: result.failure.kind } : {}),
		...(moderation ? { moderation } : {}),
		...(record.requestIds.length > 0 ? { requestIds: record.requestIds } : {}),
		...(result?.usage ? { usage: result.usage } : {}),
		...(result?.cost ? { cost: result.cost } : {}),
		...(attempts === undefined ? {} : { attempts }),
	};
}

/** The line that says where a candidate was put. `asset` is a path, or a URI where there is none; `at` is an ISO time. */
export function acceptEntry({ runId, connection, model }: RunRecord, index: number, asset: string, at: string): LedgerEntry {
	return { type: 'accept', at, runId, connection, model, index, asset };
}
