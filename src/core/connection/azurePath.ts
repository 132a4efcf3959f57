/** What a path asks of a resource. `endpoint` was pasted along, such as `/images/generations`. */
export type AzurePath =
	/** No shape is named: nothing, or `/openai`. */
	| { readonly kind: 'open'; readonly endpoint?: string }
	| { readonly kind: 'v1'; readonly endpoint?: string }
	| { readonly kind: 'deployment'; readonly deployment: string; readonly endpoint?: string }
	/** A Foundry project. */
	| { readonly kind: 'project' }
	/** Foundry's model inference, which makes no pictures. */
	| { readonly kind: 'inference' };

/** A path on somebody's gateway: `base` is kept as it is. */
export interface GatewayPath {
	readonly base: string;
	/** In the path after `base`. */
	readonly deployment?: string;
	readonly endpoint?: string;
}

/** Endpoints that portals and samples show (Microsoft Learn, read 2026-11-20). */
const endpoint =
	/^\/(?:images(?:\/(?:generations|edits|variations))?|chat\/completions|completions|responses|embeddings|models|deployments)$/i;
const inDeployment = /^(.*?)\/deployments\/([^/]+)(\/.*)?$/i;

/** Reads a path of Azure's own shapes. `undefined`: it is none of them. Expects no trailing slash. */
export function readAzurePath(path: string): AzurePath | undefined {
	if (/^\/api\/projects(?:\/.*)?$/i.test(path)) {
		return { kind: 'project' };
	}
	if (/^\/models(?:\/.*)?$/i.test(path)) {
		return { kind: 'inference' };
	}
	const deployed = /^\/openai\/deployments\/([^/]+)(\/.*)?$/i.exec(path);
	if (deployed) {
		return withEndpoint({ kind: 'deployment', deployment: decoded(deployed[1] ?? '') } as const, deployed[2]);
	}
	const v1 = /^(?:\/openai)?\/v1(\/.*)?$/i.exec(path);
	if (v1) {
		return withEndpoint({ kind: 'v1' } as const, v1[1]);
	}
	const open = /^(?:\/openai)?(\/.*)?$/i.exec(path);
	return open ? withEndpoint({ kind: 'open' } as const, open[1]) : undefined;
}

/** Reads a path whose beginning is a gateway's own. `undefined`: what follows a deployment is not understood. */
export function readGatewayPath(path: string): GatewayPath | undefined {
	const deployed = inDeployment.exec(path);
	if (deployed) {
		return withEndpoint({ base: deployed[1] ?? '', deployment: decoded(deployed[2] ?? '') }, deployed[3]);
	}
	const [whole = ''] = /(?:\/(?:images\/(?:generations|edits|variations)|chat\/completions|responses|deployments))+$/i.exec(path) ?? [];
	return { base: path.slice(0, path.length - whole.length), ...(whole === '' ? {} : { endpoint: whole }) };
}

function withEndpoint<T extends object>(read: T, rest: string | undefined): (T & { readonly endpoint?: string }) | undefined {
	if (rest === undefined) {
		return read;
	}
	return endpoint.test(rest) ? { ...read, endpoint: rest } : undefined;
}

/** A malformed escape is left alone: no deployment has such a name, and the caller says so. */
function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		// Not percent-encoded UTF-8: it is told as a name that cannot be.
		return segment;
	}
}
