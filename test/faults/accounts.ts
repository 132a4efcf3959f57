import type { Connection, Credential } from '../../src/core/connection/connection';
import type { ImageProvider } from '../../src/core/run/ports';
import { createAzureProvider } from '../../src/providers/azure/azureProvider';
import { createOpenAiProvider } from '../../src/providers/openai/openAiProvider';
import type { ImagesApiServerOptions } from '../fakes/imagesApiServer';

/** Whose account is asked, and by which of the host's shapes. */
export type AccountName = 'OpenAI' | 'Azure v1 with a token' | 'Azure deployment with a key';

/** An account at a fake host, with what a run on it needs. */
export interface Account {
	readonly server: ImagesApiServerOptions;
	readonly credential: Credential;
	readonly provider: ImageProvider;
	/** What differs from a connection to OpenAI; `url` is the host's origin. */
	connection(url: string): Partial<Connection> & Pick<Connection, 'baseUrl'>;
	/** `model` on the wire; `undefined`: it stands in the path. */
	readonly model: string | undefined;
	/** How many numbers the host gives each request. */
	readonly requestIds: number;
}

const token = 'token-of-the-fault-matrix';
const deployment = 'pictures';

export const accounts: Readonly<Record<AccountName, Account>> = {
	OpenAI: {
		server: {},
		credential: { kind: 'apiKey', key: 'test-key' },
		provider: createOpenAiProvider({ clock: Date }),
		connection: url => ({ baseUrl: `${url}/v1` }),
		model: 'gpt-image-2',
		requestIds: 1,
	},
	'Azure v1 with a token': {
		server: { personality: 'azure', tokens: [{ token, audience: 'https://ai.azure.com' }] },
		credential: { kind: 'token', token, source: 'ada@example.com' },
		provider: createAzureProvider({ clock: Date }),
		connection: url => ({
			kind: 'azure',
			baseUrl: `${url}/openai/v1`,
			deployment,
			api: 'v1',
			auth: 'microsoft',
			scope: 'https://ai.azure.com/.default',
		}),
		model: deployment,
		requestIds: 2,
	},
	'Azure deployment with a key': {
		server: { personality: 'azure' },
		credential: { kind: 'apiKey', key: 'test-key' },
		provider: createAzureProvider({ clock: Date }),
		connection: url => ({
			kind: 'azure',
			baseUrl: `${url}/openai/deployments/${deployment}`,
			deployment,
			api: '2025-04-01-preview',
			query: 'api-version=2025-04-01-preview',
		}),
		model: undefined,
		requestIds: 2,
	},
};
