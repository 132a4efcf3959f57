import { secretOf, type Connection, type Credential } from '../../core/connection/connection';
import { assertNever } from '../../core/result';

/**
 * The one header that carries a credential. Azure takes a key as `api-key` in every shape, and as a bearer token only in
 * some (Microsoft Learn, read 2026-11-20). `undefined`: none is sent.
 */
export function authorizationHeader({ kind }: Pick<Connection, 'kind'>, credential: Credential): readonly [string, string] | undefined {
	switch (credential.kind) {
		case 'none':
			return undefined;
		case 'apiKey':
			return kind === 'azure' ? ['api-key', credential.key] : ['authorization', `Bearer ${credential.key}`];
		case 'token':
			return ['authorization', `Bearer ${credential.token}`];
		default:
			return assertNever(credential);
	}
}

/** Whether a credential can travel in a header at all. */
export function isSendable(credential: Credential): boolean {
	const secret = secretOf(credential);
	return secret === undefined || /^[\x21-\x7e]+$/.test(secret);
}
