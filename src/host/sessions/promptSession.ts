import * as vscode from 'vscode';
import type { PlanOutcome } from '../../core/plan/plan';
import type { RunFailure } from '../../core/run/failure';
import type { RunSnapshot } from '../../core/run/executeRun';
import type { RunResult } from '../../core/run/runResult';
import type { RunRecord } from '../../core/run/records';
import type { Session, SessionSnapshot } from '../panel/session';
import { runSourceOf, type PromptOrigin } from './promptOrigin';

/** What the outside knows of a session's prompt at one moment. */
export interface PromptView {
	/** As written, without front matter. */
	readonly prompt: string;
	readonly outcome: PlanOutcome;
	readonly isTrusted: boolean;
	readonly isFirstRun: boolean;
}

/** One prompt, its plan, and the newest run of it. */
export class PromptSession implements Session {
	readonly id: string;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly onDidChange = this.#changed.event;
	#origin: PromptOrigin;
	#view: PromptView | undefined;
	#run: RunSnapshot | undefined;
	#failure: RunFailure | undefined;
	#underWay: Promise<RunResult> | undefined;

	constructor(id: string, origin: PromptOrigin) {
		this.id = id;
		this.#origin = origin;
	}

	get origin(): PromptOrigin {
		return this.#origin;
	}

	get run(): RunSnapshot | undefined {
		return this.#run;
	}

	/** The newest run that is being prepared or under way in this window. */
	get underWay(): Promise<RunResult> | undefined {
		return this.#underWay;
	}

	get snapshot(): SessionSnapshot {
		const view = this.#view;
		const recorded = this.#run?.record.prompt;
		return {
			title: titleOf(this.#origin),
			prompt: view?.prompt ?? recorded ?? '',
			...(view ? { outcome: view.outcome } : {}),
			...(this.#run ? { run: this.#run } : {}),
			...(this.#failure ? { failure: this.#failure } : {}),
			isTrusted: view?.isTrusted ?? vscode.workspace.isTrusted,
			isFirstRun: view?.isFirstRun ?? false,
			canOpenPrompt: runSourceOf(this.#origin).kind !== 'input',
		};
	}

	/** Knows `run` as under way as long as it lasts, and returns it. */
	hold(run: Promise<RunResult>): Promise<RunResult> {
		const held = run.finally(() => {
			if (this.#underWay === held) {
				this.#underWay = undefined;
			}
		});
		this.#underWay = held;
		return held;
	}

	/** A later prompt of the same document or input box takes the place of the former. */
	setOrigin(origin: PromptOrigin): void {
		this.#origin = origin;
		this.#changed.fire();
	}

	/** The prompt was looked at anew; what stopped an earlier attempt may be mended. */
	setView(view: PromptView | undefined): void {
		this.#view = view;
		this.#failure = undefined;
		this.#changed.fire();
	}

	setRun(run: RunSnapshot | undefined): void {
		this.#run = run;
		this.#failure = undefined;
		this.#changed.fire();
	}

	/** A run that is shown was changed on disk; one that is no longer shown stays in the background. */
	showRecord(record: RunRecord): void {
		if (this.#run?.record.runId === record.runId) {
			this.setRun({ record });
		}
	}

	/** Nothing was started, for this reason. The former run stays known. */
	setFailure(failure: RunFailure): void {
		this.#failure = failure;
		this.#changed.fire();
	}

	dispose(): void {
		this.#changed.dispose();
	}
}

function titleOf(origin: PromptOrigin): string {
	const source = runSourceOf(origin);
	return source.kind === 'input' ? 'Image Prompt' : `${baseName(source.uri)} — Image Prompt`;
}

function baseName(uri: string): string {
	const path = vscode.Uri.parse(uri).path;
	return path.slice(path.lastIndexOf('/') + 1);
}
