/** Pages on which a person looks after their account at the vendor (read 2026-11-20). */
export interface HostPages {
	readonly usage: string;
	readonly billing: string;
	readonly verification: string;
}

const openAiPages: HostPages = {
	usage: 'https://platform.openai.com/usage',
	billing: 'https://platform.openai.com/settings/organization/billing/overview',
	verification: 'https://platform.openai.com/settings/organization/general',
};

function azurePages(origin: string): Pick<HostPages, 'usage' | 'billing'> {
	const menu = `${azurePortalOf(origin)}#view/Microsoft_Azure_CostManagement/Menu`;
	return { usage: `${menu}/~/costanalysis`, billing: `${menu}/~/overview` };
}

/** The vendor's pages for a kind of host, in the cloud that `origin` belongs to; a compatible server has none that we know. */
export function pagesOf(hostKind: string, origin = ''): Partial<HostPages> | undefined {
	return hostKind === 'openai' ? openAiPages : hostKind === 'azure' ? azurePages(origin) : undefined;
}

/** Where roles, network rules and quotas of an Azure resource are looked after: the portal of the cloud that its address belongs to. */
export function azurePortalOf(origin: string): string {
	const cloud = /\.azure\.(us|cn)$/.exec(URL.canParse(origin) ? new URL(origin).hostname : '')?.[1] ?? 'com';
	return `https://portal.azure.${cloud}/`;
}
