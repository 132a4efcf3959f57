import { defaultModel } from '../model/capabilityTable';
import { azureModelNamed } from '../model/azureRows';
import { failure, success, type Result } from '../result';
import { authorityOf, defaultScope, type AzureCloud } from './azureCloud';
import { normaliseAzureUrl } from './azureEndpoint';
import type { AuthKind, Connection } from './connection';
import { defaultConcurrency, type Entry } from './connectionEntry';

/** The connection that an entry of the kind `azure` describes, or a sentence about what it lacks. */
export function azureConnection(entry: Entry): Result<Connection, string> {
	const auth = entry.auth ?? 'apiKey';
	if (auth === 'none') {
		return failure(
			'"auth" must be "apiKey", "microsoft" or "azureDefault" for Azure. For a server without keys use the kind "compatible".',
		);
	}
	const address = entry.baseUrl?.trim() ?? '';
	if (address === '') {
		return failure('"baseUrl" is missing. Paste the address that the portal shows, such as https://NAME.openai.azure.com.');
	}
	const endpoint = normaliseAzureUrl(address, { api: entry.api?.trim(), deployment: entry.deployment?.trim() });
	if (!endpoint.ok) {
		return failure(`"baseUrl" ${endpoint.failure}.`);
	}
	const { baseUrl, origin, query, api, deployment, cloud } = endpoint.value;
	if (deployment === undefined) {
		return failure('"deployment" is missing. Write the name that the portal shows for the deployment of the image model.');
	}
	const model = entry.model?.trim() ?? '';
	return success({
		name: entry.name,
		kind: 'azure',
		baseUrl,
		origin,
		model: model === '' ? (azureModelNamed(deployment) ?? defaultModel) : model,
		auth,
		deployment,
		api,
		...(query === undefined ? {} : { query }),
		...signIn(entry, auth, cloud, api),
		concurrency: entry.concurrency ?? defaultConcurrency,
		...(entry.capabilities === undefined ? {} : { capabilities: entry.capabilities }),
	});
}

/** What a token is asked for. A key needs nothing of it, so that fields left over from signing in do no harm. */
function signIn(
	{ tenantId, scope }: Entry,
	auth: AuthKind,
	cloud: AzureCloud,
	api: string,
): Pick<Connection, 'tenantId' | 'scope' | 'authority'> {
	if (auth === 'apiKey') {
		return {};
	}
	const tenant = tenantId?.trim() ?? '';
	return {
		...(tenant === '' ? {} : { tenantId: tenant }),
		scope: scope?.trim() || defaultScope(cloud, api),
		authority: authorityOf(cloud),
	};
}
