import type { Rule } from './hostAnswer';
import type { HostError } from './hostError';
import { has, quote, says } from './hostWords';

const quotaIsUsedUp: Rule = ({ error, status }) =>
	status === 402 ||
	has(error, /^(insufficient_quota|billing_hard_limit_reached|billing_not_active|QuotaExceeded)$/) ||
	error.type === 'insufficient_quota' ||
	says(error, /out of call volume quota/)
		? {
				kind: 'quotaExceeded',
				message: `The account's credit or spending limit is used up. Check plan and billing with the host, then send again.${quote(error)}`,
			}
		: undefined;

const rateIsLimited: Rule = ({ error, status, retryAfterMs }) =>
	status === 429 || has(error, /^(rate_limit_exceeded|too_many_requests)$/i)
		? { kind: 'rateLimited', message: rateLimitMessage(error, retryAfterMs), isRepeatable: status === 429 }
		: undefined;

/** What the account has no more of: for good, or for the moment. */
export const limitRules: readonly Rule[] = [quotaIsUsedUp, rateIsLimited];

function rateLimitMessage(error: HostError, retryAfterMs: number | undefined): string {
	const wait = retryAfterMs === undefined ? 'Wait a moment' : `Wait ${Math.max(1, Math.ceil(retryAfterMs / 1000))} s`;
	return `The host's rate limit is reached. ${wait}, then send again; each candidate counts.${quote(error)}`;
}
