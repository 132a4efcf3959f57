import { assertNever, failure, success, type Result } from '../result';
import { azureQuery, isDatedApi, isDeploymentName, oldestImageApi } from './azureApi';
import { azureCloudOf, type AzureCloud } from './azureCloud';
import { readAzurePath, readGatewayPath, type AzurePath, type GatewayPath } from './azurePath';
import { readAzureUrl, type AzureUrl } from './azureUrl';

/** What the user says beside the address. It wins over what the address says; empty and absent mean the same. */
export interface AzureWishes {
	/** `v1`, `preview` or a dated version. */
	readonly api?: string | undefined;
	readonly deployment?: string | undefined;
}

/** Where pictures are asked for: `${baseUrl}/images/generations?${query}`. */
export interface AzureEndpoint {
	/**
	 * Without a trailing slash. In a dated version without a deployment it is not complete yet: give the deployment as a
	 * wish, and normalise again.
	 */
	readonly baseUrl: string;
	/** Scheme, host and port; always those of the address that was pasted. */
	readonly origin: string;
	/** Absent: none. Without `?`. */
	readonly query?: string;
	/** `v1`, `preview` or a dated version. */
	readonly api: string;
	/** Absent: neither the wishes nor the address name one. */
	readonly deployment?: string;
	/** Whether the path was made by Azure's rules, or is somebody's own and was kept. */
	readonly shape: 'resource' | 'gateway';
	/** Name of the resource, where the host has it. */
	readonly resource?: string;
	readonly cloud: AzureCloud;
	/** Sentences about what was made of the address, for the person who pasted it. */
	readonly notes: readonly string[];
}

/**
 * Reads any address that a portal, a sample or a gateway's owner shows. The failure is a sentence that begins with a verb
 * and says what to do; it never repeats what could be a secret.
 */
export function normaliseAzureUrl(text: string, wishes: AzureWishes = {}): Result<AzureEndpoint, string> {
	const url = readAzureUrl(text);
	if (!url.ok) {
		return url;
	}
	const path = pathOf(url.value);
	if (path === undefined) {
		return failure('must end with /openai/v1 or /openai/deployments/DEPLOYMENT, or have no path: what its path means is not known');
	}
	const inUrl = 'deployment' in path ? path.deployment : undefined;
	if (inUrl !== undefined && !isDeploymentName(inUrl)) {
		return failure('must have the name of a deployment after /deployments/: letters, digits, ".", "_" and "-"');
	}
	const pasted: Pasted = { url: url.value, wishes, ...(inUrl === undefined ? {} : { inUrl }) };
	return 'base' in path ? gatewayEndpoint(pasted, path) : success(resourceEndpoint(pasted, path));
}

interface Pasted {
	readonly url: AzureUrl;
	readonly wishes: AzureWishes;
	/** The deployment that the address names. */
	readonly inUrl?: string;
}

/** Azure's shapes on every host but a gateway's, where `/openai/…` can be anything. */
function pathOf({ host, path }: AzureUrl): AzurePath | GatewayPath | undefined {
	if (host.kind === 'gateway') {
		return readGatewayPath(path);
	}
	if (host.kind !== 'unknown' || path === '' || /^\/(?:openai|api\/projects)(?:\/|$)/i.test(path)) {
		return readAzurePath(path) ?? (host.kind === 'unknown' ? readGatewayPath(path) : undefined);
	}
	const kept = readGatewayPath(path);
	return kept?.base === '' && kept.deployment === undefined && kept.endpoint !== undefined
		? { kind: 'open', endpoint: kept.endpoint }
		: kept;
}

function resourceEndpoint(pasted: Pasted, path: AzurePath): AzureEndpoint {
	const { url, wishes } = pasted;
	const api = wishes.api || versionForResource(url, path);
	const deployment = wishes.deployment || pasted.inUrl;
	const shape = isDatedApi(api) ? `/openai${deployment === undefined ? '' : inPath(deployment)}` : '/openai/v1';
	return {
		...common(pasted, api),
		baseUrl: `${url.origin}${shape}`,
		shape: 'resource',
		...(url.host.kind === 'resource' ? { resource: url.host.name } : {}),
		notes: [...describePath(url, path, api), ...describeChoice(pasted, api), ...describeRegion(url)],
	};
}

/** A dated version is what the address asks for only where the shape is its own, or where a stranger's host has no other. */
function versionForResource({ host, version }: AzureUrl, { kind }: AzurePath): string {
	if (version === undefined) {
		return 'v1';
	}
	const isMeant = !isDatedApi(version) || kind === 'deployment' || (kind === 'open' && host.kind === 'unknown');
	return isMeant ? version : 'v1';
}

function gatewayEndpoint(pasted: Pasted, path: GatewayPath): Result<AzureEndpoint, string> {
	const { url, wishes, inUrl } = pasted;
	const isV1Path = /\/openai\/v1$/i.test(path.base);
	const version = isV1Path && url.version !== undefined && isDatedApi(url.version) ? 'v1' : url.version;
	const api = wishes.api || version;
	if (inUrl !== undefined && (api === undefined || !isDatedApi(api))) {
		return failure(
			'must have a dated version after "?", such as api-version=2025-04-01-preview, because its path names a deployment; or write the version as "api"',
		);
	}
	if (isV1Path && api !== undefined && isDatedApi(api)) {
		return failure('must not end with /openai/v1 when "api" is a dated version: write the part before /deployments');
	}
	const deployment = wishes.deployment || inUrl;
	const ending = api !== undefined && isDatedApi(api) && deployment !== undefined ? inPath(deployment) : '';
	return success({
		...common(pasted, api ?? 'v1'),
		baseUrl: `${url.origin}${path.base}${ending}`,
		shape: 'gateway',
		notes: [
			'The address of the gateway is kept as it is.',
			...(path.endpoint === undefined ? [] : [`The endpoint ${path.endpoint} was left out.`]),
			...describeChoice(pasted, api ?? 'v1'),
		],
	});
}

function common({ url, wishes, inUrl }: Pasted, api: string): Pick<AzureEndpoint, 'origin' | 'query' | 'api' | 'deployment' | 'cloud'> {
	const query = azureQuery(api);
	const deployment = wishes.deployment || inUrl;
	return {
		origin: url.origin,
		...(query === undefined ? {} : { query }),
		api,
		...(deployment === undefined ? {} : { deployment }),
		cloud: azureCloudOf(url.hostname),
	};
}

function inPath(deployment: string): string {
	return `/deployments/${encodeURIComponent(deployment)}`;
}

function describePath(url: AzureUrl, path: AzurePath, api: string): readonly string[] {
	const shape = isDatedApi(api) ? '/openai/deployments' : '/openai/v1';
	switch (path.kind) {
		case 'project':
			return [`The project URL was shortened to its resource, and ${shape} was added.`];
		case 'inference':
			return [`${url.path} makes no pictures and was replaced by ${shape}.`];
		case 'open':
		case 'v1':
		case 'deployment': {
			const left = path.endpoint === undefined ? [] : [`The endpoint ${path.endpoint} was left out.`];
			const added = path.kind === 'open' ? [`${shape} was added.`] : [];
			return [...left, ...added];
		}
		default:
			return assertNever(path);
	}
}

/** What the address said of version and deployment, and what became of it. */
function describeChoice({ url, wishes, inUrl }: Pasted, api: string): readonly string[] {
	const { version } = url;
	const notes: string[] = [];
	if (inUrl !== undefined && !wishes.deployment) {
		notes.push(`The deployment "${inUrl}" was taken from the address.`);
	} else if (inUrl !== undefined && inUrl !== wishes.deployment) {
		notes.push(`The address names the deployment "${inUrl}", but "${wishes.deployment}" is used.`);
	}
	if (version !== undefined && version !== api) {
		notes.push(
			wishes.api
				? `The api-version ${version} of the address was left out, because "api" says ${api}.`
				: `The api-version ${version} belongs to the deployment shape and was left out.`,
		);
	} else if (version !== undefined && version !== 'v1' && !wishes.api) {
		notes.push(`The api-version ${version} was taken from the address.`);
	} else if (version === undefined && inUrl !== undefined && !wishes.api) {
		notes.push('The address names no api-version, so that the v1 shape is used.');
	}
	if (isDatedApi(api) && api < oldestImageApi) {
		notes.push(`The api-version ${api} is older than the image models. Use 2025-04-01-preview or a newer one.`);
	}
	return notes;
}

function describeRegion({ host }: AzureUrl): readonly string[] {
	return host.kind === 'region'
		? ['This is the address of a region, which takes keys only. To sign in, use the address of the resource.']
		: [];
}
