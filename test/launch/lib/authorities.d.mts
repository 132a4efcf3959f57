/** What makes a server `images.test` for whoever trusts `authority`. All in PEM. */
export interface TestIdentity {
	readonly authority: string;
	readonly cert: string;
	readonly key: string;
}

/** `corporate` is named in NODE_EXTRA_CA_CERTS of a `proxied` window; nobody trusts `stranger`. */
export const authorities: { readonly corporate: TestIdentity; readonly stranger: TestIdentity };

/** Whom the proxy of a `proxied` window lets through. */
export const proxyAccount: { readonly user: string; readonly password: string };
