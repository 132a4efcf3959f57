import { isDatedApi } from '../../core/connection/azureApi';
import { normaliseAzureUrl, type AzureEndpoint } from '../../core/connection/azureEndpoint';
import { azureRows } from '../../core/model/azureRows';

/** Where a request goes, as a person can compare it with the portal; a deployment that is not known yet is `DEPLOYMENT`. */
export function requestAddress({ baseUrl, api, query, deployment }: AzureEndpoint): string {
	const open = isDatedApi(api) && deployment === undefined ? '/deployments/DEPLOYMENT' : '';
	return `${baseUrl}${open}/images/generations${query === undefined ? '' : `?${query}`}`;
}

/** The dated version that an address asks for where v1 would do as well, so that somebody has to choose. */
export function datedChoice(address: string): string | undefined {
	const endpoint = normaliseAzureUrl(address);
	if (!endpoint.ok || !isDatedApi(endpoint.value.api)) {
		return undefined;
	}
	return normaliseAzureUrl(address, { api: 'v1' }).ok && endpoint.value.shape === 'resource' ? endpoint.value.api : undefined;
}

/** Models that an Azure deployment can be and that can be asked on `today` (`2026-11-20`), the newest family first. */
export function azureModels(today: string): readonly string[] {
	const asked = azureRows.filter(({ refusal, shutDown }) => refusal === undefined && (shutDown === undefined || today < shutDown));
	return asked.flatMap(({ models }) => models);
}
