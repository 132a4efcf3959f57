import { assertNever } from '../result';

/** Which kind of host a connection speaks to. */
export type HostKind = 'openai' | 'azure' | 'compatible' | 'sandbox';

export type AuthKind = 'apiKey' | 'microsoft' | 'azureDefault' | 'none';

/** A user's connection after its settings were checked. Never holds a secret. */
export interface Connection {
	readonly name: string;
	readonly kind: HostKind;
	/** Normalised, without a trailing slash. Empty for the sandbox. */
	readonly baseUrl: string;
	/** Scheme, host and port of `baseUrl`: what a secret is bound to. Empty for the sandbox. */
	readonly origin: string;
	/** Default model of this connection. */
	readonly model: string;
	readonly auth: AuthKind;
	/** `azure`: the deployment, which is what is asked for on the wire; `model` says what it is. */
	readonly deployment?: string;
	/** `azure`: `v1`, `preview` (v1 with `?api-version=preview`), or a dated api-version of the deployment shape. */
	readonly api?: string;
	/** `azure`: the query of every request, such as `api-version=2025-04-01-preview`; without `?`. */
	readonly query?: string;
	/** `microsoft`, `azureDefault`: the Entra tenant, when the user names one. */
	readonly tenantId?: string;
	/** `microsoft`, `azureDefault`: what the token is asked for; the default of the shape, or the user's. */
	readonly scope?: string;
	/** `microsoft`, `azureDefault`: origin that issues tokens for the resource's cloud, such as `https://login.microsoftonline.com`. */
	readonly authority?: string;
	/** Requests at once. */
	readonly concurrency: number;
	/** Overrides for models that the table does not know, as written by the user (checked by `core/model`). */
	readonly capabilities?: Readonly<Record<string, unknown>>;
}

/** What authorises one request. Only the provider unwraps it; never logged, never stored. */
export type Credential =
	| { readonly kind: 'none' }
	| { readonly kind: 'apiKey'; readonly key: string }
	/** A Microsoft Entra access token. `source` says in words who gave it, such as `Azure CLI` or an account's name; it is no secret. */
	| { readonly kind: 'token'; readonly token: string; readonly source: string };

/** The secret in a credential: what must not get into any text. `undefined`: there is none. */
export function secretOf(credential: Credential): string | undefined {
	switch (credential.kind) {
		case 'none':
			return undefined;
		case 'apiKey':
			return credential.key;
		case 'token':
			return credential.token;
		default:
			return assertNever(credential);
	}
}
