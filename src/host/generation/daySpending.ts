import * as vscode from 'vscode';
import { hasCeiling, type Ceilings } from '../../core/run/budget';
import type { Spent } from '../../core/run/budgetSpent';
import { todaysRuns } from './budgetTexts';

/** What a line about today's runs is made of. */
export interface DaySpendingPorts {
	/** Reads what today's runs have cost. */
	read(): Promise<Spent>;
	/** The user's ceilings at this moment. */
	ceilings(): Ceilings;
	reportError(error: unknown): void;
}

/** What today's runs have cost, as a line to show: `Today: $1.20 of $5.00`. Nothing is read as long as no ceiling is set. */
export class DaySpending implements vscode.Disposable {
	readonly #ports: DaySpendingPorts;
	readonly #changed = new vscode.EventEmitter<void>();
	/** `text` is another one. */
	readonly onDidChange = this.#changed.event;
	#text: string | undefined;
	#asked = 0;

	constructor(ports: DaySpendingPorts) {
		this.#ports = ports;
	}

	/** `undefined`: no ceiling is set, or nothing was read yet. */
	get text(): string | undefined {
		return this.#text;
	}

	/** Reads anew, and tells when the line has changed. */
	refresh(): void {
		this.#read(++this.#asked).catch((error: unknown) => this.#ports.reportError(error));
	}

	dispose(): void {
		this.#changed.dispose();
	}

	async #read(asked: number): Promise<void> {
		const ceilings = this.#ports.ceilings();
		const text = hasCeiling(ceilings) ? lineOf(await this.#ports.read(), ceilings) : undefined;
		if (asked === this.#asked && text !== this.#text) {
			this.#text = text;
			this.#changed.fire();
		}
	}
}

function lineOf(spent: Spent, ceilings: Ceilings): string {
	return todaysRuns(spent, ceilings, { t: (message, ...values) => vscode.l10n.t(message, ...values), locale: vscode.env.language });
}
