import type { RunRecord } from '../../core/run/records';
import { unfinishedNotices, type FoundPictures } from './salvage';
import { startOf } from './runId';

/** Stands for a run whose `run.json` cannot be read: what the folder's name and its pictures tell. */
export function damagedRecord(runId: string, found: FoundPictures): RunRecord {
	const startedAt = startOf(runId);
	const message = 'The record of this run cannot be read. Its pictures are kept; it may have been billed.';
	return {
		version: 1,
		runId,
		state: 'finished',
		owner: '',
		startedAt,
		connection: '',
		hostKind: '',
		host: '',
		model: '',
		operation: 'generate',
		requested: {},
		price: { kind: 'unknown', reason: 'The record of this run cannot be read.' },
		promptSha256: '',
		source: { kind: 'input' },
		notices: unfinishedNotices(found),
		partials: found.pictures.filter(({ role }) => role === 'partial'),
		pictures: found.pictures.filter(({ role }) => role === 'final'),
		requestIds: [],
		result: {
			runId,
			status: 'uncertain',
			connection: '',
			model: '',
			operation: 'generate',
			requested: {},
			actual: {},
			startedAt,
			durationMs: 0,
			failure: { kind: 'uncertain', message },
		},
	};
}
