import * as vscode from 'vscode';
import type { Connection, Credential, HostKind } from '../../core/connection/connection';
import type { Plan } from '../../core/plan/plan';
import { assertNever } from '../../core/result';
import type { Ceilings } from '../../core/run/budget';
import { executeRun, type RunPorts, type RunSnapshot } from '../../core/run/executeRun';
import type { ImageProvider } from '../../core/run/ports';
import type { RunResult } from '../../core/run/runResult';
import type { Connections } from '../connections/connections';
import { runSourceOf } from '../sessions/promptOrigin';
import type { PromptSession } from '../sessions/promptSession';
import type { BudgetGuard } from './budgetGuard';
import type { RunningRuns } from './runningRuns';
import type { GenerateOptions, SessionPlans } from './sessionPlans';
import { cancelledBefore, failedBefore, unplanned } from './unstarted';

/** Everything of a run that does not depend on the connection. */
export type RunMachinery = Omit<RunPorts, 'provider'> & {
	providerFor(kind: HostKind): ImageProvider;
	/** Hears how every run ended. */
	report(result: RunResult): void;
	/** Asked before anything of a run begins. */
	readonly budget: Pick<BudgetGuard, 'check'>;
	/** The user's settings at this moment. */
	limits(): { readonly timeoutMs: number; readonly keepPrompts: boolean };
};

/** A run that plan and budget allow. */
interface AllowedRun {
	readonly plan: Plan;
	readonly ceilings: Ceilings;
	readonly isInteractive: boolean;
}

interface CredentialedRun extends AllowedRun {
	readonly runId: string;
	readonly credential: Credential;
}

type RunWatch = Parameters<typeof executeRun>[2];

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
		if (planned.kind !== 'ready') {
			return unplanned(planned);
		}
		const { plan } = planned;
		const answer = await this.#machinery.budget.check(plan, options.isInteractive);
		switch (answer.kind) {
			case 'allowed':
				return this.#run(session, { plan, ceilings: answer.ceilings, isInteractive: options.isInteractive }, onStart);
			case 'refused':
				return failedBefore(answer.failure, plan);
			case 'declined':
				return cancelledBefore();
			default:
				return assertNever(answer);
		}
	}

	/** Signing in is a part of it that can be cancelled, although there is nothing to show yet. */
	#run(session: PromptSession, allowed: AllowedRun, onStart: () => void): Promise<RunResult> {
		const { plan, isInteractive } = allowed;
		const runId = this.#machinery.newRunId();
		return this.#running.hold(runId, async (signal, onCountdown) => {
			const credential = await this.#connections.credentialFor(plan.connection, { isInteractive, signal });
			if (signal.aborted) {
				return cancelledBefore();
			}
			if (!credential.ok) {
				return failedBefore(credential.failure, plan);
			}
			const onChange = this.#shower(session, runId, onStart);
			const result = await this.#execute(
				session,
				{ ...allowed, runId, credential: credential.value },
				{ signal, onCountdown, onChange },
			);
			this.#connections.settle(plan.connection, credential.value, result.failure);
			this.#machinery.report(result);
			return result;
		});
	}

	#execute(session: PromptSession, { runId, ...run }: CredentialedRun, watch: RunWatch): Promise<RunResult> {
		const { timeoutMs, keepPrompts: keepPrompt } = this.#machinery.limits();
		const { plan, credential, ceilings } = run;
		return executeRun(
			{ plan, credential, source: runSourceOf(session.origin), timeoutMs, keepPrompt, ceilings },
			{ ...this.#machinery, newRunId: () => runId, provider: this.#provider(plan.connection) },
			watch,
		);
	}

	/** Shows the run in its session, unless a later run has taken its place there; callers in code may start several. */
	#shower(session: PromptSession, runId: string, onStart: () => void): (snapshot: RunSnapshot) => void {
		let isStarted = false;
		return snapshot => {
			if (!isStarted) {
				isStarted = true;
				session.setRun(snapshot);
				this.#running.announce();
				onStart();
			} else if (session.run?.record.runId === runId) {
				session.setRun(snapshot);
			}
		};
	}

	#provider(connection: Connection): ImageProvider {
		return this.#machinery.providerFor(connection.kind);
	}
}
