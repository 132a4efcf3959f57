import type { Connection, Credential } from '../../core/connection/connection';
import { assertNever } from '../../core/result';
import type { ConnectionReport } from '../../core/run/ports';
import { addressAdvice, hasVersion } from '../failure/wording';
import type { ConnectionChecks } from './connectionChecks';
import type { ConnectionTestOptions } from './connectionTest';
import { readModelList, type ListedModel } from './modelList';

/** Judges an answer of status 200 to the question for models. */
export function checkList(checks: ConnectionChecks, options: ConnectionTestOptions, text: string): ConnectionReport {
	const { connection, credential, needsModelList } = options;
	const entries = readModelList(text);
	if (!entries && needsModelList) {
		return checks.fail('Answer', {
			kind: 'notConfigured',
			message: `${connection.origin} answers, but not as an Images API does. ${addressAdvice(connection)}`,
		});
	}
	checks.pass('Answer', entries ? 'The host answers.' : `The server answers, but not with a list of models.${ifNoPictures(connection)}`);
	checks.pass(credentialLayer(credential), acceptance(credential));
	if (connection.kind === 'azure') {
		return checkDeployment(checks, connection, entries ?? []);
	}
	return entries && entries.length > 0 ? checkModel(checks, connection.model, entries) : checks.report();
}

/** What a person calls the credential. */
export function credentialLayer({ kind }: Credential): 'Key' | 'Sign-in' {
	return kind === 'token' ? 'Sign-in' : 'Key';
}

/** That the host took the credential. */
export function acceptance(credential: Credential): string {
	switch (credential.kind) {
		case 'none':
			return 'No key is needed.';
		case 'apiKey':
			return 'The key was accepted.';
		case 'token':
			return `The sign-in of ${credential.source} was accepted.`;
		default:
			return assertNever(credential);
	}
}

/** A small server need not list models, so that its answer does not tell whether the address is right. */
export function ifNoPictures(connection: Connection): string {
	return connection.kind === 'azure' || hasVersion(connection.baseUrl) ? '' : ` If it makes no pictures: ${addressAdvice(connection)}`;
}

function checkModel(checks: ConnectionChecks, model: string, entries: readonly ListedModel[]): ConnectionReport {
	const models = entries.map(({ id }) => id);
	const entry = entries.find(({ id }) => id === model);
	if (model === '') {
		checks.pass('Model', `${models.length} models are listed.`);
	} else if (!entry) {
		const images = models.filter(id => /image|dall|flux|diffusion/i.test(id)).slice(0, 5);
		const others = images.length > 0 ? ` Listed are ${images.join(', ')}.` : '';
		const message = `The host does not list ${model}.${others} Choose another model in the connection.`;
		return checks.fail('Model', { kind: 'modelUnavailable', message }, models);
	} else {
		checks.pass(
			'Model',
			entry.shutDown === undefined ? `${model} is listed.` : `${model} is listed. It shuts down on ${entry.shutDown}.`,
		);
	}
	return checks.report({ models });
}

/** Azure lists the models that could be deployed, and gateways may list what is (Microsoft Learn, REST reference, read 2026-11-20). */
function checkDeployment(checks: ConnectionChecks, connection: Connection, entries: readonly ListedModel[]): ConnectionReport {
	const { deployment = '' } = connection;
	const models = entries.map(({ id }) => id);
	if (models.includes(deployment) && deployment !== connection.model) {
		checks.pass('Deployment', `${deployment} is listed.`);
		return checks.report({ models });
	}
	return checks.report({ models, untested: untestedDeployment(connection) });
}

/** What only a picture shows. */
export function untestedDeployment({ deployment = '' }: Connection): string {
	return `Whether the deployment “${deployment}” is there, and may be used, shows with the first picture: that cannot be asked for free.`;
}
