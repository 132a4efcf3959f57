/** Begins the names of versions that know GPT Image models at all (Microsoft Learn, read 2026-11-20). */
export const oldestImageApi = '2025-04-01';

const dated = /^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:-preview)?$/;

/** Whether a version is that of the deployment shape, such as `2025-04-01-preview`. */
export function isDatedApi(api: string): boolean {
	return dated.test(api);
}

/** `v1`, `preview` or a dated version. */
export function isAzureApi(text: string): boolean {
	return text === 'v1' || text === 'preview' || isDatedApi(text);
}

/** Query of every request in a version, without `?`. `undefined`: none. */
export function azureQuery(api: string): string | undefined {
	return api === 'v1' ? undefined : `api-version=${api}`;
}

/** Whether a text can be the name of a deployment: 1 to 64 letters, digits and `.`, `_`, `-` (Microsoft's resource naming rules). */
export function isDeploymentName(text: string): boolean {
	return /^(?!\.{1,2}$)[\w.-]{1,64}$/.test(text);
}
