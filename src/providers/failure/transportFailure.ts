import { assertNever } from '../../core/result';
import type { Connection } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { TransportError } from '../transport/transportError';
import { mayBeBilled, silenceAdvice } from './wording';

/** Shortest wait before a repetition that the host did not ask for. */
const transientWaitMs = 500;

/** How a broken exchange is told. `retryAfterMs`: the host provably has nothing of it, and it may go better next time. */
export interface TransportVerdict {
	readonly failure?: RunFailure;
	readonly isCancelled?: boolean;
	readonly retryAfterMs?: number;
}

/** What was tried when the exchange broke. */
export interface BrokenExchange {
	readonly connection: Pick<Connection, 'kind' | 'origin'>;
	readonly timeoutMs: number;
	/** How long it had lasted, where that was measured. */
	readonly elapsedMs?: number;
}

/** Names what the transport met. */
export function describeTransportFailure(error: TransportError, broken: BrokenExchange): TransportVerdict {
	const { timeoutMs } = broken;
	const { origin } = broken.connection;
	const code = error.code === undefined ? {} : { code: error.code };
	const unreachable = (message: string): RunFailure => ({ kind: 'unreachable', message, ...code });
	switch (error.kind) {
		case 'aborted':
			return { isCancelled: true };
		case 'timeout':
			return error.hasLeft
				? {
						failure: {
							kind: 'uncertain',
							message: `${origin} did not finish within ${seconds(timeoutMs)}. ${mayBeBilled}`,
							...code,
						},
					}
				: {
						failure: unreachable(
							`${origin} could not be reached within ${seconds(timeoutMs)}. Nothing was sent; check the network.`,
						),
					};
		case 'nameResolution':
			return {
				failure: unreachable(
					`The name of ${origin} could not be found. Nothing was sent; check the network and the address of the connection.`,
				),
				retryAfterMs: transientWaitMs,
			};
		case 'connect':
			return {
				failure: unreachable(`${connectMessage(origin, error.code)} Nothing was sent; check the network and that the server runs.`),
				retryAfterMs: transientWaitMs,
			};
		case 'tls':
			return tlsVerdict(origin, error.code);
		case 'certificate':
			return { failure: unreachable(`${certificateMessage(origin, error.code)} Nothing was sent. ${certificateAdvice}`) };
		case 'proxy':
			return { failure: unreachable(proxyMessage(error.code)) };
		case 'lost':
			return {
				failure: {
					kind: 'uncertain',
					message: `The connection was lost after the request had left. ${mayBeBilled}${wasCut(broken) ? ` Azure ends requests after about 120 seconds of silence. ${silenceAdvice}` : ''}`,
					...code,
				},
			};
		case 'encoding':
			return {
				failure: {
					kind: 'badResponse',
					message: `${origin} compressed its answer although it was asked not to, so it could not be read. ${mayBeBilled}`,
					...code,
				},
			};
		default:
			return assertNever(error.kind);
	}
}

/** Azure's gateway does not always say that it gave up. */
function wasCut({ connection, elapsedMs = 0 }: BrokenExchange): boolean {
	return connection.kind === 'azure' && elapsedMs >= 110_000 && elapsedMs <= 150_000;
}

/** A handshake that breaks off may go better next time; one that is refused won't. */
function tlsVerdict(origin: string, code = ''): TransportVerdict {
	const unreachable = (message: string): RunFailure => ({ kind: 'unreachable', message, code });
	return code === 'ECONNRESET'
		? {
				failure: unreachable(`${origin} broke off while the secure connection was set up. Nothing was sent; check the network.`),
				retryAfterMs: transientWaitMs,
			}
		: { failure: unreachable(`No secure connection to ${origin}. Nothing was sent; check that it speaks https at this port.`) };
}

const certificateAdvice =
	"If your organisation inspects traffic, install its certificate in the system's store or name its file in NODE_EXTRA_CA_CERTS, and restart.";

function connectMessage(origin: string, code: string | undefined): string {
	switch (code) {
		case 'ECONNREFUSED':
			return `${origin} refuses connections.`;
		case 'ETIMEDOUT':
			return `${origin} does not answer.`;
		default:
			return `${origin} could not be reached${code === undefined ? '' : ` (${code})`}.`;
	}
}

function certificateMessage(origin: string, code: string | undefined): string {
	switch (code) {
		case 'CERT_HAS_EXPIRED':
			return `The certificate of ${origin} has expired.`;
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
			return `The certificate of ${origin} is for another name.`;
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
		case 'SELF_SIGNED_CERT_IN_CHAIN':
			return `The certificate of ${origin} is signed by itself.`;
		default:
			return `The certificate of ${origin} is not trusted${code === undefined ? '' : ` (${code})`}.`;
	}
}

function proxyMessage(code: string | undefined): string {
	return code === '407'
		? 'The proxy asks for a user name and password. Nothing was sent; check the settings http.proxy and http.proxyAuthorization.'
		: `The proxy made no connection${code === undefined ? '' : ` (${code})`}. Nothing was sent; check the setting http.proxy and the network.`;
}

function seconds(ms: number): string {
	return `${Math.round(ms / 1000)} s`;
}
