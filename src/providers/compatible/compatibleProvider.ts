import type { ImageProvider } from '../../core/run/ports';
import { testConnection } from '../request/connectionTest';
import { sendImageRequest } from '../request/imageRequest';
import type { ProviderDependencies } from '../request/imageRequest';

/**
 * Pictures from any server that speaks OpenAI's Images API in some measure. The request holds what the plan holds and nothing
 * else; the answer may hold base64, `data:` URLs or addresses on the same server, and no `usage`.
 */
export function createCompatibleProvider(dependencies: ProviderDependencies): ImageProvider {
	return {
		kind: 'compatible',
		send: call => sendImageRequest(call, dependencies),
		test: (connection, credential, signal) =>
			testConnection({ connection, credential, signal, now: dependencies.clock.now(), needsModelList: false }),
	};
}
