import type { Plan } from '../../core/plan/plan';
import type { RunFailure } from '../../core/run/failure';
import { cancelledResult, failedResult, invalidResult, type UnstartedRun } from '../../core/run/results';
import type { RunResult } from '../../core/run/runResult';
import type { Problem } from '../../core/problem';

/** Results of commands that came to no run, as far as connection and model were known. */
export function failedBefore(failure: RunFailure, plan?: Plan): RunResult {
	return failedResult(failure, unstarted(plan));
}

export function invalidBefore(problems: readonly Problem[]): RunResult {
	return invalidResult(problems, unstarted(undefined));
}

export function cancelledBefore(): RunResult {
	return cancelledResult(unstarted(undefined));
}

function unstarted(plan: Plan | undefined): UnstartedRun {
	return { connection: plan?.connection.name ?? '', model: plan?.model ?? '', now: Date.now() };
}
