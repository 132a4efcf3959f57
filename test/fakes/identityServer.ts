import * as http from 'http';
import * as https from 'https';
import type { IncomingMessage, ServerResponse } from 'http';
import type { AddressInfo } from 'node:net';
import { canaryToken } from '../launch/lib/canary.mjs';
import { testCertificate } from './certificate';

/** What was asked of the fake, in order. */
export interface TokenCall {
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly form: Readonly<Record<string, string>>;
}

/** How the next tokens are issued. */
export interface IdentityBehaviour {
	/** Seconds that a token lasts; an hour when absent. */
	readonly lifetimeSeconds?: number;
	/** Refuses with this status and body. */
	readonly refusal?: { readonly status: number; readonly body: unknown };
	/** Never answers. */
	readonly isSilent?: boolean;
}

/** Whoever issues tokens, on loopback: managed identity of App Service, of a virtual machine (IMDS), and Entra itself. */
export interface IdentityServer {
	readonly origin: string;
	/** Token requests, without those for metadata. */
	readonly calls: readonly TokenCall[];
	behaviour: IdentityBehaviour;
	close(): Promise<void>;
}

/** The secret that App Service's managed identity is asked with. */
export const identityHeader = 'fake-identity-header';
/** The client secret that the fake Entra takes. */
export const clientSecret = 'fake-client-secret';

/** Every token is another one, and holds the canary, so that none can be left anywhere unseen. */
export async function startIdentityServer({ isSecure = false, tls = testCertificate } = {}): Promise<IdentityServer> {
	const calls: TokenCall[] = [];
	const state = { behaviour: {} as IdentityBehaviour, issued: 0 };
	const answer = (request: IncomingMessage, response: ServerResponse): void => {
		void bodyOf(request).then(body => reply(request, body, response));
	};
	const reply = (request: IncomingMessage, body: string, response: ServerResponse): void => {
		const url = new URL(request.url ?? '/', `${isSecure ? 'https' : 'http'}://${request.headers.host}`);
		if (url.pathname.endsWith('/.well-known/openid-configuration')) {
			send(response, 200, metadata(url));
			return;
		}
		url.pathname = url.pathname.replace(/\/$/, ''); // IMDS takes either
		calls.push({ path: url.pathname, query: entries(url.searchParams), form: entries(new URLSearchParams(body)) });
		const { isSilent, refusal, lifetimeSeconds = 3600 } = state.behaviour;
		if (isSilent) {
			return;
		}
		const mistake = refusal ?? mistakeOf(url, request, new URLSearchParams(body));
		if (mistake) {
			send(response, mistake.status, mistake.body);
			return;
		}
		const now = Math.floor(Date.now() / 1000);
		send(response, 200, {
			access_token: `t${++state.issued}.${canaryToken}`,
			expires_in: lifetimeSeconds,
			expires_on: String(now + lifetimeSeconds),
			resource: url.searchParams.get('resource') ?? '',
			token_type: 'Bearer',
		});
	};
	const server = isSecure ? https.createServer(tls, answer) : http.createServer(answer);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`,
		calls,
		get behaviour() {
			return state.behaviour;
		},
		set behaviour(behaviour) {
			state.behaviour = behaviour;
		},
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** What the real ones insist on (Microsoft Learn, “How to use managed identities”, read 2026-11-20). */
function mistakeOf(url: URL, { headers }: IncomingMessage, form: URLSearchParams): IdentityBehaviour['refusal'] {
	if (url.pathname === '/msi/token') {
		const isWhole = headers['x-identity-header'] === identityHeader && url.searchParams.has('resource');
		return isWhole ? undefined : { status: 401, body: { message: 'Unauthorized' } };
	}
	if (url.pathname === '/metadata/identity/oauth2/token') {
		const isWhole = headers['metadata'] === 'true' && url.searchParams.has('resource');
		return isWhole
			? undefined
			: { status: 400, body: { error: 'invalid_request', error_description: 'Required metadata header not specified' } };
	}
	if (!url.pathname.endsWith('/oauth2/v2.0/token')) {
		return { status: 404, body: { error: 'not_found' } };
	}
	return form.get('client_secret') === clientSecret
		? undefined
		: {
				status: 401,
				body: {
					error: 'invalid_client',
					error_description: 'AADSTS7000215: Invalid client secret provided. Trace ID: 0',
					error_codes: [7000215],
				},
			};
}

function metadata(url: URL) {
	const base = `${url.origin}${url.pathname.replace('/v2.0/.well-known/openid-configuration', '')}`;
	return {
		token_endpoint: `${base}/oauth2/v2.0/token`,
		authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
		jwks_uri: `${base}/discovery/v2.0/keys`,
		end_session_endpoint: `${base}/oauth2/v2.0/logout`,
		issuer: `${base}/v2.0`,
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of request) {
		chunks.push(chunk as Uint8Array);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

function entries(parameters: URLSearchParams): Readonly<Record<string, string>> {
	return Object.fromEntries(parameters);
}
