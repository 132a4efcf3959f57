import * as vscode from 'vscode';
import type { Connection, HostKind } from '../../core/connection/connection';
import type { Plan } from '../../core/plan/plan';
import { executeRun, type RunPorts } from '../../core/run/executeRun';
import type { ImageProvider } from '../../core/run/ports';
import { failedResult, invalidResult } from '../../core/run/results';
import type { RunResult } from '../../core/run/runResult';
import type { Connections } from '../connections/connections';
import { runSourceOf } from '../sessions/promptOrigin';
import type { PromptSession } from '../sessions/promptSession';
import type { RunningRuns } from './runningRuns';
import type { SessionPlans } from './sessionPlans';

/** Everything of a run that does not depend on the connection. */
export type RunMachinery = Omit<RunPorts, 'provider'> & {
	providerFor(kind: HostKind): ImageProvider;
	/** The user's settings at this moment. */
	limits(): { readonly timeoutMs: number; readonly keepPrompts: boolean };
};

export interface GenerateOptions {
	/** A person is there to be asked which connection to use; code gets a failure instead. */
	readonly isInteractive: boolean;
	/** Values that take the place of the file's `vars`. */
	readonly variables?: Readonly<Record<string, string>>;
}

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

	/** Runs the session's prompt once. The result is never an exception for anything that a user or a host can cause. */
	async generate(session: PromptSession, options: GenerateOptions): Promise<RunResult> {
		if (!vscode.workspace.isTrusted) {
			return failedResult('notPermitted', vscode.l10n.t('This workspace is not trusted, so nothing was sent. Trust it to generate pictures.'));
		}
		const planned = await this.#plans.plan(session, options);
		switch (planned.kind) {
			case 'gone':
				return failedResult('invalid', vscode.l10n.t('The prompt file is gone. Restore it, or open another one.'));
			case 'noConnection':
				return failedResult('notConfigured', planned.message);
			case 'invalid':
				return invalidResult(planned.problems);
			case 'ready':
				return this.#run(session, planned.plan);
		}
	}

	async #run(session: PromptSession, plan: Plan): Promise<RunResult> {
		const credential = await this.#connections.credentialFor(plan.connection);
		if (!credential.ok) {
			return { ...failedResult(credential.failure.kind, credential.failure.message), connection: plan.connection.name, model: plan.model };
		}
		const settings = this.#machinery.limits();
		const runId = this.#machinery.newRunId();
		return this.#running.hold(runId, (signal, onCountdown) =>
			executeRun(
				{
					plan,
					credential: credential.value,
					source: runSourceOf(session.origin),
					timeoutMs: settings.timeoutMs,
					keepPrompt: settings.keepPrompts,
				},
				{ ...this.#machinery, newRunId: () => runId, provider: this.#provider(plan.connection) },
				{ signal, onCountdown, onChange: snapshot => session.setRun(snapshot) },
			),
		);
	}

	#provider(connection: Connection): ImageProvider {
		return this.#machinery.providerFor(connection.kind);
	}
}
