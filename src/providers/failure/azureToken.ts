import { otherScope } from '../../core/connection/azureCloud';
import type { HostAnswer, Rule, Verdict } from './hostAnswer';
import { hostOf, quote, says } from './hostWords';
import { readTokenClaims } from './tokenClaims';

/**
 * Audiences that a host may send the user to. It must not talk them into a token for something else, such as Azure's
 * management (Microsoft Learn; sovereign ones from third parties; read 2026-11-20).
 */
const audiences = /https:\/\/(?:ai\.azure\.com|cognitiveservices\.azure\.(?:com|us|cn))(?![\w.-])/;

/**
 * A token that was not accepted. Azure says nearly the same of one that is worn out, of one for another audience, and of
 * nonsense; the scope of the connection and the token itself tell the rest.
 */
export const tokenIsRefused: Rule = answer => {
	const { status, connection, credential, error } = answer;
	if (credential.kind !== 'token' || (status !== 401 && !says(error, /^tenant provided in token does not match/))) {
		return undefined;
	}
	const host = hostOf(connection);
	if (says(error, /tenant\b.*\bdoes not match/)) {
		return {
			kind: 'notSignedIn',
			code: 'wrongTenant',
			message: `${host} belongs to another directory than the account that is signed in (${credential.source}). Set "tenantId" of the connection to the directory of the resource, or sign in with another account.`,
		};
	}
	return wrongAudience(answer, credential.token) ?? wornOut(answer, credential);
};

function wrongAudience({ error, connection, now }: HostAnswer, token: string): Verdict | undefined {
	const asked = connection.scope;
	const claims = readTokenClaims(token);
	// Some tokens name an application instead, which tells nothing here.
	const own = claims.audience?.startsWith('https:') ? claims.audience : asked?.replace(/\/\.default$/, '');
	const wanted = audiences.exec(error.message ?? '')?.[0];
	const isWrong =
		wanted === undefined
			? says(error, /audience/) && (!isOneOfMany(error.message) || isFresh(claims.expiresAt, now))
			: own !== undefined && own !== wanted;
	if (!isWrong) {
		return undefined;
	}
	const scope = wanted === undefined ? otherScope(asked ?? '') : `${wanted}/.default`;
	if (scope !== undefined && scope === asked) {
		return undefined; // the scope is right, and the token is from a time before: a new one is what helps
	}
	const advice = `Set the scope of the connection to ${scope === undefined ? 'that of the resource' : `"${scope}"`}, then try again.`;
	const was = asked === undefined ? '' : `, not for "${asked}"`;
	return {
		kind: 'notConfigured',
		code: 'wrongAudience',
		message: `${hostOf(connection)} wants an access token for another audience${was}. ${advice}`,
	};
}

/** «missing, invalid, audience is incorrect, or have expired»: the audience is only one of the guesses. */
function isOneOfMany(message = ''): boolean {
	return /missing|invalid|expired/i.test(message) && /\bor\b/i.test(message);
}

function isFresh(expiresAt: number | undefined, now: number | undefined): boolean {
	return expiresAt !== undefined && now !== undefined && expiresAt > now;
}

function wornOut({ error, connection, now }: HostAnswer, credential: { readonly token: string; readonly source: string }): Verdict {
	const { expiresAt } = readTokenClaims(credential.token);
	const isOver = now !== undefined && expiresAt !== undefined && expiresAt <= now;
	const isExpired = isOver || (says(error, /expired/) && !isOneOfMany(error.message));
	const what = isExpired
		? `The sign-in of ${credential.source} for ${hostOf(connection)} has expired.`
		: `${hostOf(connection)} did not accept the sign-in of ${credential.source}.`;
	return {
		kind: 'notSignedIn',
		code: isExpired ? 'expiredToken' : 'refusedToken',
		message: `${what} ${signInAdvice(connection.auth)}${isExpired ? '' : quote(error)}`,
	};
}

function signInAdvice(auth: HostAnswer['connection']['auth']): string {
	return auth === 'microsoft'
		? 'Sign in again, with an account that belongs to the directory of the resource.'
		: 'Sign in again where the token comes from, such as with “az login”, then send again.';
}
