import * as vscode from 'vscode';
import { isUndecided } from '../../core/run/isUndecided';
import type { RunRecord, RunRecordChange, RunStore } from '../../core/run/records';

/** What shows a run and wants to know of a change to it. */
export interface RunViews {
	/** Views that show another run ignore it. */
	showRecord(record: RunRecord): void;
}

/** What a person decides about a run after its end; panels and lists hear of it. */
export class RunDecisions implements vscode.Disposable {
	readonly #runs: RunStore;
	readonly #views: RunViews;
	readonly #changed = new vscode.EventEmitter<RunRecord>();
	/** The record of a run was changed by a decision in this window. */
	readonly onDidChange = this.#changed.event;

	constructor(runs: RunStore, views: RunViews) {
		this.#runs = runs;
		this.#views = views;
	}

	/** An uncertain run is no longer listed as undecided. A run that is gone, or has another end, needs no decision. */
	async dismiss(runId: string): Promise<void> {
		const folder = await this.#runs.open(runId);
		if (folder && isUndecided(folder.record)) {
			await this.#change(runId, { isDismissed: true });
		}
	}

	/** A starred run is kept however old it gets. Rejects when the run is gone. */
	star(runId: string, isStarred: boolean): Promise<void> {
		return this.#change(runId, { isStarred });
	}

	dispose(): void {
		this.#changed.dispose();
	}

	async #change(runId: string, change: RunRecordChange): Promise<void> {
		const folder = await this.#runs.open(runId);
		if (!folder) {
			throw new Error(vscode.l10n.t('This run is no longer kept, so it can’t be changed.'));
		}
		await folder.update(change);
		this.#views.showRecord(folder.record);
		this.#changed.fire(folder.record);
	}
}
