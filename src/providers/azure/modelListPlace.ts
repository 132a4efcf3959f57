import { azureHostOf } from '../../core/connection/azureHost';
import type { Connection } from '../../core/connection/connection';

/** Where a connection's models are listed, and whether they must be. */
export interface ModelListPlace {
	/** Address before `/models`. */
	readonly listUrl: string;
	readonly needsModelList: boolean;
}

/**
 * A resource lists its models at `/openai/v1/models`, or beside the deployments with a dated version (Microsoft Learn, REST
 * reference, read 2026-11-20). A gateway passes on what its owner chose.
 */
export function modelListPlace({ baseUrl }: Pick<Connection, 'baseUrl'>): ModelListPlace {
	const { hostname, pathname } = new URL(baseUrl);
	const isResource = /^\/openai\/(?:v1|deployments\/[^/]+)$/.test(pathname) && azureHostOf(hostname).kind !== 'gateway';
	return { listUrl: baseUrl.replace(/\/deployments\/[^/]+$/, ''), needsModelList: isResource };
}
