import { Buffer } from 'node:buffer';
import process from 'node:process';
import { Worker } from 'node:worker_threads';

const tickMs = 100;
const largestInput = 2 ** 20;

/**
 * Tries one target with the inputs number `from` to `to` of `seed`, in a worker of limited memory. An input that keeps the worker
 * busy for more than `hangMs` of processor time is a hang; the worker is ended then, and another one goes on behind it.
 *
 * @param {{ module: string, seed: number, runs: number, input?: Uint8Array, hangMs?: number, memoryMb?: number }} options
 *   `module`: address of one that exports a `target`; `input`: this one alone
 * @returns {Promise<{ executions: number, mistakes: { index: number, input: string, stack: string }[], reached: Record<string, number>, slowest: { ms: number, bytes: number }, seconds: number }>}
 */
export async function runTarget({ module, seed, runs, input, hangMs = 1000, memoryMb = 256 }) {
	const start = Date.now();
	const result = { executions: 0, mistakes: [], reached: {}, slowest: { ms: 0, bytes: 0 }, seconds: 0 };
	const end = input ? 1 : runs;
	for (let from = 0; from < end && result.mistakes.length < 20;) {
		const leg = await runLeg({ module, seed, from, to: end, input, hangMs, memoryMb });
		result.mistakes.push(...leg.mistakes);
		for (const [depth, count] of Object.entries(leg.reached)) {
			result.reached[depth] = (result.reached[depth] ?? 0) + count;
		}
		result.slowest = leg.slowest.ms > result.slowest.ms ? leg.slowest : result.slowest;
		result.executions += leg.next - from;
		from = leg.isGivenUp ? end : leg.next;
	}
	return { ...result, seconds: (Date.now() - start) / 1000 };
}

/** Until everything is tried, or the worker is lost. `next`: the number of the first input that was not tried. */
function runLeg({ module, seed, from, to, input, hangMs, memoryMb }) {
	const state = new SharedArrayBuffer(8);
	const room = new SharedArrayBuffer(largestInput);
	const counter = new Int32Array(state);
	const mistakes = [];
	const worker = new Worker(new URL('./fuzzWorker.mjs', import.meta.url), {
		workerData: { module, seed, from, to, input, state, room },
		resourceLimits: { maxOldGenerationSizeMb: memoryMb },
	});
	const current = () => Buffer.from(new Uint8Array(room).slice(0, Atomics.load(counter, 1))).toString('base64');
	return new Promise((resolve, reject) => {
		const settle = leg => {
			clearInterval(watch);
			void worker.terminate().then(() => resolve({ mistakes, reached: {}, slowest: { ms: 0, bytes: 0 }, ...leg }));
		};
		const lose = stack => {
			const next = Atomics.load(counter, 0);
			if (next === 0) {
				clearInterval(watch);
				reject(new Error(`The target could not be loaded: ${stack}`));
				return;
			}
			mistakes.push({ index: next - 1, input: current(), stack });
			settle({ next });
		};
		const watch = watchProgress(counter, hangMs, () => lose(`Hang: busy with this input for more than ${hangMs} ms.`));
		worker.on('message', message => {
			if (message.kind === 'mistake') {
				mistakes.push(message);
			} else {
				settle({ ...message, next: message.isGivenUp ? Atomics.load(counter, 0) : to });
			}
		});
		worker.on('error', error => lose(error.stack ?? String(error)));
	});
}

/**
 * Calls `onHang` when nothing but one input was worked on for so long. Processor time counts, so that a machine that has no time for
 * us is no hang; a worker that waits for something that never comes is found by the clock instead.
 */
function watchProgress(counter, hangMs, onHang) {
	let last = 0;
	let since = { cpu: process.cpuUsage(), time: Date.now() };
	return setInterval(() => {
		const now = Atomics.load(counter, 0);
		if (now !== last || now === 0) {
			last = now;
			since = { cpu: process.cpuUsage(), time: Date.now() };
			return;
		}
		const { user, system } = process.cpuUsage(since.cpu);
		if ((user + system) / 1000 > hangMs || Date.now() - since.time > 60 * hangMs) {
			onHang();
		}
	}, tickMs);
}
