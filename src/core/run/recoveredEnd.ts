import type { RunFailure } from './failure';
import { highestPrice } from './newRecord';
import type { RunRecord, RunRecordChange } from './records';
import { actualValues } from './results';

/**
 * The end of a run whose process died, told from its record and the pictures found in its folder: a run whose request may be
 * at the host is uncertain, one that had provably sent nothing is failed.
 */
export function recoveredEnd(record: RunRecord): RunRecordChange {
	if (record.state === 'claimed' && record.pictures.length + record.partials.length === 0) {
		return unsentEnd(record, { kind: 'unreachable', message: 'The editor was closed before the request left. Nothing was sent.' });
	}
	if (record.hostKind === 'sandbox') {
		// It asks nobody: there is nothing to be uncertain about.
		return unsentEnd(record, {
			kind: 'unreachable',
			message: 'The editor was closed before the sandbox had finished. Nothing was sent.',
		});
	}
	const expected = record.requested.n ?? 1;
	const arrived = new Set(record.pictures.map(({ candidate }) => candidate)).size;
	const kept = arrived === 0 ? '' : ` ${arrived} of ${expected} pictures had arrived and ${arrived === 1 ? 'is' : 'are'} kept.`;
	const message = `The editor was closed after the request had left. It may have been billed.${kept}`;
	return endWith(record, { kind: 'uncertain', message }, 'uncertain');
}

/** The end of a run that sent nothing. */
export function unsentEnd(record: RunRecord, failure: RunFailure): RunRecordChange {
	return endWith(record, failure, 'failed');
}

function endWith(record: RunRecord, failure: RunFailure, status: 'failed' | 'uncertain'): RunRecordChange {
	const usd = status === 'uncertain' ? highestPrice(record.price) : undefined;
	return {
		state: 'finished',
		result: {
			runId: record.runId,
			status,
			connection: record.connection,
			model: record.model,
			operation: record.operation,
			requested: record.requested,
			actual: actualValues([], record.pictures),
			...(usd === undefined ? {} : { cost: { usd, estimated: usd > 0 } }),
			...(record.requestIds.length > 0 ? { requestIds: record.requestIds } : {}),
			startedAt: record.startedAt,
			durationMs: 0,
			failure,
		},
	};
}
