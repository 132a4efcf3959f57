import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLedgerLine } from '../../core/run/parseLedgerLine';
import type { Ledger, LedgerEntry } from '../../core/run/records';
import { diskFiles, errorCode, onDisk, type RecordFiles } from './recordFiles';

const newline = 0x0a;

/**
 * One JSON-lines file per month (UTC) under `root`. Each line is appended by a single write, so that several processes can
 * share the file; a line that a dying process left torn is closed before the next one, and skipped when read.
 */
export function createFileLedger(root: string, files: RecordFiles = diskFiles): Ledger {
	let turn: Promise<void> = Promise.resolve();
	return {
		append(entry) {
			const path = join(root, `${entry.at.slice(0, 7)}.jsonl`);
			const done = turn.then(() => onDisk(path, () => appendLine(files, root, path, JSON.stringify(entry))));
			// The next line's turn comes however this one ends; whoever asked for this one sees its error.
			turn = done.catch(() => undefined);
			return done;
		},
		read: month => readMonth(join(root, `${month}.jsonl`)),
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

async function readMonth(path: string): Promise<readonly LedgerEntry[]> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return [];
		}
		throw error;
	}
	return settledOnce(text.split('\n').flatMap(line => parseLedgerLine(line) ?? []));
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
