import { settleEntry } from './newRecord';
import type { Clock } from './ports';
import type { Ledger, LedgerEntry, RunRecord, RunStore } from './records';
import { StorageError } from './storageError';

type RecoveryLedger = Pick<Ledger, 'append' | 'read'>;

/**
 * Settles what a dead process left behind, in the records and then in the ledger. To be called on the first use after a
 * start. Returns the records that were settled now.
 */
export async function recoverRuns(store: RunStore, ledger: RecoveryLedger, clock: Clock): Promise<readonly RunRecord[]> {
	const recovered = await store.recover();
	await settleClaims(recovered, store, ledger, clock);
	return recovered;
}

/**
 * The same as often as it is called: the first time the ledger is looked through as well, later only when a run was settled,
 * so that looking again costs little. A ledger that the disk refuses keeps nobody from the runs; it is looked through next time.
 */
export function createRecovery(store: RunStore, ledger: RecoveryLedger, clock: Clock): () => Promise<readonly RunRecord[]> {
	let unaccounted: readonly RunRecord[] | undefined = [];
	return async () => {
		const recovered = await store.recover();
		if (unaccounted || recovered.length > 0) {
			const due = [...(unaccounted ?? []), ...recovered];
			unaccounted = undefined;
			try {
				await settleClaims(due, store, ledger, clock);
			} catch (error) {
				if (!(error instanceof StorageError)) {
					throw error;
				}
				// The reservations count until then, which errs on the safe side.
				unaccounted = due;
			}
		}
		return recovered;
	};
}

/** Adds the lines that the ledger misses of runs that are over. */
async function settleClaims(recovered: readonly RunRecord[], store: RunStore, ledger: RecoveryLedger, clock: Clock): Promise<void> {
	const at = new Date(clock.now()).toISOString();
	const months = new Set([...recovered.map(({ startedAt }) => startedAt.slice(0, 7)), ...lastMonths(at)]);
	const entries = (await Promise.all([...months].map(month => ledger.read(month)))).flat();
	for (const claim of openClaims(entries)) {
		const record = (await store.open(claim.runId))?.record;
		if (record?.state === 'finished') {
			await ledger.append(settleEntry(record, at));
		}
	}
}

/** The month before and the month of an ISO time: a run that was settled without its line in the ledger began there. */
function lastMonths(at: string): readonly string[] {
	const before = new Date(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)) - 2, 1));
	return [before.toISOString().slice(0, 7), at.slice(0, 7)];
}

function openClaims(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
	const settled = new Set(entries.filter(({ type }) => type === 'settle').map(({ runId }) => runId));
	return entries.filter(({ type, runId }) => type === 'claim' && !settled.has(runId));
}
