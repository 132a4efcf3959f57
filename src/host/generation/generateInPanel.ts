import type { Plan } from '../../core/plan/plan';
import { failure, success, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { RunRecord } from '../../core/run/records';
import type { RunResult } from '../../core/run/runResult';
import type { PanelManager } from '../panel/panelManager';
import { announcePictures } from '../sessions/announcePictures';
import type { PromptOrigin } from '../sessions/promptOrigin';
import type { PromptSession } from '../sessions/promptSession';
import type { SessionRegistry } from '../sessions/sessionRegistry';
import type { Generator } from './generator';
import type { GenerateOptions, SessionPlans } from './sessionPlans';
import { unplanned } from './unstarted';

/** Opens the panel beside the source and runs the prompt in it: the one way by which a run begins. */
export class GenerateInPanel {
	readonly #sessions: SessionRegistry;
	readonly #panels: PanelManager;
	readonly #plans: SessionPlans;
	readonly #generator: Generator;

	constructor(sessions: SessionRegistry, panels: PanelManager, plans: SessionPlans, generator: Generator) {
		this.#sessions = sessions;
		this.#panels = panels;
		this.#plans = plans;
		this.#generator = generator;
	}

	/** Runs `origin`. A failure is shown in the panel, not in a notification as well. */
	async run(origin: PromptOrigin, options: GenerateOptions): Promise<RunResult> {
		const session = await this.#sessions.open(origin);
		this.#panels.show(session, { preserveFocus: true });
		return this.runSession(session, options);
	}

	/**
	 * Runs a session whose panel is open. A person who presses again while a run is under way, or is being prepared, pays for
	 * one picture: the second press joins the first. Code may have its reasons and gets what it asks for.
	 */
	runSession(session: PromptSession, options: GenerateOptions): Promise<RunResult> {
		return (options.isInteractive && session.underWay) || session.hold(this.#runNow(session, options));
	}

	/** Shows the panel of a prompt as it is, or with a run from the disk where it shows none. Sends nothing. */
	async reveal(origin: PromptOrigin, record?: RunRecord): Promise<void> {
		const session = await this.#sessions.open(origin);
		if (record && !session.run) {
			session.setRun({ record });
			await announcePictures(record.pictures);
			await this.#sessions.keep(session);
		}
		await this.#plans.plan(session, { isInteractive: false });
		this.#panels.show(session, { preserveFocus: false });
	}

	/** Shows one run from the disk, whatever its panel showed before. Sends nothing. */
	async showRun(record: RunRecord): Promise<void> {
		const session = await this.#sessions.openRun(record);
		await announcePictures(record.pictures);
		await this.#plans.plan(session, { isInteractive: false });
		this.#panels.show(session, { preserveFocus: false });
	}

	/** Shows what a run would send and cost, and returns it. Sends nothing. */
	async preview(origin: PromptOrigin): Promise<Result<Plan, RunFailure>> {
		const session = await this.#sessions.open(origin);
		if (!session.underWay) {
			session.setRun(undefined);
		}
		const planned = await this.#plans.plan(session, { isInteractive: false });
		this.#panels.show(session, { preserveFocus: true });
		return planned.kind === 'ready' ? success(planned.plan) : failure(unplanned(planned).failure);
	}

	async #runNow(session: PromptSession, options: GenerateOptions): Promise<RunResult> {
		// Kept at once: a window that goes away now must find this run again, not the one before.
		let kept = Promise.resolve();
		const result = await this.#generator.generate(session, options, () => {
			kept = this.#sessions.keep(session);
		});
		await kept;
		if (result.runId === '' && result.failure) {
			session.setFailure(result.failure);
		}
		await announcePictures(result.images);
		await this.#sessions.keep(session);
		return result;
	}
}
