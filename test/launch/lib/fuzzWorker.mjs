// Runs in a worker: tries one target with input after input. Each is laid where the watchdog sees it before it is tried.
import { Buffer } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

const { module, seed, from, to, input: given, state, room } = workerData;
const counter = new Int32Array(state);
const shared = new Uint8Array(room);
const maxMistakes = 10;

const { target } = await import(module);

const reached = {};
const seen = new Set();
let slowest = { ms: 0, bytes: 0 };
let waiting;
process.on('unhandledRejection', error => tellMistake(waiting, error));

for (let index = from; index < to && seen.size < maxMistakes; index++) {
	const input = given ?? target.inputOf(seed, index);
	waiting = { index, input };
	show(input, index);
	const start = performance.now();
	try {
		const found = target.tryInput(input);
		const depth = typeof found === 'string' ? found : await found;
		reached[depth] = (reached[depth] ?? 0) + 1;
	} catch (error) {
		tellMistake(waiting, error);
	}
	const ms = performance.now() - start;
	slowest = ms > slowest.ms ? { ms, bytes: input.length } : slowest;
	if ((index & 0xfff) === 0xfff) {
		// Rejections that nobody hears of are only told between turns.
		await new Promise(resolve => setImmediate(resolve));
	}
}
await new Promise(resolve => setImmediate(resolve));
parentPort.postMessage({ kind: 'end', reached, slowest, isGivenUp: seen.size >= maxMistakes });

function show(input, index) {
	shared.set(input.length > shared.length ? input.subarray(0, shared.length) : input);
	Atomics.store(counter, 1, Math.min(input.length, shared.length));
	Atomics.store(counter, 0, index + 1);
}

/** One that stands at the same place in the code as an earlier one is told once. */
function tellMistake({ index, input }, error) {
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const place = /\n\s+at [^]*/.exec(stack)?.[0].split('\n').slice(1, 4).join('\n') ?? stack;
	if (!seen.has(place)) {
		seen.add(place);
		parentPort.postMessage({ kind: 'mistake', index, input: Buffer.from(input).toString('base64'), stack: stack.slice(0, 3000) });
	}
}
