import { normaliseAzureUrl } from '../../core/connection/azureEndpoint';
import type { Connection } from '../../core/connection/connection';
import type { Entry } from './connectionEntries';

/**
 * An entry as it is written: its address as it is used. What an address of Azure said besides becomes fields of its own,
 * so that changing one of them later changes nothing else.
 */
export function storedEntry(entry: Entry, { kind, baseUrl, deployment, api }: Connection): Entry {
	const address = entry['baseUrl'];
	if (typeof address !== 'string' || address.trim() === '') {
		return entry;
	}
	if (kind !== 'azure') {
		return { ...entry, baseUrl };
	}
	const endpoint = normaliseAzureUrl(address, { api, deployment });
	const isResource = endpoint.ok && endpoint.value.shape === 'resource';
	return {
		...entry,
		baseUrl: isResource ? endpoint.value.origin : baseUrl,
		...(deployment === undefined ? {} : { deployment }),
		...(api === undefined || (api === 'v1' && isResource && entry['api'] === undefined) ? {} : { api }),
	};
}
