import type { IncomingHttpHeaders } from 'http';
import { azureErrors } from './azureAnswers';
import type { Refusal } from './behaviour';
import { checkGeneration } from './rules';

/** A Microsoft Entra access token that the resource may be shown. */
export interface FakeToken {
	readonly token: string;
	/** Such as `https://ai.azure.com`: v1 takes that one, the deployment shape `https://cognitiveservices.azure.com`. */
	readonly audience: string;
	/** Milliseconds since the epoch; default: never. */
	readonly expiresAt?: number;
	/** The account may not make pictures with this resource. */
	readonly hasNoRole?: boolean;
}

/** What of an Azure resource can be chosen. */
export interface AzureOptions {
	/** Names of deployments, and the models that they are of. Default: `pictures` of `gpt-image-2`. */
	readonly deployments?: Readonly<Record<string, string>>;
	/** What the deployment shape takes as its `api-version`. Default: `2025-04-01-preview`. */
	readonly apiVersions?: readonly string[];
	/** v1 refuses requests that do not say `api-version=preview`. */
	readonly wantsApiVersion?: boolean;
	/** Accepted tokens, besides the keys. */
	readonly tokens?: readonly FakeToken[];
	/** A gateway's path before that of Azure, such as `/pictures`; behind it `/openai` and `/v1` may be missing. */
	readonly gateway?: string;
}

/** What a request to a resource is about. */
export interface AzureRoute {
	readonly asks: 'generations' | 'models';
	readonly shape: 'v1' | 'dated';
	/** From the path. */
	readonly deployment: string | undefined;
	readonly apiVersion: string | null;
}

/** Where Azure has an answer (Microsoft Learn, REST reference, read 2026-11-20); `undefined`: nowhere there. */
export function azureRoute(method: string, { pathname, searchParams }: URL, { gateway }: AzureOptions): AzureRoute | undefined {
	const isBehindGateway = gateway !== undefined && pathname.startsWith(`${gateway}/`);
	const path = isBehindGateway ? pathname.slice(gateway.length).replace(/^\/openai(?=\/)/, '') : /^\/openai(\/.*)$/.exec(pathname)?.[1];
	const apiVersion = searchParams.get('api-version');
	const dated = /^\/deployments\/([^/]+)\/images\/generations$/.exec(path ?? '')?.[1];
	const isV1 = path?.startsWith('/v1/') ?? false;
	const rest = path?.replace(/^\/v1(?=\/)/, '');
	if (method === 'POST' && dated !== undefined) {
		return { asks: 'generations', shape: 'dated', deployment: decodeURIComponent(dated), apiVersion };
	}
	if (method === 'POST' && rest === '/images/generations' && (isV1 || isBehindGateway)) {
		return { asks: 'generations', shape: 'v1', deployment: undefined, apiVersion };
	}
	return method === 'GET' && rest === '/models'
		? { asks: 'models', shape: isV1 || (isBehindGateway && apiVersion === null) ? 'v1' : 'dated', deployment: undefined, apiVersion }
		: undefined;
}

/** Why Azure would not even look at the body: the credential, then the version. `keys` are those that the resource takes. */
export function checkAzureAccess(
	headers: IncomingHttpHeaders,
	route: AzureRoute,
	keys: readonly string[],
	options: AzureOptions,
): Refusal | undefined {
	return checkCredential(headers, route, keys, options.tokens ?? []) ?? checkVersion(route, options);
}

function checkCredential(
	headers: IncomingHttpHeaders,
	{ shape }: AzureRoute,
	keys: readonly string[],
	tokens: readonly FakeToken[],
): Refusal | undefined {
	const key = headers['api-key'];
	const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
	if (typeof key === 'string' || bearer === undefined) {
		return typeof key === 'string' && keys.includes(key) ? undefined : azureErrors.wrongKey;
	}
	const audience = shape === 'v1' ? 'https://ai.azure.com' : 'https://cognitiveservices.azure.com';
	const token = tokens.find(each => each.token === bearer);
	if (token?.audience !== audience || (token.expiresAt ?? Infinity) <= Date.now()) {
		return shape === 'v1' && keys.includes(bearer) ? undefined : azureErrors.refusedToken(audience);
	}
	return token.hasNoRole ? azureErrors.missingRole : undefined;
}

function checkVersion({ shape, apiVersion }: AzureRoute, { apiVersions, wantsApiVersion }: AzureOptions): Refusal | undefined {
	if (shape === 'dated') {
		return apiVersion !== null && (apiVersions ?? ['2025-04-01-preview']).includes(apiVersion) ? undefined : azureErrors.notFound;
	}
	if (apiVersion === null) {
		return wantsApiVersion ? azureErrors.apiVersionRequired : undefined;
	}
	return apiVersion === 'preview' ? undefined : azureErrors.apiVersionNotAllowed;
}

/** The deployments, under which the resource knows its models. */
function deploymentsOf({ deployments }: AzureOptions): Readonly<Record<string, string>> {
	return deployments ?? { pictures: 'gpt-image-2' };
}

/** Why Azure would not paint this; `undefined` when it would. */
export function checkAzureGeneration(
	body: Readonly<Record<string, unknown>>,
	headers: IncomingHttpHeaders,
	route: AzureRoute,
	options: AzureOptions,
): Refusal | undefined {
	const deployments = deploymentsOf(options);
	const asked = typeof body.model === 'string' ? body.model : undefined;
	if (route.shape === 'dated' && asked !== undefined && !(asked in deployments)) {
		return azureErrors.unknownModel(asked);
	}
	const model = deployments[route.deployment ?? asked ?? ''];
	if (model === undefined) {
		return azureErrors.deploymentNotFound;
	}
	if ('moderation' in body) {
		return azureErrors.unknownParameter('moderation'); // its reference has no such field (read 2026-11-20)
	}
	// Microsoft Learn, read 2026-11-20: «WEBP images aren't supported».
	return body.output_format === 'webp' ? azureErrors.noWebp : checkGeneration({ ...body, model }, headers);
}

/** The base models of the region: not what is deployed. */
export function azureModels(options: AzureOptions): readonly string[] {
	return [...new Set([...Object.values(deploymentsOf(options)), 'gpt-5', 'gpt-image-2'])];
}
