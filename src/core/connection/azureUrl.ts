import { failure, success, type Result } from '../result';
import { isAzureApi } from './azureApi';
import { azureHostOf, type AzureHost } from './azureHost';
import { isLoopback } from './normaliseBaseUrl';
import { parseUrl } from './parseUrl';

/** A pasted address, taken apart. */
export interface AzureUrl {
	readonly origin: string;
	readonly hostname: string;
	/** Without double and trailing slashes; empty: none. */
	readonly path: string;
	/** The `api-version` of its query. */
	readonly version?: string;
	readonly host: AzureHost;
}

/** Takes an address apart, or says in a sentence what to do about it. The sentence repeats nothing that could be a secret. */
export function readAzureUrl(text: string): Result<AzureUrl, string> {
	const url = parseUrl(text);
	if (!url) {
		return failure('must be complete, such as https://NAME.openai.azure.com, with https:// at its beginning');
	}
	const host = azureHostOf(url.hostname);
	const reason = whyNot(url, host);
	if (reason !== undefined) {
		return failure(reason);
	}
	const version = versionOf(url);
	if (!version.ok) {
		return version;
	}
	const path = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '');
	return success({ origin: url.origin, hostname: url.hostname, path, host, ...version.value });
}

function whyNot(url: URL, host: AzureHost): string | undefined {
	if (url.username !== '' || url.password !== '') {
		return 'must not contain a user name or password: use "Image Prompt: Set API Key"';
	}
	if (host.kind === 'portal') {
		return 'must not be a page of the portal: copy what the page of the deployment shows as "Target URI" or "Endpoint", such as https://NAME.openai.azure.com';
	}
	if (/(?:^|\.)openai\.com$/.test(url.hostname)) {
		return 'must be the address of an Azure resource: for OpenAI itself use a connection of the kind "openai"';
	}
	if (url.hash !== '' || url.href.includes('#')) {
		return 'must not contain a fragment (the part from "#")';
	}
	return url.protocol === 'http:' && !isLoopback(url.hostname)
		? 'must begin with https://; http:// is only for servers on this computer (localhost, 127.0.0.1, [::1])'
		: undefined;
}

function versionOf({ search }: URL): Result<Pick<AzureUrl, 'version'>, string> {
	const parameters = search.slice(1).toLowerCase().split('&').filter(Boolean);
	if (parameters.some(parameter => !/^api-version(?:=|$)/.test(parameter))) {
		return failure(
			'must not contain anything but api-version after "?": a key belongs in "Image Prompt: Set API Key", the rest can be left out',
		);
	}
	const [version, ...others] = new Set(parameters.map(parameter => parameter.slice('api-version='.length)));
	if (version === undefined) {
		return success({});
	}
	return others.length === 0 && isAzureApi(version)
		? success({ version })
		: failure('must name one version after "api-version=", such as 2025-04-01-preview, preview or v1');
}
