import type { Credential } from '../../core/connection/connection';
import { failure, success, type Result } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { Clock, TokenRequest, TokenSource } from '../../core/run/ports';
import type { AzureChain, ChainOutcome } from './azureChain';
import { accountOf, firstStep, nameOfWay, type Environment } from './signInWays';

interface KeptToken {
	readonly credential: Credential;
	/** Milliseconds since the epoch. */
	readonly expiresAt: number;
}

/** What a source of tokens needs of the machine. */
export interface DefaultCredentialDependencies {
	readonly clock: Clock;
	readonly environment: Environment;
}

/** A token that is about to end is not used: a run may wait for its turn before it is sent. */
const marginMs = 5 * 60_000;
/** Longest time for all ways together, in milliseconds. */
const deadlineMs = 60_000;

/**
 * Finds what this machine has to sign in to Azure with: environment, workload or managed identity, Azure CLI, PowerShell,
 * Developer CLI, in the order of Microsoft's `DefaultAzureCredential`. Tokens are kept in memory alone.
 */
export function createDefaultCredential(dependencies: DefaultCredentialDependencies): TokenSource {
	return new DefaultCredential(dependencies);
}

class DefaultCredential implements TokenSource {
	readonly #clock: Clock;
	readonly #environment: Environment;
	readonly #kept = new Map<string, KeptToken>();
	#chain: AzureChain | undefined;
	/** The chain takes one request at a time. */
	#turn: Promise<unknown> = Promise.resolve();

	constructor({ clock, environment }: DefaultCredentialDependencies) {
		this.#clock = clock;
		this.#environment = environment;
	}

	async token(request: TokenRequest): Promise<Result<Credential, RunFailure>> {
		const deadline = AbortSignal.timeout(deadlineMs);
		const signal = AbortSignal.any([request.signal, deadline]);
		const turn = this.#turn.then(() => (signal.aborted ? undefined : this.#ask({ ...request, signal })));
		this.#turn = turn.catch(() => undefined); // whoever asked hears of it; the next one has a turn of their own
		const asked = await Promise.race([turn, aborted(signal)]);
		return asked ?? failure(request.signal.aborted ? cancelled : tookTooLong);
	}

	forget(): void {
		this.#kept.clear();
	}

	async #ask(request: TokenRequest): Promise<Result<Credential, RunFailure>> {
		const name = JSON.stringify([request.scope, request.tenantId, request.authority]);
		const kept = this.#kept.get(name);
		if (kept && this.#clock.now() < kept.expiresAt - marginMs) {
			return success(kept.credential);
		}
		const chain = await this.#loadedChain();
		const outcome = await chain.token(request);
		if (outcome.kind === 'none') {
			return failure(this.#failureOf(outcome));
		}
		const credential = { kind: 'token', token: outcome.token.token, source: nameOfWay(outcome.servedBy) } as const;
		this.#kept.set(name, { credential, expiresAt: outcome.token.expiresOnTimestamp });
		return success(credential);
	}

	async #loadedChain(): Promise<AzureChain> {
		const { AzureChain } = await import('./azureChain');
		this.#chain ??= new AzureChain();
		return this.#chain;
	}

	#failureOf({ failed }: Extract<ChainOutcome, { kind: 'none' }>): RunFailure {
		const account = accountOf(failed, this.#environment);
		const message = ['There is no way to sign in to Azure on this machine yet.', firstStep(account), ...account].join(' ');
		return { kind: 'notSignedIn', code: 'noAzureCredential', message };
	}
}

const cancelled: RunFailure = { kind: 'notSignedIn', code: 'cancelled', message: 'Signing in was cancelled. Nothing was sent.' };

const tookTooLong: RunFailure = {
	kind: 'notSignedIn',
	code: 'signInTimedOut',
	message: 'Signing in to Azure took too long and was given up. Nothing was sent; run “az login” in a terminal, then try again.',
};

function aborted(signal: AbortSignal): Promise<undefined> {
	return new Promise(resolve => {
		if (signal.aborted) {
			resolve(undefined);
		}
		signal.addEventListener('abort', () => resolve(undefined), { once: true });
	});
}
