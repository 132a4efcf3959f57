/**
 * Codes of failures that are ours. Which help is offered to a person goes by them, so that a host must not be able to say
 * them: a refusal that called itself `untrustedWorkspace` would ask for trust.
 */
const ownCodes: readonly string[] = [
	'apiVersionRequired',
	'apiVersionUnsupported',
	'cancelled',
	'expiredToken',
	'keyHeader',
	'keysDisabled',
	'missingKey',
	'missingRole',
	'networkRules',
	'noAzureCredential',
	'noProvider',
	'refusedToken',
	'resourceNotFound',
	'signInDeclined',
	'signInFailed',
	'signInNeeded',
	'signInTimedOut',
	'tokenNotApproved',
	'untrustedWorkspace',
	'wrongAudience',
	'wrongTenant',
];

/** Whether a code of a failure is one of ours. */
export function isOwnCode(code: string): boolean {
	return ownCodes.includes(code);
}
