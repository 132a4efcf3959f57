/** Who answers at a host name, as far as the name says it. */
export type AzureHost =
	/** A resource of Azure OpenAI or Microsoft Foundry. `name` is the resource's own. */
	| { readonly kind: 'resource'; readonly name: string }
	/** The address of a region, which resources without a name of their own share. */
	| { readonly kind: 'region' }
	/** Azure API Management: what lies behind a path is its owner's choice. */
	| { readonly kind: 'gateway' }
	/** A page for people, or an address that manages resources. */
	| { readonly kind: 'portal' }
	/** Anything else: a gateway of somebody's own, a domain in front of a resource, or this computer. */
	| { readonly kind: 'unknown' };

const resource = /^([^.]+)(?:\..+)?\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/;
const region = /\.api\.cognitive\.(?:microsoft\.(?:com|us)|azure\.cn)$/;
const gateway = /\.azure-api\.(?:net|us|cn)$/;
const portal =
	/^(?:(?:[\w-]+\.)?portal\.azure\.(?:com|us|cn)|(?:ai|oai|ml|management)\.azure\.(?:com|us|cn)|management\.(?:usgovcloudapi\.net|chinacloudapi\.cn)|learn\.microsoft\.com)$/;

/** @param hostname of a parsed URL: lower case, without a port */
export function azureHostOf(hostname: string): AzureHost {
	const [, name] = resource.exec(hostname) ?? [];
	if (name !== undefined) {
		return { kind: 'resource', name };
	}
	if (region.test(hostname)) {
		return { kind: 'region' };
	}
	if (gateway.test(hostname)) {
		return { kind: 'gateway' };
	}
	return { kind: portal.test(hostname) ? 'portal' : 'unknown' };
}
