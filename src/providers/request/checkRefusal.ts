import type { Connection, Credential } from '../../core/connection/connection';
import { isDatedApi } from '../../core/connection/azureApi';
import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport } from '../../core/run/ports';
import { readHostError } from '../failure/hostError';
import { describeHostFailure } from '../failure/hostFailure';
import { acceptance, credentialLayer, ifNoPictures, untestedDeployment } from './checkList';
import type { ConnectionChecks } from './connectionChecks';
import type { ConnectionTestOptions } from './connectionTest';

/** Judges an answer that refuses to list models. */
export function checkRefusal(checks: ConnectionChecks, options: ConnectionTestOptions, status: number, text: string): ConnectionReport {
	const { connection, credential, needsModelList, now, listUrl = connection.baseUrl } = options;
	const error = readHostError(text);
	const { failure } = describeHostFailure({ status, error, connection, credential, now, url: `${listUrl}/models` });
	const isListMissing = (status === 404 || status === 405) && !needsModelList && failure.kind === 'notConfigured';
	if (isListMissing && failure.code !== 'apiVersionRequired' && failure.code !== 'apiVersionUnsupported') {
		checks.pass('Answer', `The server answers. It has no list of models.${ifNoPictures(connection)}`);
		return checks.report(connection.kind === 'azure' ? { untested: untestedBehindGateway(connection, credential) } : {});
	}
	if (status === 403 && connection.kind !== 'azure' && /scope|insufficient permissions/i.test(error.message ?? '')) {
		checks.pass('Answer', `The host answers (HTTP ${status}).`);
		checks.pass('Key', 'The key is known, but may not list models. Whether it may make pictures shows when one is asked for.');
		return checks.report();
	}
	const layer = layerOf(failure, status, options);
	if (layer !== 'Answer') {
		checks.pass('Answer', `The host answers (HTTP ${status}).`);
	}
	if (layer === 'Role') {
		checks.pass(credentialLayer(credential), acceptance(credential));
	}
	return checks.fail(layer, failure);
}

/** Layers that only Azure's refusals tell apart, by the code of the failure. */
const azureLayers: Readonly<Record<string, string>> = {
	missingRole: 'Role',
	networkRules: 'Network',
	apiVersionRequired: 'API version',
	apiVersionUnsupported: 'API version',
};

/** Codes of what is wrong with the credential, whatever the status. */
const credentialCodes: readonly string[] = ['wrongAudience', 'wrongTenant', 'keysDisabled', 'keyHeader'];

/** What is at fault, in the words of a person who sets up a connection. */
function layerOf({ kind, code = '' }: RunFailure, status: number, { connection, credential }: ConnectionTestOptions): string {
	const layer = azureLayers[code];
	if (layer !== undefined) {
		return layer;
	}
	if (code === 'resourceNotFound') {
		return isDatedApi(connection.api ?? '') ? 'API version' : 'Address';
	}
	if (kind === 'accountBlocked') {
		return 'Account';
	}
	if (kind === 'modelUnavailable' && connection.kind === 'azure') {
		return 'Deployment';
	}
	return status === 401 || status === 403 || credentialCodes.includes(code) ? credentialLayer(credential) : 'Answer';
}

function untestedBehindGateway(connection: Connection, credential: Credential): string {
	const what = credential.kind === 'token' ? 'sign-in' : 'key';
	return `The gateway lists no models, so that it is not known whether it takes the ${what}. ${untestedDeployment(connection)}`;
}
