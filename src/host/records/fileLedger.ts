import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLedgerLine } from '../../core/run/parseLedgerLine';
import type { Ledger, LedgerEntry } from '../../core/run/records';
import { refusedReading, usualLockTimes, withLock, type LockHolder } from './ledgerLock';
import { createOwnerId, isOwnerAlive } from './owner';
import { diskFiles, errorCode, onDisk, type RecordFiles } from './recordFiles';

const newline = 0x0a;

/**
 * One JSON-lines file per month (UTC) under `root`. Each line is appended by a single write, so that several processes can
 * share the file; a line that a dying process left torn is closed before the next one, and skipped when read.
 *
 * `holder` names this process in the lock under which it claims; no two ledgers may share one.
 */
export function createFileLedger(root: string, files: RecordFiles = diskFiles, holder: Partial<LockHolder> = {}): Ledger {
	const locking: LockHolder = { ...usualLockTimes, isOwnerAlive, ownerId: createOwnerId(), ...holder };
	const inTurn = takingTurns();
	const claimsInTurn = takingTurns();
	const append = (entry: LedgerEntry): Promise<void> => {
		const path = join(root, `${entry.at.slice(0, 7)}.jsonl`);
		return inTurn(() => onDisk(path, () => appendLine(files, root, path, JSON.stringify(entry))));
	};
	const parse = rememberingParser();
	const read = (month: string, since?: string): Promise<readonly LedgerEntry[]> => readMonth(join(root, `${month}.jsonl`), parse, since);
	return {
		append,
		read,
		appendUnless: (entry, { months, since }, objection) =>
			claimsInTurn(() =>
				withLock(files, join(root, 'lock'), locking, async confirm => {
					const entries = await Promise.all(months.map(month => read(month, since)));
					const objected = objection(entries.flat());
					if (objected === undefined) {
						confirm();
						await append(entry);
					}
					return objected;
				}),
			),
	};
}

/** Runs one piece of work after the other. */
function takingTurns(): <T>(work: () => Promise<T>) => Promise<T> {
	let turn: Promise<unknown> = Promise.resolve();
	return work => {
		const done = turn.then(work);
		// The next one's turn comes however this one ends; whoever asked for this one sees its error.
		turn = done.catch(() => undefined);
		return done;
	};
}

async function appendLine(files: RecordFiles, root: string, path: string, line: string): Promise<void> {
	await files.ensureFolder(root);
	const isTorn = await endsTorn(path);
	const file = await files.openForAppend(path);
	try {
		await file.write(new TextEncoder().encode(`${isTorn ? '\n' : ''}${line}\n`));
		await file.sync();
	} finally {
		await file.close();
	}
}

async function endsTorn(path: string): Promise<boolean> {
	const last = await lastByte(path);
	return last !== undefined && last !== newline;
}

/** `undefined`: the file is not there, or empty. */
async function lastByte(path: string): Promise<number | undefined> {
	let file;
	try {
		file = await open(path, 'r');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
	try {
		const { size } = await file.stat();
		const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
		return bytesRead === 1 ? buffer[0] : undefined;
	} finally {
		await file.close();
	}
}

/** Parses lines; those of the last two readings are not parsed again, for a ledger grows by few lines between two clicks. */
function rememberingParser(): (lines: readonly string[]) => readonly LedgerEntry[] {
	let before = new Map<string, LedgerEntry | undefined>();
	let last = before;
	return lines => {
		const known = new Map<string, LedgerEntry | undefined>();
		const parsed = lines.map(line => {
			const entry = last.get(line) ?? before.get(line) ?? parseLedgerLine(line);
			known.set(line, entry);
			return entry;
		});
		[before, last] = [last, known];
		return parsed.filter(entry => entry !== undefined);
	};
}

async function readMonth(
	path: string,
	parse: (lines: readonly string[]) => readonly LedgerEntry[],
	since?: string,
): Promise<readonly LedgerEntry[]> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return [];
		}
		throw refusedReading(error, path);
	}
	const lines = text.split('\n');
	const wanted = since === undefined ? lines : lines.filter(line => !isOlder(line, since));
	return settledOnce(parse(wanted));
}

/** What we write begins with type and time; a line that does not is looked at as a whole. */
const beginning = /^\{"type":"\w+","at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/;

function isOlder(line: string, since: string): boolean {
	const at = beginning.exec(line)?.[1];
	return at !== undefined && at < since;
}

/** Windows that start at the same moment may both add the missing line of a dead one's run: the first one counts. */
function settledOnce(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
	const settled = new Set<string>();
	return entries.filter(({ type, runId }) => {
		const isRepeated = type === 'settle' && settled.has(runId);
		if (type === 'settle') {
			settled.add(runId);
		}
		return !isRepeated;
	});
}
