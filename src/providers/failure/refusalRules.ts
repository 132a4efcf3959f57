import type { Rule } from './hostAnswer';
import type { HostError } from './hostError';
import { has, quote, says } from './hostWords';

const moderationCodes =
	/^(moderation_blocked|content_policy_violation|content_?filter(ed)?|content_safety_violation|ResponsibleAIPolicyViolation)$/i;

/** The account or resource as a whole, not this prompt (Azure: pollinations#12446, read 2026-11-20). */
const accountIsBlocked: Rule = ({ error, status }) =>
	has(error, /^account_deactivated$/) ||
	says(error, /resource has been temporarily blocked/) ||
	(status === 403 && says(error, /temporarily blocked|has been (blocked|suspended|deactivated)/))
		? {
				kind: 'accountBlocked',
				message: `The host has blocked the account or resource, not only this prompt. Write to its support before you send anything else.${quote(error)}`,
			}
		: undefined;

const isModerated: Rule = ({ error }) =>
	has(error, moderationCodes) || says(error, /\bsafety system\b|content (management )?policy/)
		? { kind: 'refused', message: refusalMessage(error), moderation: error.moderation ?? { stage: 'unknown', categories: [] } }
		: undefined;

/** What the host does not want to paint, and for whom it paints nothing any more. */
export const refusalRules: readonly Rule[] = [accountIsBlocked, isModerated];

function refusalMessage({ moderation, message }: HostError): string {
	const what = { input: 'the prompt', output: 'the picture that it made', unknown: 'the request' }[moderation?.stage ?? 'unknown'];
	const why = moderation && moderation.categories.length > 0 ? ` (${moderation.categories.join(', ')})` : '';
	const words = message === undefined ? '' : ` It says: “${message}”`;
	return `The host's moderation refused ${what}${why}. Sending the same again won't help; word the prompt differently.${words}`;
}
