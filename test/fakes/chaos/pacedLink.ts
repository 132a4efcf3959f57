import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Writable } from 'node:stream';
import type { Pace } from './faults';

const latencyMs = 10;
const trickle = { bytes: 2048, everyMs: 1 };
const sliceBytes = 97;

/** Writes at a pace. Resolves when everything is handed over, or the stream is gone. */
export async function writePaced(to: Writable, bytes: Uint8Array, pace: Pace | undefined): Promise<void> {
	switch (pace) {
		case undefined:
			return write(to, bytes);
		case 'latency':
			await sleep(latencyMs);
			return write(to, bytes);
		case 'bandwidth':
			for (let start = 0; start < bytes.length && !to.destroyed; start += trickle.bytes) {
				await sleep(trickle.everyMs);
				await write(to, bytes.subarray(start, start + trickle.bytes));
			}
			return;
		case 'slicer':
			for (let start = 0; start < bytes.length && !to.destroyed; start += sliceBytes) {
				await write(to, bytes.subarray(start, start + sliceBytes));
				// Whoever reads gets a turn in between, so that it sees the slices one by one.
				await new Promise(resolve => setImmediate(resolve));
			}
			return;
	}
}

function write(to: Writable, bytes: Uint8Array): Promise<void> {
	return new Promise(resolve => {
		to.write(bytes, () => resolve());
	});
}

function sleep(ms: number): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, ms));
}

/** A client's socket as the proxy sees it. What is written, below TLS too, leaves at the pace of the moment. */
export class PacedLink extends Duplex {
	pace: Pace | undefined;
	readonly #socket: Socket;
	readonly #heard: Promise<void>;

	constructor(socket: Socket) {
		super();
		this.#socket = socket;
		socket.setNoDelay(true);
		this.#heard = new Promise(resolve => socket.once('data', () => resolve()));
		socket.on('data', (bytes: Buffer) => {
			if (!this.push(bytes)) {
				socket.pause();
			}
		});
	}

	/** Resolves when the client has said something. */
	get heard(): Promise<void> {
		return this.#heard;
	}

	/** Takes whatever the client says from now on, and does nothing with it. */
	deafen(): void {
		this.#socket.removeAllListeners('data');
		this.#socket.resume();
	}

	override _read(): void {
		this.#socket.resume();
	}

	override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		void writePaced(this.#socket, bytes, this.pace).then(() => done());
	}

	override _final(done: (error?: Error | null) => void): void {
		this.#socket.end(() => done());
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		this.#socket.destroy();
		done(error);
	}
}
