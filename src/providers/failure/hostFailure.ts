import { formatSize, parseSize } from '../../core/image/imageSize';
import { nearestSize } from '../../core/image/sizeLimits';
import { freeSizeLimits } from '../../core/model/openAiRows';
import type { RunFailure } from '../../core/run/failure';
import type { HostError } from './hostError';
import { rejectedParameter } from './rejectedParameter';
import { addressAdvice, withoutKeys } from './wording';

/** An answer that brings no picture, as the host told it. */
export interface HostAnswer {
	/** Absent: the error came inside an answer of status 200. */
	readonly status?: number;
	readonly error: HostError;
	/** Model that was asked for; empty when the server was told none. */
	readonly model: string;
	/** Address of the connection. */
	readonly baseUrl: string;
	/** `WxH` that was asked for, when a size was. */
	readonly size?: string;
	/** Where a redirect points, without what follows the path. */
	readonly location?: string;
	readonly retryAfterMs?: number;
	/** The key that was sent: it must not get into a message. */
	readonly key?: string;
}

interface Verdict {
	readonly kind: RunFailure['kind'];
	readonly message: string;
	readonly parameter?: string;
	readonly moderation?: NonNullable<RunFailure['moderation']>;
	/** The host says when to come back, and did nothing. */
	readonly isRepeatable?: boolean;
}

/** A rule gives its verdict, or leaves the answer to the next one. */
type Rule = (answer: HostAnswer) => Verdict | undefined;

/**
 * Names a host's refusal or failure from the closed list. Order matters: what a code says goes before what the status says,
 * because hosts and gateways disagree about statuses (OpenAI's error guide and issue threads, 2026-11-20).
 */
export function describeHostFailure(answer: HostAnswer): { readonly failure: RunFailure; readonly retryAfterMs?: number } {
	const verdict = rules.reduce<Verdict | undefined>((found, rule) => found ?? rule(answer), undefined) ?? unknownFailure(answer);
	const { status, error, retryAfterMs, key } = answer;
	const { isRepeatable = false, ...rest } = verdict;
	const waits = isRepeatable && retryAfterMs !== undefined && status !== undefined;
	const [code] = error.codes;
	return {
		failure: {
			...rest,
			message: withoutKeys(rest.message, key),
			...(rest.parameter === undefined ? {} : { parameter: withoutKeys(rest.parameter, key) }),
			...(code === undefined ? {} : { code: withoutKeys(code, key) }),
			...(isRepeatable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
			...(status === undefined ? {} : { httpStatus: status }),
		},
		...(waits ? { retryAfterMs } : {}),
	};
}

const rules: readonly Rule[] = [
	// The account as a whole, not this prompt.
	({ error, status }) =>
		has(error, /^account_deactivated$/) ||
		(status === 403 && says(error, /temporarily blocked|has been (blocked|suspended|deactivated)/))
			? {
					kind: 'accountBlocked',
					message: `The host has blocked the account or resource, not only this prompt. Write to its support before you send anything else.${quote(error)}`,
				}
			: undefined,
	({ error }) =>
		has(
			error,
			/^(moderation_blocked|content_policy_violation|content_?filter(ed)?|content_safety_violation|ResponsibleAIPolicyViolation)$/i,
		) || says(error, /\bsafety system\b|content (management )?policy/)
			? { kind: 'refused', message: refusalMessage(error), moderation: error.moderation ?? { stage: 'unknown', categories: [] } }
			: undefined,
	({ error, status }) =>
		status === 402 ||
		has(error, /^(insufficient_quota|billing_hard_limit_reached|billing_not_active)$/) ||
		error.type === 'insufficient_quota'
			? {
					kind: 'quotaExceeded',
					message: `The account's credit or spending limit is used up. Check plan and billing with the host, then send again.${quote(error)}`,
				}
			: undefined,
	({ error, status, retryAfterMs }) =>
		status === 429 || has(error, /^(rate_limit_exceeded|too_many_requests)$/i)
			? { kind: 'rateLimited', message: rateLimitMessage(error, retryAfterMs), isRepeatable: status === 429 }
			: undefined,
	({ error, status }) =>
		says(error, /lacks the required data action/)
			? {
					kind: 'notPermitted',
					message: `The account has no role on this resource that lets it make pictures. Ask for the role Cognitive Services OpenAI User; it takes some minutes to take effect.`,
				}
			: status === 401 || has(error, /^invalid_api_key$/)
				? {
						kind: 'notSignedIn',
						message: 'The host did not accept the API key, or it needs one. Set the key of this connection and send again.',
					}
				: undefined,
	({ error, status, model }) =>
		status === 403 && says(error, /must be verified/)
			? {
					kind: 'notPermitted',
					message: `The organisation must be verified to use ${named(model)}. Verify it at https://platform.openai.com/settings/organization/general; it can take 15 minutes to take effect.`,
				}
			: undefined,
	({ error, status }) =>
		status === 403
			? {
					kind: 'notPermitted',
					message: `The host does not permit this. Check what the key and its project may do, and the host's network rules.${quote(error)}`,
				}
			: undefined,
	({ error, model, status }) =>
		has(error, /^(model_not_found|DeploymentNotFound)$/i) ||
		(status !== undefined &&
			status < 500 &&
			says(error, /\b(model|deployment)\b.*(does not exist|not found|deprecated|retired|shut down)/))
			? {
					kind: 'modelUnavailable',
					message: `The host does not have ${named(model)} for this account, or no longer. Choose another model in the prompt or the connection.${quote(error)}`,
				}
			: undefined,
	({ error, baseUrl, status }) =>
		status === 404 || status === 405
			? {
					kind: 'notConfigured',
					message: `The server answers, but makes no pictures at ${baseUrl}. ${addressAdvice(baseUrl)}${quote(error)}`,
				}
			: undefined,
	({ status, location }) =>
		status !== undefined && status >= 300 && status < 400
			? {
					kind: 'notConfigured',
					message: `The host points elsewhere${location === undefined ? '' : ` (${location})`}. That is not followed, so that the key goes nowhere else. Set the connection's baseUrl to the final address.`,
				}
			: undefined,
	({ status, error }) =>
		status === 408
			? { kind: 'uncertain', message: `The host gave up waiting. It may have processed and billed the request.${quote(error)}` }
			: undefined,
	answer => ((answer.status ?? 500) < 500 || isUsersDoing(answer.error) ? rejection(answer) : undefined),
	({ status, error }) =>
		!error.isStructured && status !== undefined && [502, 504, 520, 521, 522, 523, 524, 525, 526, 527].includes(status)
			? {
					kind: 'uncertain',
					message: `A gateway before the host answered (HTTP ${status}), and not the host itself. The request may have been processed and billed.${quote(error)}`,
				}
			: undefined,
	({ status, error }) =>
		status === 503
			? {
					kind: 'serverError',
					message: `The host is overloaded or down for the moment (HTTP 503). Try again later.${quote(error)}`,
					isRepeatable: true,
				}
			: undefined,
];

function unknownFailure({ status, error }: HostAnswer): Verdict {
	const where = status === undefined ? '' : ` (HTTP ${status})`;
	return {
		kind: 'serverError',
		message: `The host failed${where}. The request may have been billed; check the host's usage page before you send it again.${quote(error)}`,
	};
}

function rejection({ error, size }: HostAnswer): Verdict {
	const parameter = rejectedParameter(error);
	if (parameter === undefined) {
		return { kind: 'rejected', message: `The host did not accept the request. Change what it names and send again.${quote(error)}` };
	}
	const shorter = parameter === 'size' && size !== undefined ? belowLongestEdge(size) : undefined;
	const advice =
		shorter === undefined ? 'Change it or leave it out, and send again.' : `Some hosts take only shorter edges: try ${shorter}.`;
	return { kind: 'rejected', parameter, message: `The host did not accept ${parameter}. ${advice}${quote(error)}` };
}

/**
 * What to ask for instead of a size with the longest edge: OpenAI's guide allows 3840 pixels, its prompting guide and
 * Microsoft's catalogue say «less than 3840» (read 2026-11-20). `undefined` for every other size.
 */
function belowLongestEdge(size: string): string | undefined {
	const { step, maxEdge } = freeSizeLimits;
	const asked = parseSize(size);
	const isLongest = asked !== undefined && Math.max(asked.width, asked.height) === maxEdge;
	const shorter = isLongest ? nearestSize(asked, { ...freeSizeLimits, maxEdge: maxEdge - step }) : undefined;
	return shorter && formatSize(shorter);
}

function named(model: string): string {
	return model === '' ? 'the model' : model;
}

function isUsersDoing({ type }: HostError): boolean {
	return type === 'image_generation_user_error' || type === 'invalid_request_error';
}

function refusalMessage({ moderation, message }: HostError): string {
	const what = { input: 'the prompt', output: 'the picture that it made', unknown: 'the request' }[moderation?.stage ?? 'unknown'];
	const why = moderation && moderation.categories.length > 0 ? ` (${moderation.categories.join(', ')})` : '';
	const words = message === undefined ? '' : ` It says: “${message}”`;
	return `The host's moderation refused ${what}${why}. Sending the same again won't help; word the prompt differently.${words}`;
}

function rateLimitMessage(error: HostError, retryAfterMs: number | undefined): string {
	const wait = retryAfterMs === undefined ? 'Wait a moment' : `Wait ${Math.max(1, Math.ceil(retryAfterMs / 1000))} s`;
	return `The host's rate limit is reached. ${wait}, then send again; each candidate counts.${quote(error)}`;
}

function has(error: HostError, pattern: RegExp): boolean {
	return error.codes.some(code => pattern.test(code));
}

function says({ message = '' }: HostError, pattern: RegExp): boolean {
	return new RegExp(pattern.source, 'i').test(message);
}

function quote({ message }: HostError): string {
	return message === undefined ? '' : ` It says: “${message}”`;
}
