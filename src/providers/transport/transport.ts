import { Exchange } from './exchange';

/** What one call through the transport is bound by. */
export interface TransportOptions {
	/** Deadline for the whole exchange, body included, in milliseconds. */
	readonly timeoutMs: number;
	/** Ends the exchange at once, whatever it is waiting for. */
	readonly signal: AbortSignal;
	/** The request can have reached the host from now on: connected, and for https the handshake is over. */
	onLeft?(): void;
}

/** `fetch`, as far as the SDK uses it. Rejects with a `TransportError`; the body of an answer fails with one. */
export type Transport = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Carries one request over `http` or `https`, so that VS Code's proxy and certificate support takes part, silence of any
 * length is endured (Node's `fetch` gives up after 300 s), and it is known whether the request has left.
 *
 * Never follows a redirect, never repeats, never uses a socket twice: a broken socket says something about this request only.
 */
export function createTransport(options: TransportOptions): Transport {
	return async (url, init = {}) => {
		const address = new URL(url instanceof Request ? url.url : url);
		const headers = new Headers(init.headers);
		const body = await encodeBody(init.body, headers);
		return new Exchange(options, init.signal ?? undefined).run(address, init.method ?? 'GET', headers, body);
	};
}

async function encodeBody(body: RequestInit['body'], headers: Headers): Promise<Uint8Array | undefined> {
	if (body === undefined || body === null) {
		return undefined;
	}
	if (typeof body === 'string') {
		return Buffer.from(body);
	}
	if (body instanceof Uint8Array) {
		return body;
	}
	const encoded = new Response(body);
	const type = encoded.headers.get('content-type');
	if (type !== null && !headers.has('content-type')) {
		headers.set('content-type', type);
	}
	return new Uint8Array(await encoded.arrayBuffer());
}
