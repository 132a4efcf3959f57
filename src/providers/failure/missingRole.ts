import type { Rule } from './hostAnswer';
import { has, hostOf, says } from './hostWords';

/**
 * An account that may not use the resource. Azure tells it with status 401 (Jcardif/azimg-cli, read 2026-11-20). A server of another kind may pass it on from a
 * resource behind it.
 */
export const roleIsMissing: Rule = ({ error, connection, credential }) => {
	if (!has(error, /^PermissionDenied$/) && !says(error, /lacks the required data action|principal does not have access/)) {
		return undefined;
	}
	const who = credential.kind === 'token' ? `The account that is signed in (${credential.source})` : 'The account behind this connection';
	return {
		kind: 'notPermitted',
		code: 'missingRole',
		message: `${who} has no role on ${hostOf(connection)} that lets it make pictures. Ask the owner of the resource for the role “Cognitive Services OpenAI User” on it; it takes some minutes to take effect.`,
	};
};
