import { secretOf } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import { isOwnCode } from '../../core/run/ownCodes';
import { accessRules } from './accessRules';
import { azureRules } from './azureRules';
import type { HostAnswer, Rule, Verdict } from './hostAnswer';
import type { HostError } from './hostError';
import { quote } from './hostWords';
import { limitRules } from './limitRules';
import { roleIsMissing } from './missingRole';
import { refusalRules } from './refusalRules';
import { rejection } from './rejection';
import { addressAdvice, withoutKeys } from './wording';

/**
 * Names a host's refusal or failure from the closed list. Order matters: what a code says goes before what the status says,
 * because hosts and gateways disagree about statuses (OpenAI's error guide and issue threads, 2026-11-20).
 */
export function describeHostFailure(answer: HostAnswer): { readonly failure: RunFailure; readonly retryAfterMs?: number } {
	const verdict = rules.reduce<Verdict | undefined>((found, rule) => found ?? rule(answer), undefined) ?? unknownFailure(answer);
	const { status, error, retryAfterMs } = answer;
	const key = secretOf(answer.credential);
	const { isRepeatable = false, code = error.codes.find(each => !isOwnCode(each)), ...rest } = verdict;
	const waits = isRepeatable && retryAfterMs !== undefined && status !== undefined;
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

const statusRules: readonly Rule[] = [
	({ error, connection, status }) =>
		status === 404 || status === 405
			? {
					kind: 'notConfigured',
					message: `The server answers, but makes no pictures at ${connection.baseUrl}. ${addressAdvice(connection)}${quote(error)}`,
				}
			: undefined,
	({ status, location, connection }) =>
		status !== undefined && status >= 300 && status < 400
			? { kind: 'notConfigured', message: redirectMessage(location, connection) }
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

const rules: readonly Rule[] = [...refusalRules, ...limitRules, roleIsMissing, ...azureRules, ...accessRules, ...statusRules];

function unknownFailure({ status, error }: HostAnswer): Verdict {
	const where = status === undefined ? '' : ` (HTTP ${status})`;
	return {
		kind: 'serverError',
		message: `The host failed${where}. The request may have been billed; check the host's usage page before you send it again.${quote(error)}`,
	};
}

/** Another place on the same host is a wrong path. Another host is somebody's word that it may be trusted, and no more. */
function redirectMessage(location: string | undefined, { origin }: HostAnswer['connection']): string {
	const where = location === undefined ? '' : ` (${location})`;
	const isOwn = location !== undefined && URL.canParse(location) && new URL(location).origin === origin;
	const advice = isOwn
		? 'Set the address of the connection to the final address.'
		: 'If you do not know that address, send nothing to it and ask whoever runs the host; if you do, make it the address of the connection.';
	return `The host points elsewhere${where}. That is not followed, so that the key goes nowhere else. ${advice}`;
}

function isUsersDoing({ type }: HostError): boolean {
	return type === 'image_generation_user_error' || type === 'invalid_request_error';
}
