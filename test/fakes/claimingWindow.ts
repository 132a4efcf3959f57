import { join } from 'node:path';
import type { LedgerEntry } from '../../src/core/run/records';
import { createFileLedger } from '../../src/host/records/fileLedger';
import { usualLockTimes, withLock } from '../../src/host/records/ledgerLock';
import { createOwnerId, isOwnerAlive } from '../../src/host/records/owner';
import { diskFiles } from '../../src/host/records/recordFiles';

/** What a window is to do that runs as a process of its own. */
export type WindowTask = ClaimingTask | { readonly kind: 'hold'; readonly root: string };

/** Claims, as many as there can be. */
export interface ClaimingTask {
	readonly kind: 'claim';
	readonly root: string;
	readonly name: string;
	/** How often it claims a dollar. */
	readonly attempts: number;
	/** How many dollars may be claimed by all windows together. */
	readonly limit: number;
}

/** The time that all claims bear. */
export const claimedAt = '2026-11-20T09:30:11.000Z';

/** Claims as often as it is told, and resolves to how many claims passed. */
export async function claimAll({ root, name, attempts, limit }: ClaimingTask): Promise<number> {
	const ledger = createFileLedger(root);
	const claim = (number: number): Promise<string | undefined> => {
		const entry: LedgerEntry = {
			type: 'claim',
			at: claimedAt,
			runId: `${name}-${number}`,
			connection: 'work',
			model: 'gpt-image-2',
			reservedUsd: 1,
		};
		return ledger.appendUnless(entry, { months: ['2026-11'], since: '2026-11-20T00:00:00.000Z' }, entries =>
			entries.length < limit ? undefined : 'full',
		);
	};
	const objections = await Promise.all(Array.from({ length: attempts }, (_, number) => claim(number)));
	return objections.filter(objection => objection === undefined).length;
}

/** Takes the ledger for itself and never gives it back. */
function hold(root: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const holder = { ...usualLockTimes, ownerId: createOwnerId(), isOwnerAlive };
		withLock(diskFiles, join(root, 'lock'), holder, () => {
			resolve(0);
			return new Promise<never>(() => undefined);
		}).catch(reject);
	});
}

// As a process: says that it is there, waits for its task, and answers.
if (process.argv[2] === 'claiming-window') {
	process.once('message', (task: WindowTask) => {
		const done = task.kind === 'hold' ? hold(task.root) : claimAll(task);
		void done.then(passed => process.send?.({ passed }));
	});
	process.on('disconnect', () => process.exit());
	process.send?.('ready');
}
