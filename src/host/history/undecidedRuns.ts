import * as vscode from 'vscode';
import type { RunRecord } from '../../core/run/records';
import { DisposableStore } from '../lifecycle';

/** Where undecided runs come from, and what may have changed them. */
export interface UndecidedRunsPorts {
	/** Settles what dead windows left, and gives the undecided runs, newest first. */
	read(): Promise<readonly RunRecord[]>;
	/** Each event is a reason to read again. */
	readonly changes: readonly vscode.Event<unknown>[];
	reportError(error: unknown): void;
}

/**
 * The runs that may have been billed and wait for a decision. What other windows do is seen when this one gets the focus: no
 * clock looks for it.
 */
export class UndecidedRuns implements vscode.Disposable {
	readonly #ports: UndecidedRunsPorts;
	readonly #disposables = new DisposableStore();
	readonly #changed = this.#disposables.add(new vscode.EventEmitter<void>());
	/** Other runs are undecided than before. */
	readonly onDidChange = this.#changed.event;
	#current: readonly RunRecord[] = [];
	#reading: Promise<void> | undefined;
	#isStale = false;

	constructor(ports: UndecidedRunsPorts) {
		this.#ports = ports;
		for (const change of ports.changes) {
			this.#disposables.add(change(() => void this.refresh()));
		}
		this.#disposables.add(vscode.window.onDidChangeWindowState(({ focused }) => focused && void this.refresh()));
	}

	/** As of the last look, newest first. */
	get current(): readonly RunRecord[] {
		return this.#current;
	}

	/** Looks again; one look at a time, and one more when something changed meanwhile. Never rejects. */
	refresh(): Promise<void> {
		this.#isStale = true;
		this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
		return this.#reading;
	}

	dispose(): void {
		this.#disposables.dispose();
	}

	async #readAll(): Promise<void> {
		while (this.#isStale) {
			this.#isStale = false;
			try {
				this.#take(await this.#ports.read());
			} catch (error) {
				// What was known stays known; the next change reads again.
				this.#ports.reportError(error);
			}
		}
	}

	#take(found: readonly RunRecord[]): void {
		const idsOf = (records: readonly RunRecord[]): string => records.map(({ runId }) => runId).join();
		const isOther = idsOf(found) !== idsOf(this.#current);
		this.#current = found;
		if (isOther) {
			this.#changed.fire();
		}
	}
}
