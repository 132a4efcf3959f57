import type { OpenAI } from 'openai';
import { secretOf, type Connection, type Credential } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import { createTransport } from '../transport/transport';
import type { TransportOptions } from '../transport/transport';
import { authorizationHeader, isSendable } from './authorization';

/** Where a request goes, on whose account, and what it is bound by. */
export interface SdkOptions extends TransportOptions {
	readonly connection: Pick<Connection, 'kind' | 'baseUrl' | 'query'>;
	readonly credential: Credential;
}

/** Stands where the SDK insists on a key; the header that it would become is never sent. */
const noKey = 'none';

/**
 * Lets the SDK build one request, and carries it ourselves. The SDK never sees the answer, so that it can neither turn a
 * picture into a string, nor log, nor repeat.
 *
 * Every setting is given explicitly: otherwise the SDK takes `OPENAI_BASE_URL`, `OPENAI_ORG_ID`, `OPENAI_LOG` and others from
 * the environment (openai npm package, client.js, read 2026-11-20).
 */
export async function sendThroughSdk(
	options: SdkOptions,
	build: (client: OpenAI) => { asResponse(): Promise<unknown> },
): Promise<Response> {
	const { OpenAI } = await import('openai');
	let answer: Promise<Response> | undefined;
	const client = new OpenAI({
		apiKey: secretOf(options.credential) ?? noKey,
		adminAPIKey: null,
		organization: null,
		project: null,
		webhookSecret: null,
		baseURL: options.connection.baseUrl,
		// Our transport keeps the deadline. The SDK's own only has to be later.
		timeout: options.timeoutMs + 60_000,
		maxRetries: 0,
		logLevel: 'off',
		fetchOptions: {},
		defaultHeaders: {},
		defaultQuery: Object.fromEntries(new URLSearchParams(options.connection.query)),
		fetch: async (url, init) => {
			answer = createTransport(options)(url, { ...init, headers: ownHeaders(init?.headers, options) });
			await answer;
			return new Response('{}', { headers: { 'content-type': 'application/json' } });
		},
	});
	const built = build(client).asResponse();
	await built.catch((error: unknown) => {
		if (!answer) {
			throw error; // it never came to a request: a defect
		}
		// Otherwise the SDK only wraps what the transport tells us itself.
	});
	if (!answer) {
		throw new Error('The SDK sent no request.');
	}
	return answer;
}

/**
 * Why the key or token can't be sent at all; `undefined` when it can. An impossible header would be an exception, with the key
 * in its words.
 */
export function whyCredentialIsUnusable(credential: Credential): RunFailure | undefined {
	if (isSendable(credential)) {
		return undefined;
	}
	const message =
		credential.kind === 'token'
			? `What ${credential.source} gave is no access token. Nothing was sent; sign in again.`
			: 'The API key of this connection is empty or holds characters that no key has. Nothing was sent; set the key again.';
	return { kind: 'notSignedIn', message };
}

/** What leaves is chosen by us: `OPENAI_CUSTOM_HEADERS` may have put anything into the SDK's headers, even another key. */
function ownHeaders(built: RequestInit['headers'], { connection, credential }: SdkOptions): Headers {
	const headers = new Headers({ accept: 'application/json, text/event-stream', 'user-agent': 'image-prompt' });
	const type = new Headers(built).get('content-type');
	if (type !== null) {
		headers.set('content-type', type);
	}
	const authorization = authorizationHeader(connection, credential);
	if (authorization) {
		headers.set(...authorization);
	}
	return headers;
}
