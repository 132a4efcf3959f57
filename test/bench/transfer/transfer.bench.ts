import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startImagesApiServer } from '../../fakes/imagesApiServer';
import { median } from '../bench';
import type { Bench, Measurement } from '../bench';
import { runClient } from './client';
import type { ClientReport, ClientTask } from './client';

const pictureBytes = 25_000_000;
/** The plain way takes seconds where ours takes a tenth of one. */
const repetitions: Readonly<Record<ClientTask['way'], number>> = { ours: 3, 'plain SDK': 1 };

/**
 * A picture of 25 MB from the host's last byte to the file under its final name, beside the plain way with the SDK. Server
 * and client are processes of their own; every measurement has a fresh client.
 */
export const bench: Bench = {
	title: 'Transfer of a 25 MB picture',
	async measure() {
		const folder = await mkdtemp(join(tmpdir(), 'imgprompt-transfer-'));
		const server = fork(fileURLToPath(import.meta.url), ['transfer-server']);
		try {
			const baseUrl = await answerOf<string>(server);
			const measurements: Measurement[] = [];
			const floor = await median3(() => writeSafely(folder));
			for (const stream of [false, true]) {
				for (const count of [1, 4]) {
					measurements.push(...(await compare({ baseUrl, folder, stream, count }, server, floor)));
				}
			}
			return measurements;
		} finally {
			server.kill();
			await rm(folder, { recursive: true, force: true });
		}
	},
};

type Setting = Omit<ClientTask, 'way'>;
type Figures = Readonly<Record<'toFileMs' | 'peakMegabytes' | 'stallMs', number>>;

async function compare(setting: Setting, server: ChildProcess, floor: number): Promise<readonly Measurement[]> {
	const ours = await figures({ ...setting, way: 'ours' }, server);
	const sdk = await figures({ ...setting, way: 'plain SDK' }, server);
	const name = `${setting.stream ? 'stream' : 'plain'}, ${setting.count} at once`;
	const beside = (figure: keyof Figures) => ({ ours: ours[figure], others: { 'plain SDK': sdk[figure] } });
	const toFile = beside('toFileMs');
	return [
		setting.count === 1
			? {
					quantity: `${name}: last byte → file`,
					unit: 'ms',
					...toFile,
					goal: 60,
					others: { ...toFile.others, 'fsync + rename': floor },
				}
			: { quantity: `${name}: last byte → file`, unit: 'ms', ...toFile },
		{ quantity: `${name}: peak memory added`, unit: 'MB', ...beside('peakMegabytes'), goal: setting.count === 1 ? 48 : 120 },
		{ quantity: `${name}: longest stall`, unit: 'ms', ...beside('stallMs'), ...(setting.count === 1 ? { goal: 16 } : {}) },
	];
}

async function figures(task: ClientTask, server: ChildProcess): Promise<Figures> {
	const runs: Figures[] = [];
	for (let run = 0; run < repetitions[task.way]; run++) {
		server.send('forget');
		const client = fork(fileURLToPath(import.meta.url), ['transfer-client', JSON.stringify(task)], { execArgv: ['--expose-gc'] });
		const { doneAt, peakMegabytes, stallMs } = await answerOf<ClientReport>(client);
		server.send('report');
		const sentAt = await answerOf<readonly number[]>(server);
		runs.push({ toFileMs: Math.max(...doneAt) - Math.max(...sentAt), peakMegabytes, stallMs });
		await Promise.all((await readdir(task.folder)).map(file => rm(join(task.folder, file))));
	}
	const middle = (figure: keyof Figures) => median(runs.map(run => run[figure]));
	return { toFileMs: middle('toFileMs'), peakMegabytes: middle('peakMegabytes'), stallMs: middle('stallMs') };
}

/** The next message of a child; rejects when it ends without one. */
function answerOf<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const onExit = (code: number | null) => reject(new Error(`A process of the bench ended with ${code ?? 'a signal'}.`));
		child.once('exit', onExit);
		child.once('message', message => {
			child.off('exit', onExit);
			resolve(message as T);
		});
	});
}

async function median3(measure: () => Promise<number>): Promise<number> {
	return median([await measure(), await measure(), await measure()]);
}

/** What the disk needs at least when everything arrives at once. */
async function writeSafely(folder: string): Promise<number> {
	const handle = await open(join(folder, 'floor.part'), 'w');
	await handle.writeFile(Buffer.alloc(pictureBytes, 'picture'));
	const start = performance.now();
	await handle.sync();
	await handle.close();
	await rename(join(folder, 'floor.part'), join(folder, 'floor'));
	const elapsed = performance.now() - start;
	await rm(join(folder, 'floor'));
	return elapsed;
}

/** Sends its address, and on `report` when it had handed over the last byte of each large picture. */
async function serve(): Promise<void> {
	const server = await startImagesApiServer({ usual: { pictureBytes } });
	let first = 0;
	process.on('message', message => {
		if (message === 'forget') {
			first = server.requests.length + 1; // one small picture comes before the large ones
			server.behave({ pictureBytes: 1 });
		} else {
			const sent = server.requests
				.slice(first)
				.map(({ finishedAt, closedEarlyAt }) => performance.timeOrigin + (finishedAt ?? closedEarlyAt ?? Number.NaN));
			process.send?.(sent);
		}
	});
	process.send?.(server.baseUrl);
}

const [, , part, task = ''] = process.send ? process.argv : [];
if (part === 'transfer-server') {
	await serve();
} else if (part === 'transfer-client') {
	process.send?.(await runClient(JSON.parse(task) as ClientTask));
	process.disconnect();
}
