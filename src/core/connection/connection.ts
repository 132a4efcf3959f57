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
	/** Requests at once. */
	readonly concurrency: number;
	/** Overrides for models that the table does not know, as written by the user (checked by `core/model`). */
	readonly capabilities?: Readonly<Record<string, unknown>>;
}

/** What authorises one request. Only the provider unwraps it; never logged, never stored. */
export type Credential = { readonly kind: 'none' } | { readonly kind: 'apiKey'; readonly key: string };
