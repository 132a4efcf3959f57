import type { Connection, Credential } from '../../core/connection/connection';
import { assertNever } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport } from '../../core/run/ports';
import { asRecord, asText } from '../answer/json';
import { readHostError } from '../failure/hostError';
import { describeHostFailure } from '../failure/hostFailure';
import { describeTransportFailure } from '../failure/transportFailure';
import { addressAdvice, hasVersion } from '../failure/wording';
import { TransportError } from '../transport/transportError';
import type { TransportErrorKind } from '../transport/transportError';
import { readBounded } from './boundedBody';
import { sendThroughSdk, whyKeyIsUnusable } from './sdkClient';
import { withoutKey } from './withoutKey';

/** What to test. */
export interface ConnectionTestOptions {
	readonly connection: Connection;
	readonly credential: Credential;
	readonly signal: AbortSignal;
	/** OpenAI lists its models; a small server need not. */
	readonly needsModelList: boolean;
}

const timeoutMs = 30_000;
const maxListBytes = 4 * 1024 * 1024;
const maxIdLength = 200;

/** Asks for the list of models, which costs nothing, and tells layer by layer how far that went. */
export async function testConnection(options: ConnectionTestOptions): Promise<ConnectionReport> {
	return withoutKey(await check(options), options.credential);
}

async function check(options: ConnectionTestOptions): Promise<ConnectionReport> {
	const { connection, credential, signal } = options;
	const checks = new Checks(connection);
	const unusable = whyKeyIsUnusable(credential);
	if (unusable) {
		return checks.fail('Key', unusable);
	}
	try {
		const response = await sendThroughSdk({ timeoutMs, signal, connection, credential }, client => client.models.list());
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

class Checks {
	readonly connection: Connection;
	readonly #checks: { readonly layer: string; readonly isOk: boolean; readonly detail: string }[] = [];

	constructor(connection: Connection) {
		this.connection = connection;
	}

	pass(layer: string, detail: string): void {
		this.#checks.push({ layer, isOk: true, detail });
	}

	report(models?: readonly string[]): ConnectionReport {
		return { checks: this.#checks, ...(models ? { models } : {}) };
	}

	fail(layer: string, failure: RunFailure, models?: readonly string[]): ConnectionReport {
		this.#checks.push({ layer, isOk: false, detail: failure.message });
		return { ...this.report(models), failure };
	}
}

function checkTransport(checks: Checks, connection: Connection, error: TransportError): ConnectionReport {
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

function checkRefusal(checks: Checks, options: ConnectionTestOptions, status: number, text: string): ConnectionReport {
	const { connection, credential, needsModelList } = options;
	const error = readHostError(text);
	const { failure } = describeHostFailure({ status, error, connection, credential });
	if (status === 401 || status === 403) {
		checks.pass('Answer', `The host answers (HTTP ${status}).`);
		if (status === 403 && /scope|insufficient permissions/i.test(error.message ?? '')) {
			checks.pass('Key', 'The key is known, but may not list models. Whether it may make pictures shows when one is asked for.');
			return checks.report();
		}
		return checks.fail('Key', failure);
	}
	if ((status === 404 || status === 405) && !needsModelList) {
		checks.pass('Answer', `The server answers. It has no list of models.${ifNoPictures(connection)}`);
		return checks.report();
	}
	return checks.fail('Answer', failure);
}

function checkList(checks: Checks, { connection, credential, needsModelList }: ConnectionTestOptions, text: string): ConnectionReport {
	const entries = readList(text);
	if (!entries && needsModelList) {
		return checks.fail('Answer', {
			kind: 'notConfigured',
			message: `${connection.origin} answers, but not as an Images API does. ${addressAdvice(connection.baseUrl)}`,
		});
	}
	checks.pass('Answer', entries ? 'The host answers.' : `The server answers, but not with a list of models.${ifNoPictures(connection)}`);
	checks.pass('Key', acceptance(credential));
	return entries && entries.length > 0 ? checkModel(checks, connection.model, entries) : checks.report();
}

function acceptance(credential: Credential): string {
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
function ifNoPictures({ baseUrl }: Connection): string {
	return hasVersion(baseUrl) ? '' : ` If it makes no pictures: ${addressAdvice(baseUrl)}`;
}

interface ListedModel {
	readonly id: string;
	/** `YYYY-MM-DD` */
	readonly shutDown: string | undefined;
}

function checkModel(checks: Checks, model: string, entries: readonly ListedModel[]): ConnectionReport {
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
	return checks.report(models);
}

/** OpenAI's `{data: [{id, shutdown_date?}]}`, or a bare list. `undefined`: it is neither. */
function readList(text: string): readonly ListedModel[] | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined;
	}
	const list = asRecord(value)?.data ?? asRecord(value)?.models ?? value;
	return Array.isArray(list) ? list.flatMap(readModel) : undefined;
}

/** What is too long or has no form that we know is no id and no date, and must not get into a message. */
function readModel(entry: unknown): readonly ListedModel[] {
	const fields = asRecord(entry);
	const id = asText(fields?.id) ?? asText(fields?.name) ?? asText(entry);
	const date = asText(fields?.shutdown_date);
	return id === undefined || id.length > maxIdLength || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(id)
		? []
		: [{ id, shutDown: date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined }];
}
