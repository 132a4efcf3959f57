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

/** The vendor's pages for a kind of host; a compatible server has none that we know. */
export function pagesOf(hostKind: string): HostPages | undefined {
	return hostKind === 'openai' ? openAiPages : undefined;
}
