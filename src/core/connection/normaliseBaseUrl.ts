import { failure, success, type Result } from '../result';
import { parseUrl } from './parseUrl';

/** The address of an API as it is used and shown: punycode host, no trailing slash. `origin` is what a secret is bound to. */
export interface BaseUrl {
	readonly baseUrl: string;
	readonly origin: string;
}

/** Endpoints that people paste along with the address (OpenAI's, read 2026-11-20). */
const pastedEndpoint = /\/(?:images(?:\/(?:generations|edits|variations))?|chat\/completions|completions|responses|embeddings|models)$/;

/**
 * Reads an address that a person wrote or pasted. The failure is a sentence that says what to do; it never repeats
 * credentials that were in the address.
 */
export function normaliseBaseUrl(text: string): Result<BaseUrl, string> {
	const url = parseUrl(text);
	if (!url) {
		return failure('must be complete, such as https://api.example.com/v1, with https:// at its beginning');
	}
	const reason = whyNot(url);
	if (reason !== undefined) {
		return failure(reason);
	}
	const path = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '').replace(pastedEndpoint, '');
	return success({ baseUrl: `${url.origin}${path === '' && isOpenAi(url.hostname) ? '/v1' : path}`, origin: url.origin });
}

function whyNot(url: URL): string | undefined {
	if (url.username !== '' || url.password !== '') {
		return 'must not contain a user name or password: use "Image Prompt: Set API Key"';
	}
	if (url.search !== '' || url.href.includes('?')) {
		return 'must not contain a query (the part from "?")';
	}
	if (url.hash !== '' || url.href.includes('#')) {
		return 'must not contain a fragment (the part from "#")';
	}
	return url.protocol === 'http:' && !isLoopback(url.hostname)
		? 'must begin with https://; http:// is only for servers on this computer (localhost, 127.0.0.1, [::1])'
		: undefined;
}

/** Whether a host name of a parsed URL means this computer without asking a name server. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** OpenAI's own hosts, regional ones too: their API lies under /v1 (openai npm package, read 2026-11-20). */
export function isOpenAi(hostname: string): boolean {
	return hostname === 'api.openai.com' || hostname.endsWith('.api.openai.com');
}
