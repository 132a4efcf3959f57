import type { Plan } from '../../core/plan/plan';
import type { RunFailure } from '../../core/run/failure';
import { cancelledResult, failedResult, invalidResult } from '../../core/run/results';
import type { RunResult } from '../../core/run/runResult';
import type { Problem } from '../../core/problem';

/** Results of commands that came to no run, as far as connection and model were known. */
export function failedBefore(failure: RunFailure, plan?: Plan): RunResult {
	return { ...failedResult(failure.kind, failure.message, plan ? { connection: plan.connection.name, model: plan.model } : {}), failure };
}

export function invalidBefore(problems: readonly Problem[]): RunResult {
	return invalidResult(problems);
}

export function cancelledBefore(): RunResult {
	return cancelledResult();
}
