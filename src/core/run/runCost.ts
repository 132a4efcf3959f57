import type { Plan } from '../plan/plan';
import { actualCost } from '../plan/price';
import { assertNever } from '../result';
import type { FailureKind } from './failure';
import { highestPrice } from './newRecord';
import type { ProviderAnswer } from './ports';
import type { Cost } from './runResult';
import type { RequestOutcome } from './sendRequest';

/**
 * What a run cost: from the host's `usage` and known prices, else the highest of the plan's estimate. `undefined`: provably
 * nothing, or not known.
 */
export function runCost(plan: Plan, outcomes: readonly RequestOutcome[]): Cost | undefined {
	const billed = outcomes.filter(mayBeBilled);
	if (billed.length === 0) {
		return undefined;
	}
	const costs = billed.map(outcome => requestCost(plan, outcome));
	if (costs.some(cost => cost === undefined)) {
		return undefined;
	}
	return {
		usd: costs.reduce((sum, cost) => sum + (cost?.usd ?? 0), 0),
		estimated: costs.some(cost => cost?.estimated),
	};
}

/** Whether a request may show up on somebody's bill. When in doubt: yes. */
export function mayBeBilled(outcome: RequestOutcome): boolean {
	switch (outcome.kind) {
		case 'notSent':
			return false;
		case 'threw':
			return outcome.hasLeft;
		case 'answered':
			return mayAnswerBeBilled(outcome.answer);
		default:
			return assertNever(outcome);
	}
}

function mayAnswerBeBilled(answer: ProviderAnswer): boolean {
	if (answer.pictures.length > 0 || answer.usage) {
		return true;
	}
	if (!answer.hasLeft || answer.retryAfterMs !== undefined) {
		return false;
	}
	if (answer.isCancelled || !answer.failure) {
		return true;
	}
	// A picture that was refused had been made.
	return answer.failure.kind === 'refused' ? answer.failure.moderation?.stage === 'output' : !isFree(answer.failure.kind);
}

/** Failures that a host reports instead of working. A server error may come after the work, and is not among them. */
function isFree(kind: FailureKind): boolean {
	return kind !== 'uncertain' && kind !== 'badResponse' && kind !== 'serverError';
}

function requestCost(plan: Plan, outcome: RequestOutcome): Cost | undefined {
	if (plan.price.kind === 'free') {
		return { usd: 0, estimated: false };
	}
	const usage = outcome.kind === 'answered' ? outcome.answer.usage : undefined;
	// Some servers report a usage of nothing but zeros.
	const counted = usage && usage.totalTokens > 0 ? actualCost(usage, plan) : undefined;
	if (counted) {
		return counted;
	}
	const highest = highestPrice(plan.price);
	const all = plan.requests.reduce((sum, { candidates }) => sum + candidates.length, 0);
	return highest === undefined ? undefined : { usd: (highest * outcome.request.candidates.length) / all, estimated: true };
}
