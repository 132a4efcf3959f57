import { isDatedApi, oldestImageApi } from '../../core/connection/azureApi';
import { azureHostOf } from '../../core/connection/azureHost';
import type { Connection } from '../../core/connection/connection';
import type { HostAnswer, Rule, Verdict } from './hostAnswer';
import { has, hostOf, quote, says } from './hostWords';

/** The version that every sample for GPT Image models on the deployment shape uses (Microsoft Learn, read 2026-11-20). */
const usualDatedApi = '2025-04-01-preview';

/** Most resources answer on v1 without a version, some want one, and some refuse a dated one (Microsoft Learn; hermes-agent#31875; read 2026-11-20). */
const versionIsWrong: Rule = answer => {
	const { status, error, connection } = answer;
	const isAboutVersion = says(error, /api[-_ ]?version/) || has(error, /api_?version/i);
	if (status === undefined || status >= 500 || !isAboutVersion) {
		return undefined;
	}
	const isRefused = says(error, /not (allowed|supported|valid)|unsupported|invalid|unknown/);
	const isMissing = connection.query === undefined ? !says(error, /not allowed/) : !isRefused;
	return isMissing ? required(answer) : unsupported(answer);
};

function required({ connection, error }: HostAnswer): Verdict {
	const advice =
		connection.query === undefined
			? 'Set the API version of the connection to "preview".'
			: `${connection.query} was sent: check what a gateway before it does with the query.`;
	return {
		kind: 'notConfigured',
		code: 'apiVersionRequired',
		message: `${hostOf(connection)} wants an api-version. ${advice}${quote(error)}`,
	};
}

function unsupported({ connection, error }: HostAnswer): Verdict {
	const { api = 'v1', query = 'an api-version' } = connection;
	const isOfV1 = !isDatedApi(api) || says(error, /\bv1\b/);
	const advice = isOfV1
		? 'Set the API version of the connection to "v1".'
		: `Set the API version of the connection to "v1", or to "${usualDatedApi}".`;
	return {
		kind: 'notConfigured',
		code: 'apiVersionUnsupported',
		message: `${hostOf(connection)} does not take ${query}. ${advice}${quote(error)}`,
	};
}

/** «Resource not found»: the path or the version; Azure does not say which. */
const nothingIsThere: Rule = ({ status, error, connection, url = `${connection.baseUrl}/images/generations` }) =>
	status === 404 || status === 405
		? {
				kind: 'notConfigured',
				code: 'resourceNotFound',
				message: `${hostOf(connection)} has nothing at ${url}${asked(connection)}. ${addressAdvice(connection)}${quote(error)}`,
			}
		: undefined;

function asked({ query }: Connection): string {
	return query === undefined ? '' : `?${query}`;
}

function addressAdvice({ origin, api = 'v1' }: Connection): string {
	const isGateway = URL.canParse(origin) && azureHostOf(new URL(origin).hostname).kind === 'gateway';
	if (isGateway) {
		return "Ask the gateway's owner which address pictures have there, and set the address of the connection to what stands before /images/generations.";
	}
	if (!isDatedApi(api)) {
		return 'Check the address of the connection: it has to be that of the resource that has the deployment.';
	}
	return api < oldestImageApi
		? `Versions before ${oldestImageApi} know no image models: set the API version of the connection to "v1", or to "${usualDatedApi}".`
		: `Check the address and the API version of the connection: "v1" or "${usualDatedApi}" are the usual ones.`;
}

/** What Azure says of addresses and their versions. */
export const azureVersionRules: readonly Rule[] = [versionIsWrong, nothingIsThere];
