import { asCount, asRecord, asText } from '../answer/json';

/** What an access token says about itself. It is not verified: it only helps to say why a host did not accept it. */
export interface TokenClaims {
	/** For whom it was issued. */
	readonly audience?: string;
	/** Milliseconds since the epoch. */
	readonly expiresAt?: number;
}

/** Reads the claims of a JSON Web Token (RFC 7519). Empty for a token of another form. */
export function readTokenClaims(token: string): TokenClaims {
	const [, payload, signature] = token.split('.');
	if (payload === undefined || signature === undefined) {
		return {};
	}
	try {
		const claims = asRecord(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
		const audience = asText(claims?.aud)?.replace(/\/$/, '');
		const expires = asCount(claims?.exp);
		return { ...(audience === undefined ? {} : { audience }), ...(expires === undefined ? {} : { expiresAt: expires * 1000 }) };
	} catch {
		return {}; // not JSON: a token of another form
	}
}
