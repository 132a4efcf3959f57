import * as vscode from 'vscode';
import type { Plan } from '../../core/plan/plan';
import { assertNever } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import { cancelledResult, failedResult, invalidResult, type FailedRun } from '../../core/run/results';
import type { RunResult } from '../../core/run/runResult';
import type { SessionPlan } from './sessionPlans';

/** The result of a command that came to no run, as far as connection and model were known. */
export function failedBefore(failure: RunFailure, plan?: Plan): FailedRun {
	return { ...failedResult(failure.kind, failure.message, plan ? { connection: plan.connection.name, model: plan.model } : {}), failure };
}

/** The result of a prompt that can't be sent as it is. */
export function unplanned(planned: Exclude<SessionPlan, { kind: 'ready' }>): FailedRun {
	switch (planned.kind) {
		case 'gone':
			return failedBefore({
				kind: 'invalid',
				message: vscode.l10n.t('The prompt file is gone, or too large to be one. Restore it, or open another one.'),
			});
		case 'noConnection':
			return failedBefore({ kind: 'notConfigured', message: planned.message });
		case 'invalid':
			return invalidResult(planned.problems);
		default:
			return assertNever(planned);
	}
}

/** The result of a command that a person went away from. */
export function cancelledBefore(): RunResult {
	return cancelledResult();
}
