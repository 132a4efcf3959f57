/**
 * Where a request came to grief.
 *
 * `nameResolution`, `connect`, `certificate`, `tls`, `proxy`: on the way to the host, which provably never saw the request.
 * `lost`: the connection broke, or what came is not HTTP. `encoding`: the answer is compressed although it must not be.
 */
export type TransportErrorKind =
	'aborted' | 'timeout' | 'nameResolution' | 'connect' | 'certificate' | 'tls' | 'proxy' | 'lost' | 'encoding';

/** What the transport throws, and errors a body with. `hasLeft`: the host may have the request. */
export class TransportError extends Error {
	override readonly name = 'TransportError';
	readonly kind: TransportErrorKind;
	readonly hasLeft: boolean;
	/** Code of the system or of TLS (`ENOTFOUND`, `CERT_HAS_EXPIRED`), or the status of a proxy's own answer. */
	readonly code: string | undefined;

	constructor(
		kind: TransportErrorKind,
		hasLeft: boolean,
		options: { readonly code?: string | undefined; readonly cause?: unknown } = {},
	) {
		super(`Transport failed: ${kind}${options.code === undefined ? '' : ` (${options.code})`}`, { cause: options.cause });
		this.kind = kind;
		this.hasLeft = hasLeft;
		this.code = options.code;
	}
}

/** Names an error of Node's `http`, `https`, `net`, `tls` or `dns`, or of VS Code's proxy agent. */
export function asTransportError(error: unknown, hasLeft: boolean): TransportError {
	if (error instanceof TransportError) {
		return error;
	}
	const code = errorCode(error);
	return new TransportError(hasLeft ? 'lost' : kindBeforeLeaving(error, code), hasLeft, { code, cause: error });
}

const certificateCodes =
	/^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|ERROR_IN_CERT|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH)/;

function kindBeforeLeaving(error: unknown, code = ''): TransportErrorKind {
	const message = error instanceof Error ? error.message : '';
	if (/\bprox(y|ies)\b/i.test(message)) {
		return 'proxy';
	}
	if (certificateCodes.test(code)) {
		return 'certificate';
	}
	if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
		return 'nameResolution';
	}
	return code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || message.includes('secure TLS connection')
		? 'tls'
		: 'connect';
}

/** When several addresses of a host were tried in vain, the first failure speaks for all. */
function errorCode(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null) {
		return undefined;
	}
	if ('code' in error && typeof error.code === 'string') {
		return error.code;
	}
	return error instanceof AggregateError && error.errors.length > 0 ? errorCode(error.errors[0]) : undefined;
}
