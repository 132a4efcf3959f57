import type { Connection, Credential, HostKind } from '../../../../src/core/connection/connection';
import type { ImageProvider, ProviderAnswer, ProviderCall, ProviderProgress } from '../../../../src/core/run/ports';
import { MemorySpool } from '../../../fakes/memorySpool';

/** A connection to a server on this machine. */
export function connectionTo(url: string, kind: HostKind = 'openai', baseUrl = `${url}/v1`): Connection {
	return { name: 'test', kind, baseUrl, origin: url, model: 'gpt-image-2', auth: 'apiKey', concurrency: 2 };
}

export const testKey: Credential = { kind: 'apiKey', key: 'test-key' };

/** What a call came to, with everything that was told on the way. */
export interface Called {
	readonly answer: ProviderAnswer;
	readonly spool: MemorySpool;
	/** `left`, `accepted`, `partial 0`, `final 0`, … */
	readonly told: readonly string[];
}

/** Sends one request; what is not given is the simplest that works. */
export async function callProvider(
	provider: ImageProvider,
	connection: Connection,
	body: Readonly<Record<string, string | number | boolean>> = {},
	options: Partial<Omit<ProviderCall, 'spool'>> & { readonly spool?: MemorySpool } = {},
): Promise<Called> {
	const spool = options.spool ?? new MemorySpool();
	const told: string[] = [];
	const onProgress = (progress: ProviderProgress) => {
		told.push(progress.kind === 'picture' ? `${progress.picture.role} ${progress.picture.candidate}` : progress.kind);
		options.onProgress?.(progress);
	};
	const n = typeof body.n === 'number' ? body.n : 1;
	const request = {
		candidates: Array.from({ length: n }, (_, index) => index),
		stream: body.stream === true,
		body: { model: 'gpt-image-2', prompt: 'A boat', size: '1024x1024', ...body },
	};
	const signal = new AbortController().signal;
	const answer = await provider.send({
		connection,
		credential: testKey,
		request,
		timeoutMs: 5000,
		signal,
		...options,
		spool,
		onProgress,
	});
	return { answer, spool, told };
}
