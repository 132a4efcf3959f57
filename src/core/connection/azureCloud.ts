import { assertNever } from '../result';
import { isDatedApi } from './azureApi';

/** Microsoft's clouds, which do not trust one another's tokens. */
export type AzureCloud = 'public' | 'usGovernment' | 'china';

/** The cloud of a host name; a host that is not Microsoft's is taken to stand before the public cloud. */
export function azureCloudOf(hostname: string): AzureCloud {
	if (/\.(?:azure|azure-api|microsoft)\.us$/.test(hostname)) {
		return 'usGovernment';
	}
	return /\.(?:azure|azure-api)\.cn$/.test(hostname) ? 'china' : 'public';
}

/** Origins that issue the tokens of a cloud (sovereign ones from third parties, read 2026-11-20). */
const authorities: Readonly<Record<AzureCloud, string>> = {
	public: 'https://login.microsoftonline.com',
	usGovernment: 'https://login.microsoftonline.us',
	china: 'https://login.chinacloudapi.cn',
};

/** Origin that issues tokens for a cloud, without a trailing slash. */
export function authorityOf(cloud: AzureCloud): string {
	return authorities[cloud];
}

const foundryScope = 'https://ai.azure.com/.default';
const cognitiveScope = 'https://cognitiveservices.azure.com/.default';

/** What a token is asked for (Microsoft Learn: one scope for v1, one for dated versions; sovereign ones from third parties; read 2026-11-20). */
export function defaultScope(cloud: AzureCloud, api: string): string {
	switch (cloud) {
		case 'usGovernment':
			return 'https://cognitiveservices.azure.us/.default';
		case 'china':
			return 'https://cognitiveservices.azure.cn/.default';
		case 'public':
			return isDatedApi(api) ? cognitiveScope : foundryScope;
		default:
			return assertNever(cloud);
	}
}

/** The scope to try when a host says that a token has the wrong audience. `undefined`: no other one is known. */
export function otherScope(scope: string): string | undefined {
	if (scope === foundryScope) {
		return cognitiveScope;
	}
	return scope === cognitiveScope ? foundryScope : undefined;
}
