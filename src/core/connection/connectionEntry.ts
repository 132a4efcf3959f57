import * as z from 'zod/mini';
import { isAzureApi, isDeploymentName } from './azureApi';

const text = z.string('must be a text');

/** One entry of the user's list: its form. What a kind needs is checked where a connection is made of it. */
export const entrySchema = z.strictObject(
	{
		name: text.check(
			z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}\u2028\u2029]{0,98}[^\s\p{Cc}])?$/u, 'must be a name of 1 to 100 characters on one line'),
		),
		kind: z.enum(['openai', 'azure', 'compatible'], 'must be "openai", "azure" or "compatible"'),
		baseUrl: z.optional(text),
		deployment: z.optional(text.check(emptyOr(isDeploymentName, 'must be 1 to 64 letters, digits, ".", "_" or "-"'))),
		model: z.optional(text),
		api: z.optional(text.check(emptyOr(isAzureApi, 'must be "v1", "preview" or a dated version such as "2025-04-01-preview"'))),
		auth: z.optional(
			z.enum(['apiKey', 'microsoft', 'azureDefault', 'none'], 'must be "apiKey", "microsoft", "azureDefault" or "none"'),
		),
		tenantId: z.optional(
			text.check(emptyOr(isTenant, 'must be the id of a tenant, or a domain of it such as "contoso.onmicrosoft.com"')),
		),
		scope: z.optional(
			text.check(emptyOr(isScope, 'must be a scope such as "https://cognitiveservices.azure.com/.default" or "api://ID/.default"')),
		),
		concurrency: z.optional(
			z.int('must be a whole number').check(z.minimum(1, 'must be at least 1'), z.maximum(32, 'must be at most 32')),
		),
		capabilities: z.optional(z.record(z.string(), z.unknown(), 'must be an object')),
	},
	'must be an object',
);

/** An entry of the right form. Empty texts mean the same as absent ones. */
export type Entry = z.output<typeof entrySchema>;

/** Fields that only the kind `azure` has. */
export const azureFields = ['deployment', 'api', 'tenantId', 'scope'] as const satisfies readonly (keyof Entry)[];

/** Requests at once, unless an entry says otherwise. */
export const defaultConcurrency = 2;

function emptyOr(isRight: (value: string) => boolean, message: string) {
	return z.refine<string>(value => value.trim() === '' || isRight(value.trim()), message);
}

/** What may stand in the path of a token's issuer: no slash, and no dots alone. */
function isTenant(value: string): boolean {
	return /^[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?$/i.test(value);
}

/** One scope: two of them, apart by a space, would be another request than the one that is shown. */
function isScope(value: string): boolean {
	return /^(?:https:\/\/[a-z\d.-]+(?::\d+)?\/|api:\/\/)[\w.~%/:-]*[\w.~%-]$/i.test(value) && value.length <= 300;
}
