import type { Connection, Credential } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport } from '../../core/run/ports';
import { describeTransportFailure } from '../failure/transportFailure';
import { TransportError } from '../transport/transportError';
import type { TransportErrorKind } from '../transport/transportError';
import { readBounded } from './boundedBody';
import { checkList, credentialLayer } from './checkList';
import { checkRefusal } from './checkRefusal';
import { ConnectionChecks } from './connectionChecks';
import { sendThroughSdk, whyCredentialIsUnusable } from './sdkClient';
import { withoutKey } from './withoutKey';

/** What to test. */
export interface ConnectionTestOptions {
	readonly connection: Connection;
	readonly credential: Credential;
	readonly signal: AbortSignal;
	/** Milliseconds since the epoch: whether a token has expired. */
	readonly now: number;
	/** Address below which the list of models is; absent: the connection's. */
	readonly listUrl?: string;
	/** OpenAI lists its models; a small server or a gateway need not. */
	readonly needsModelList: boolean;
}

const timeoutMs = 30_000;
const maxListBytes = 4 * 1024 * 1024;

/** Asks for the list of models, which costs nothing, and tells layer by layer how far that went. */
export async function testConnection(options: ConnectionTestOptions): Promise<ConnectionReport> {
	return withoutKey(await check(options), options.credential);
}

async function check(options: ConnectionTestOptions): Promise<ConnectionReport> {
	const { connection, credential, signal, listUrl = connection.baseUrl } = options;
	const checks = new ConnectionChecks();
	const unusable = whyCredentialIsUnusable(credential);
	if (unusable) {
		return checks.fail(credentialLayer(credential), unusable);
	}
	try {
		const target = { ...connection, baseUrl: listUrl };
		const response = await sendThroughSdk({ timeoutMs, signal, connection: target, credential }, client => client.models.list());
		const text = await readBounded(response.body, maxListBytes);
		checks.pass('Address', `${connection.origin} was reached.`);
		if (connection.origin.startsWith('https:')) {
			checks.pass('TLS', 'The connection is secure.');
		}
		return response.ok ? checkList(checks, options, text) : checkRefusal(checks, options, response.status, text);
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		return checkTransport(checks, connection, error);
	}
}

function checkTransport(checks: ConnectionChecks, connection: Connection, error: TransportError): ConnectionReport {
	const verdict = describeTransportFailure(error, { connection, timeoutMs });
	if (!verdict.failure) {
		return checks.report();
	}
	const layers: Partial<Record<TransportErrorKind, string>> = {
		tls: 'TLS',
		certificate: 'TLS',
		proxy: 'Proxy',
		lost: 'Answer',
		encoding: 'Answer',
	};
	const layer = error.hasLeft ? 'Answer' : (layers[error.kind] ?? 'Address');
	if (layer !== 'Address' && layer !== 'Proxy') {
		checks.pass('Address', `${connection.origin} was reached.`);
	}
	// Nothing that could be billed was sent: what would be uncertain for a picture is plainly unreachable here.
	const failure: RunFailure =
		verdict.failure.kind === 'uncertain'
			? {
					kind: 'unreachable',
					message: `${connection.origin} was reached, but gave no whole answer. Check that an Images API runs there.`,
				}
			: verdict.failure;
	return checks.fail(layer, failure);
}
