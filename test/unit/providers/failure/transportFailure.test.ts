import * as assert from 'node:assert/strict';
import { describeTransportFailure } from '../../../../src/providers/failure/transportFailure';
import { asTransportError, TransportError } from '../../../../src/providers/transport/transportError';

const connection = { kind: 'openai', origin: 'https://api.example.com' } as const;
const withCode = (code: string, message = code) => Object.assign(new Error(message), { code });

suite('asTransportError', () => {
	for (const [error, kind] of [
		[withCode('ENOTFOUND'), 'nameResolution'],
		[withCode('EAI_AGAIN'), 'nameResolution'],
		[withCode('ECONNREFUSED'), 'connect'],
		[withCode('ECONNRESET'), 'connect'],
		[withCode('EHOSTUNREACH'), 'connect'],
		[new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')]), 'connect'],
		[withCode('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'), 'tls'],
		[withCode('EPROTO', 'write EPROTO 00:error:wrong version number'), 'tls'],
		[withCode('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls'],
		[withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate'],
		[withCode('CERT_HAS_EXPIRED'), 'certificate'],
		[withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate'],
		[withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate'],
		[new Error('Failed to establish a socket connection to proxies: PROXY 127.0.0.1:1'), 'proxy'],
		['not even an error', 'connect'],
	] as const) {
		test(`names ${error instanceof Error ? error.message || 'several errors' : error} before leaving: ${kind}`, () => {
			assert.equal(asTransportError(error, false).kind, kind);
		});
		test(`calls ${error instanceof Error ? error.message || 'several errors' : error} after leaving a loss`, () => {
			assert.equal(asTransportError(error, true).kind, 'lost');
		});
	}

	test('leaves its own errors as they are', () => {
		const error = new TransportError('timeout', true);
		assert.equal(asTransportError(error, false), error);
	});
});

suite('describeTransportFailure', () => {
	for (const [kind, hasLeft, code, failure, repeats] of [
		['nameResolution', false, 'ENOTFOUND', 'unreachable', true],
		['connect', false, 'ECONNREFUSED', 'unreachable', true],
		['connect', false, 'ETIMEDOUT', 'unreachable', true],
		['connect', false, undefined, 'unreachable', true],
		['tls', false, 'ECONNRESET', 'unreachable', true],
		['tls', false, 'EPROTO', 'unreachable', false],
		['certificate', false, 'CERT_HAS_EXPIRED', 'unreachable', false],
		['certificate', false, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', false],
		['certificate', false, 'ERR_TLS_CERT_ALTNAME_INVALID', 'unreachable', false],
		['certificate', false, 'CERT_UNTRUSTED', 'unreachable', false],
		['proxy', false, '407', 'unreachable', false],
		['proxy', false, undefined, 'unreachable', false],
		['timeout', false, undefined, 'unreachable', false],
		['timeout', true, undefined, 'uncertain', false],
		['lost', true, 'ECONNRESET', 'uncertain', false],
		['encoding', true, 'gzip', 'badResponse', false],
	] as const) {
		test(`${kind} ${code ?? ''} is ${failure}${repeats ? ', and may be repeated' : ''}`, () => {
			const verdict = describeTransportFailure(new TransportError(kind, hasLeft, { code }), { connection, timeoutMs: 600_000 });
			assert.deepEqual(
				[verdict.failure?.kind, verdict.retryAfterMs, verdict.isCancelled],
				[failure, repeats ? 500 : undefined, undefined],
			);
			assert.match(verdict.failure?.message ?? '', failure === 'unreachable' ? /Nothing was sent/ : /billed/);
		});
	}

	for (const [kind, elapsedMs, isTold] of [
		['azure', 122_000, true],
		['azure', 60_000, false],
		['azure', 300_000, false],
		['openai', 122_000, false],
	] as const) {
		test(`${isTold ? 'knows' : 'does not speak of'} Azure's limit after ${elapsedMs / 1000} s on ${kind}`, () => {
			const broken = { connection: { ...connection, kind }, timeoutMs: 600_000, elapsedMs };
			const { failure } = describeTransportFailure(new TransportError('lost', true, { code: 'ECONNRESET' }), broken);
			assert.equal(failure?.kind, 'uncertain');
			assert.equal(/120 seconds.*imgprompt\.partialImages/.test(failure.message), isTold);
		});
	}

	test('a cancellation is no failure', () => {
		assert.deepEqual(describeTransportFailure(new TransportError('aborted', true), { connection, timeoutMs: 1 }), {
			isCancelled: true,
		});
	});
});
