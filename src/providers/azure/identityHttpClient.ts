import { createHttpHeaders, type HttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { readBounded } from '../request/boundedBody';
import { createTransport } from '../transport/transport';

/** Longest exchange with whoever issues tokens, in milliseconds. */
const tokenTimeoutMs = 20_000;
/** An answer with a token is a few kilobytes. */
const maxAnswerBytes = 1_000_000;

/**
 * Carries the token requests of Microsoft's library over our transport, so that VS Code's proxy and certificate support takes
 * part in them as in everything else. Never follows a redirect, never repeats.
 */
export class IdentityHttpClient implements HttpClient {
	/** Ends what is under way. The library keeps one client for as long as it lives, so that the signal comes and goes. */
	signal: AbortSignal = new AbortController().signal;

	async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
		const own = followed(request);
		const timeoutMs = request.timeout > 0 ? Math.min(request.timeout, tokenTimeoutMs) : tokenTimeoutMs;
		const response = await createTransport({ timeoutMs, signal: this.signal })(request.url, {
			method: request.method,
			headers: request.headers.toJSON(),
			body: textOf(request),
			...(own ? { signal: own } : {}),
		});
		return {
			request,
			status: response.status,
			headers: createHttpHeaders(Object.fromEntries(response.headers)),
			bodyAsText: await readBounded(response.body, maxAnswerBytes),
		};
	}
}

/** The library's own signals have not the whole form of the platform's. */
function followed({ abortSignal }: PipelineRequest): AbortSignal | undefined {
	if (!abortSignal) {
		return undefined;
	}
	const controller = new AbortController();
	if (abortSignal.aborted) {
		controller.abort();
	}
	abortSignal.addEventListener('abort', () => controller.abort());
	return controller.signal;
}

function textOf({ body }: PipelineRequest): string | null {
	if (body === undefined || body === null || typeof body === 'string') {
		return body ?? null;
	}
	throw new Error('A token request has a body that is no text.');
}
