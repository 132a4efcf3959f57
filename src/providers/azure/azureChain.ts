import { DefaultAzureCredential, logger, type AccessToken } from '@azure/identity';
import { setLogLevel } from '@azure/logger';
import type { TokenRequest } from '../../core/run/ports';
import { IdentityHttpClient } from './identityHttpClient';
import type { FailedWay } from './signInWays';

/** What came of asking every way of signing in that this machine has. `servedBy` and `credential` are the library's names. */
export type ChainOutcome =
	| { readonly kind: 'token'; readonly token: AccessToken; readonly servedBy: string | undefined }
	| { readonly kind: 'none'; readonly failed: readonly FailedWay[] };

/** Longest wait for a program such as `az`, in milliseconds; its first start on Windows takes several seconds. */
const processTimeoutMs = 20_000;

/**
 * Microsoft's chain of credentials. Loaded on first use, because the library is large.
 *
 * Only one request may be under way: the library's log, which alone says who served, is one for all.
 */
export class AzureChain {
	readonly #http = new IdentityHttpClient();
	#servedBy: string | undefined;
	/** The library's name of a credential, by the message with which it failed. */
	#failedBy = new Map<string, string>();
	/** Why ways could not even be tried; they are missing among the errors. */
	#skipped: string[] = [];

	async token({ scope, tenantId, authority, signal }: TokenRequest): Promise<ChainOutcome> {
		this.#takeOverLog();
		this.#servedBy = undefined;
		this.#failedBy = new Map();
		this.#skipped = [];
		this.#http.signal = signal;
		try {
			const token = await this.#credential(tenantId, authority).getToken(scope, { abortSignal: signal });
			return { kind: 'token', token, servedBy: this.#servedBy };
		} catch (error) {
			if (!(error instanceof Error)) {
				throw error;
			}
			// Whatever the library throws says why there is no token: it has no other way to tell.
			return { kind: 'none', failed: this.#failedWays(error) };
		}
	}

	/** Made anew each time: it reads the environment when it is made, and a former one would give a token that was refused. */
	#credential(tenantId: string | undefined, authority: string): DefaultAzureCredential {
		return new DefaultAzureCredential({
			...(tenantId === undefined ? {} : { tenantId }),
			authorityHost: authority,
			// The authority follows from the resource's address, never from the environment; nobody else has to vouch for it.
			disableInstanceDiscovery: true,
			httpClient: this.#http,
			processTimeoutInMs: processTimeoutMs,
			retryOptions: { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4000 },
		});
	}

	/** Nothing of the library's log goes anywhere, whatever AZURE_LOG_LEVEL or DEBUG say; it is only read. */
	#takeOverLog(): void {
		setLogLevel();
		for (const level of [logger.info, logger.warning, logger.error]) {
			level.log = (...parts: unknown[]) => this.#read(parts.join(' '));
			level.enabled = true;
		}
	}

	#read(line: string): void {
		const skipped = /because of an error creating the credential: (?:\w+: )?([^]*)/.exec(line)?.[1];
		if (skipped !== undefined) {
			this.#skipped.push(skipped);
		}
		const [, credential, outcome, message] =
			/(\w+Credential) => getToken\(\) => (SUCCESS|ERROR)\.(?:[^]*?Error message: ([^]*))?/.exec(line) ?? [];
		if (credential !== undefined && outcome === 'SUCCESS') {
			this.#servedBy = credential;
		} else if (credential !== undefined && message !== undefined) {
			this.#failedBy.set(message.replace(/\.$/, ''), credential);
		}
	}

	#failedWays(error: Error): readonly FailedWay[] {
		const errors = 'errors' in error && Array.isArray(error.errors) ? error.errors.filter(each => each instanceof Error) : [error];
		return [...this.#skipped, ...errors.map(({ message }) => message)].map(message => {
			const credential = this.#failedBy.get(message);
			return { message, ...(credential === undefined ? {} : { credential }) };
		});
	}
}
