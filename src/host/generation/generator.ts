import * as vscode from 'vscode';
import type { Connection, HostKind } from '../../core/connection/connection';
import type { Plan } from '../../core/plan/plan';
import { executeRun, type RunPorts, type RunSnapshot } from '../../core/run/executeRun';
import type { ImageProvider } from '../../core/run/ports';
import type { RunResult } from '../../core/run/runResult';
import type { Connections } from '../connections/connections';
import { runSourceOf } from '../sessions/promptOrigin';
import type { PromptSession } from '../sessions/promptSession';
import type { RunningRuns } from './runningRuns';
import type { GenerateOptions, SessionPlans } from './sessionPlans';
import { failedBefore, unplanned } from './unstarted';

/** Everything of a run that does not depend on the connection. */
export type RunMachinery = Omit<RunPorts, 'provider'> & {
	providerFor(kind: HostKind): ImageProvider;
	/** Hears how every run ended. */
	report(result: RunResult): void;
	/** The user's settings at this moment. */
	limits(): { readonly timeoutMs: number; readonly keepPrompts: boolean };
};

/** Carries a session's prompt through plan, credential and run. */
export class Generator {
	readonly #plans: SessionPlans;
	readonly #connections: Connections;
	readonly #machinery: RunMachinery;
	readonly #running: RunningRuns;

	constructor(plans: SessionPlans, connections: Connections, running: RunningRuns, machinery: RunMachinery) {
		this.#plans = plans;
		this.#connections = connections;
		this.#running = running;
		this.#machinery = machinery;
	}

	/** Runs the session's prompt once; `onStart` is called when the session has the new run's record. The result is never an exception for anything that a user or a host can cause. */
	async generate(session: PromptSession, options: GenerateOptions, onStart: () => void): Promise<RunResult> {
		if (!vscode.workspace.isTrusted) {
			return failedBefore({
				kind: 'notPermitted',
				code: 'untrustedWorkspace',
				message: vscode.l10n.t('This workspace is not trusted, so nothing was sent. Trust it to generate pictures.'),
			});
		}
		const planned = await this.#plans.plan(session, options);
		return planned.kind === 'ready' ? this.#run(session, planned.plan, onStart) : unplanned(planned);
	}

	async #run(session: PromptSession, plan: Plan, onStart: () => void): Promise<RunResult> {
		const credential = await this.#connections.credentialFor(plan.connection);
		if (!credential.ok) {
			return failedBefore(credential.failure, plan);
		}
		const settings = this.#machinery.limits();
		const runId = this.#machinery.newRunId();
		let isStarted = false;
		const show = (snapshot: RunSnapshot): void => {
			if (!isStarted) {
				isStarted = true;
				session.setRun(snapshot);
				this.#running.announce();
				onStart();
			} else if (session.run?.record.runId === runId) {
				// Otherwise a later run has taken its place; callers in code may start several.
				session.setRun(snapshot);
			}
		};
		const result = await this.#running.hold(runId, (signal, onCountdown) =>
			executeRun(
				{
					plan,
					credential: credential.value,
					source: runSourceOf(session.origin),
					timeoutMs: settings.timeoutMs,
					keepPrompt: settings.keepPrompts,
				},
				{ ...this.#machinery, newRunId: () => runId, provider: this.#provider(plan.connection) },
				{ signal, onCountdown, onChange: show },
			),
		);
		this.#machinery.report(result);
		return result;
	}

	#provider(connection: Connection): ImageProvider {
		return this.#machinery.providerFor(connection.kind);
	}
}
