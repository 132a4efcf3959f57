import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../../src/core/run/records';
import { historyRows } from '../../../src/host/history/historyRow';
import { createFileRunStore } from '../../../src/host/records/fileRunStore';
import { createFileRetention } from '../../../src/host/records/retention';
import { newRunId } from '../../../src/host/records/runId';
import { finishedRecord } from '../../gallery/sessions';
import type { Bench, Measurement } from '../bench';

const runCount = 10_000;
const surplus = 100;

/** Runs of ten thousand minutes, each with a picture; a hundred of them wait for a decision. */
async function makeHistory(root: string): Promise<void> {
	const start = Date.UTC(2026, 0, 1);
	for (let number = 0; number < runCount; number++) {
		const record = recordAt(start + number * 60_000, number % 100 === 0);
		const folder = join(root, record.runId);
		await mkdir(folder, { recursive: true });
		await writeFile(join(folder, 'run.json'), JSON.stringify(record, undefined, '\t'));
		await writeFile(join(folder, 'final-0.png'), 'a picture');
	}
}

function recordAt(time: number, isUncertain: boolean): RunRecord {
	const record = finishedRecord(isUncertain ? { status: 'uncertain' } : {}, { startedAt: new Date(time).toISOString() });
	return { ...record, runId: newRunId(time), pictures: record.pictures.map(picture => ({ ...picture, fileName: 'final-0.png' })) };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** `npm run bench -- history`. The system has the files in its memory; a cold disk is slower. */
export const bench: Bench = {
	title: 'A history of 10,000 runs',
	async measure(): Promise<readonly Measurement[]> {
		const root = await mkdtemp(join(tmpdir(), 'imgprompt-history-'));
		try {
			await makeHistory(root);
			const runs = createFileRunStore({ root, ownerId: 'bench' });
			const lines = historyRows({ t: message => message, locale: 'en' });
			const retention = createFileRetention({ root, ownerId: 'bench', runs, shownRuns: async () => new Set() });
			const rows = async (limit: number) => (await runs.list(limit)).map(record => lines.rowOf(record, true));
			const row = async (quantity: string, work: () => Promise<unknown>, goal?: number): Promise<Measurement> => ({
				quantity,
				unit: 'ms',
				ours: await timeOf(work),
				...(goal === undefined ? {} : { goal }),
			});
			return [
				await row('open: the first 50 rows', () => rows(50), 100),
				await row('all of the 1,000 rows behind them', () => rows(1000)),
				await row('undecided runs, the first look', () => runs.undecided()),
				await row('undecided runs, every later look', () => runs.undecided(), 100),
				await row('nothing to remove by number', () => retention.prune({ maxRuns: runCount }), 100),
				await row('nothing to remove by size, the first look', () => retention.prune({ maxBytes: 1e15 })),
				await row('nothing to remove by size, every later look', () => retention.prune({ maxBytes: 1e15 }), 100),
				await row(`removing ${surplus} runs`, () => retention.prune({ maxRuns: runCount - surplus })),
			];
		} finally {
			await rm(root, { recursive: true, force: true });
		}
	},
};
