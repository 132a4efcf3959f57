import { fork, type ChildProcess } from 'node:child_process';
import type { Deed, Order } from './doomed';

/** What a process did before its end. */
export interface Life {
	readonly deeds: readonly Deed[];
	/** Where it was killed. `undefined`: it came through. */
	readonly diedAt: string | undefined;
}

/**
 * Processes that run `script`, each for one order. The next one is started while the last is still at work, as starting takes longer than
 * dying.
 */
export class DeathRow {
	readonly #script: string;
	#next: ChildProcess | undefined;

	constructor(script: string) {
		this.#script = script;
	}

	/** Resolves when the process is gone. */
	async run(order: Order): Promise<Life> {
		const child = this.#take();
		const output: Buffer[] = [];
		const complaints: Buffer[] = [];
		child.stdout?.on('data', (bytes: Buffer) => output.push(bytes));
		child.stderr?.on('data', (bytes: Buffer) => complaints.push(bytes));
		const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (_code, signal) => resolve(signal));
		});
		child.send(order); // It is kept until the process listens.
		const signal = await ended;
		const lines = Buffer.concat(output).toString().split('\n').filter(Boolean);
		const deeds = lines.map(line => JSON.parse(line) as Deed);
		const last = deeds.at(-1);
		if (last?.kind === 'died' && signal === 'SIGKILL') {
			return { deeds, diedAt: last.point };
		}
		if (last?.kind !== 'survived') {
			throw new Error(`The process ended by itself: ${signal ?? ''} ${Buffer.concat(complaints).toString()}`);
		}
		return { deeds, diedAt: undefined };
	}

	/** Ends the process that waits. */
	close(): void {
		this.#next?.kill('SIGKILL');
		this.#next = undefined;
	}

	#take(): ChildProcess {
		const child = this.#next ?? this.#start();
		this.#next = this.#start();
		return child;
	}

	#start(): ChildProcess {
		return fork(this.#script, { silent: true, execArgv: [] });
	}
}
