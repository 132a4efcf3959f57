import type { ImageProvider } from '../../core/run/ports';
import { testConnection } from '../request/connectionTest';
import { sendImageRequest } from '../request/imageRequest';
import type { ProviderDependencies } from '../request/imageRequest';

/** Pictures from OpenAI's Images API, or from a server that is the same to the letter. */
export function createOpenAiProvider(dependencies: ProviderDependencies): ImageProvider {
	return {
		kind: 'openai',
		send: call => sendImageRequest(call, dependencies),
		test: (connection, credential, signal) =>
			testConnection({ connection, credential, signal, now: dependencies.clock.now(), needsModelList: true }),
	};
}
