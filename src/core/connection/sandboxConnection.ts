import { defaultModel } from '../model/capabilityTable';
import type { Connection } from './connection';

/** The connection that always exists: it paints locally, costs nothing and sends nothing. */
export const sandboxConnection: Connection = {
	name: 'sandbox',
	kind: 'sandbox',
	baseUrl: '',
	origin: '',
	model: defaultModel,
	auth: 'none',
	concurrency: 4,
};
