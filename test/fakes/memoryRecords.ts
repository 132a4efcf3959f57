import type { Ledger, LedgerEntry, RunFolder, RunRecord, RunRecordChange, RunStore } from '../../src/core/run/records';
import { isUndecided } from '../../src/core/run/isUndecided';
import { StorageError } from '../../src/core/run/storageError';

/** What was written durably, in order, such as `run claimed`, `ledger claim`, `run left`, `sent 0`. */
export type Journal = string[];

/** Decides which writes the disk refuses; it is asked with the line that would stand in the journal. */
export type Refusal = (line: string) => boolean;

/** Runs in memory. Every write takes a turn of the event loop, as on a disk. */
export class MemoryRunStore implements RunStore {
	readonly runs = new Map<string, MemoryRunFolder>();
	readonly #journal: Journal;
	readonly #refuses: Refusal;

	constructor(journal: Journal = [], refuses: Refusal = () => false) {
		this.#journal = journal;
		this.#refuses = refuses;
	}

	async create(record: Omit<RunRecord, 'version' | 'owner'>): Promise<RunFolder> {
		await write(this.#journal, this.#refuses, 'run created');
		const folder = new MemoryRunFolder({ version: 1, owner: 'test', ...record }, this.#journal, this.#refuses);
		this.runs.set(record.runId, folder);
		return folder;
	}

	async open(runId: string): Promise<RunFolder | undefined> {
		return Promise.resolve(this.runs.get(runId));
	}

	async list(limit?: number): Promise<readonly RunRecord[]> {
		const records = [...this.runs.values()].map(({ record }) => record).reverse();
		return Promise.resolve(records.slice(0, limit));
	}

	async recover(): Promise<readonly RunRecord[]> {
		return Promise.resolve([]);
	}

	async undecided(): Promise<readonly RunRecord[]> {
		return (await this.list()).filter(isUndecided);
	}
}

class MemoryRunFolder implements RunFolder {
	readonly path = '/runs/one';
	readonly spool = {
		open: () => {
			throw new Error('The scripted provider brings its pictures along.');
		},
	};
	readonly #journal: Journal;
	readonly #refuses: Refusal;
	#record: RunRecord;

	constructor(record: RunRecord, journal: Journal, refuses: Refusal) {
		this.#record = record;
		this.#journal = journal;
		this.#refuses = refuses;
	}

	get runId(): string {
		return this.#record.runId;
	}

	get record(): RunRecord {
		return this.#record;
	}

	async update(change: RunRecordChange): Promise<void> {
		await write(this.#journal, this.#refuses, `run ${change.state ?? Object.keys(change).join(' ')}`);
		this.#record = { ...this.#record, ...change };
	}

	locate(fileName: string) {
		return { path: `${this.path}/${fileName}`, uri: `file://${this.path}/${fileName}` };
	}
}

/** A ledger in memory that shares its journal with the store. */
export class MemoryLedger implements Ledger {
	readonly entries: LedgerEntry[] = [];
	readonly #journal: Journal;
	readonly #refuses: Refusal;

	constructor(journal: Journal = [], refuses: Refusal = () => false) {
		this.#journal = journal;
		this.#refuses = refuses;
	}

	async append(entry: LedgerEntry): Promise<void> {
		await write(this.#journal, this.#refuses, `ledger ${entry.type}`);
		this.entries.push(entry);
	}

	async read(month: string, since = ''): Promise<readonly LedgerEntry[]> {
		return Promise.resolve(this.entries.filter(({ at }) => at.startsWith(month) && at >= since));
	}

	async appendUnless<T>(
		entry: LedgerEntry,
		{ months, since }: { readonly months: readonly string[]; readonly since: string },
		objection: (entries: readonly LedgerEntry[]) => T | undefined,
	): Promise<T | undefined> {
		const entries = await Promise.all(months.map(month => this.read(month, since)));
		const objected = objection(entries.flat());
		if (objected === undefined) {
			await this.append(entry);
		}
		return objected;
	}
}

async function write(journal: Journal, refuses: Refusal, line: string): Promise<void> {
	await new Promise(resolve => setImmediate(resolve));
	if (refuses(line)) {
		throw new StorageError('The disk is full.');
	}
	journal.push(line);
}
