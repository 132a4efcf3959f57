import type { Problem } from '../problem';

/** The closed list of reasons for which a run gives no picture. */
export const failureKinds = [
	'invalid',
	'notConfigured',
	'notSignedIn',
	'notPermitted',
	'refused',
	'rateLimited',
	'quotaExceeded',
	'budgetExceeded',
	'modelUnavailable',
	'rejected',
	'unreachable',
	'uncertain',
	'badResponse',
	'serverError',
	'accountBlocked',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** Plain JSON. `message` says what happened and what to do, and never holds a key. */
export interface RunFailure {
	readonly kind: FailureKind;
	readonly message: string;
	/** The host's own code, when it told one. */
	readonly code?: string;
	/** How long the host asks to wait, in milliseconds. */
	readonly retryAfterMs?: number;
	/** `rejected`: the request field that the host did not accept. */
	readonly parameter?: string;
	/** `refused`: whether the prompt or the picture was refused, and for what. */
	readonly moderation?: { readonly stage: 'input' | 'output' | 'unknown'; readonly categories: readonly string[] };
	/** `invalid`: what is wrong with the request. */
	readonly problems?: readonly Problem[];
	/** HTTP status, when there was an answer. */
	readonly httpStatus?: number;
}
