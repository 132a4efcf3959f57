import type { ImageProvider } from '../../core/run/ports';
import { testConnection } from '../request/connectionTest';
import { sendImageRequest } from '../request/imageRequest';
import type { ProviderDependencies } from '../request/imageRequest';
import { modelListPlace } from './modelListPlace';

/**
 * Pictures from Azure OpenAI or Microsoft Foundry, straight or through a gateway. Which of Azure's addresses is used, and with
 * which query, stands in the connection; the request itself is that of the Images API.
 */
export function createAzureProvider(dependencies: ProviderDependencies): ImageProvider {
	return {
		kind: 'azure',
		send: call => sendImageRequest(call, dependencies),
		test: (connection, credential, signal) =>
			testConnection({ connection, credential, signal, now: dependencies.clock.now(), ...modelListPlace(connection) }),
	};
}
