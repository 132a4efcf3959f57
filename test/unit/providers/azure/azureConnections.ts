import type { Connection } from '../../../../src/core/connection/connection';
import { connectionTo } from '../request/callProvider';

/** Connections to a fake resource on this machine, one for each of Azure's shapes. `url` is its origin. */
export function azureConnections(url: string) {
	const common = { deployment: 'pictures', name: 'studio' };
	const dated = { api: '2025-04-01-preview', query: 'api-version=2025-04-01-preview' };
	const v1: Connection = { ...connectionTo(url, 'azure', `${url}/openai/v1`), ...common, api: 'v1' };
	return {
		v1,
		preview: { ...v1, api: 'preview', query: 'api-version=preview' },
		dated: { ...connectionTo(url, 'azure', `${url}/openai/deployments/pictures`), ...common, ...dated },
		gateway: { ...connectionTo(url, 'azure', `${url}/studio`), ...common, api: 'v1' },
		datedGateway: { ...connectionTo(url, 'azure', `${url}/studio/openai/deployments/pictures`), ...common, ...dated },
	} as const satisfies Readonly<Record<string, Connection>>;
}

/** `connection` of somebody who signs in, for the scope that its shape wants by default. */
export function signedIn(connection: Connection): Connection {
	const host = connection.api?.startsWith('20') ? 'cognitiveservices' : 'ai';
	const authority = 'https://login.microsoftonline.com';
	return { ...connection, auth: 'microsoft', scope: `https://${host}.azure.com/.default`, authority };
}
