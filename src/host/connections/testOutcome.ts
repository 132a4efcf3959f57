import type { Connection } from '../../core/connection/connection';
import type { ConnectionReport } from '../../core/run/ports';
import { mendFor, type ConnectionMend } from './connectionMend';

/** The button that helps after a failed test, besides the log. */
export type TestHelp = 'setKey' | 'signIn' | 'manageConnections' | 'openPortal' | 'manageTrust' | ConnectionMend;

/** How a test went, ready to be worded: which layers were fine, which one was not, and what helps. */
export type TestOutcome =
	/** `untested`: what a free check can't tell, as a sentence. */
	| { readonly kind: 'passed'; readonly layers: readonly string[]; readonly untested?: string }
	| {
			readonly kind: 'failed';
			readonly layers: readonly string[];
			/** Absent: the failure belongs to no layer. */
			readonly layer?: string;
			readonly reason: string;
			readonly help?: TestHelp;
	  };

/** Reads a report as a person needs it. */
export function testOutcome(connection: Connection, { checks, failure, untested }: ConnectionReport): TestOutcome {
	const layers = checks.filter(({ isOk }) => isOk).map(({ layer }) => layer);
	const failed = checks.find(({ isOk }) => !isOk);
	if (!failed && !failure) {
		return { kind: 'passed', layers, ...(untested === undefined ? {} : { untested }) };
	}
	const help = failure && helpFor(connection, failure);
	return {
		kind: 'failed',
		layers,
		...(failed ? { layer: failed.layer } : {}),
		reason: failure?.message ?? failed?.detail ?? '',
		...(help ? { help } : {}),
	};
}

function helpFor(connection: Connection, failure: NonNullable<ConnectionReport['failure']>): TestHelp | undefined {
	const mend = mendFor(failure, connection);
	if (mend) {
		return mend;
	}
	switch (failure.kind) {
		case 'notConfigured':
			return connection.kind === 'azure' && failure.code !== 'missingKey' ? 'manageConnections' : credentialHelp(connection);
		case 'notSignedIn':
			return failure.code === 'wrongTenant' || failure.code === 'noAzureCredential'
				? 'manageConnections'
				: credentialHelp(connection);
		case 'notPermitted':
			if (failure.code === 'tokenNotApproved') {
				return 'manageConnections';
			}
			return failure.code === 'untrustedWorkspace' ? 'manageTrust' : portalOf(connection);
		case 'quotaExceeded':
		case 'accountBlocked':
			return portalOf(connection);
		case 'modelUnavailable':
		case 'unreachable':
			return 'manageConnections';
		default:
			return undefined;
	}
}

function credentialHelp({ auth }: Connection): TestHelp | undefined {
	return auth === 'apiKey' ? 'setKey' : auth === 'microsoft' ? 'signIn' : undefined;
}

function portalOf({ kind }: Connection): TestHelp | undefined {
	return kind === 'azure' ? 'openPortal' : undefined;
}
