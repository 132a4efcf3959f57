import { azureHostOf } from './azureHost';
import { isLoopback } from './normaliseBaseUrl';

/**
 * Whether somebody else than Microsoft could use an access token that is sent to an address. Whoever runs a gateway can, on Azure API Management
 * too, and whoever has registered a name that only looks like Azure's. A program on this computer has the user's rights anyway.
 *
 * @param baseUrl of a connection
 */
export function revealsToken(baseUrl: string): boolean {
	const { hostname } = new URL(baseUrl);
	const { kind } = azureHostOf(hostname);
	return kind !== 'resource' && kind !== 'region' && !isLoopback(hostname);
}
