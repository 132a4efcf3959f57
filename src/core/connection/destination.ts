import { assertNever } from '../result';
import { azureHostOf } from './azureHost';
import type { Connection } from './connection';
import { isLoopback, isOpenAi } from './normaliseBaseUrl';

/** Where a request goes, for «what leaves the machine». */
export interface Destination {
	/** `false`: the prompt stays on this computer. */
	readonly leavesMachine: boolean;
	/** Host and port as dialled (punycode); empty for the sandbox. */
	readonly host: string;
	/** Such as `OpenAI (api.openai.com)`. */
	readonly text: string;
}

/** Says in words where a connection sends prompts. A loopback server may pass them on; that cannot be known here. */
export function describeDestination(connection: Connection): Destination {
	const { kind } = connection;
	switch (kind) {
		case 'sandbox':
			return { leavesMachine: false, host: '', text: 'Nowhere: the sandbox paints on this computer' };
		case 'openai':
			return remote(connection, 'OpenAI');
		case 'azure':
			return remote(connection, azureName(connection));
		case 'compatible':
			return remote(connection, 'Compatible server');
		default:
			return assertNever(kind);
	}
}

/** A foreign address must not read as if Microsoft itself were at its end. */
function azureName({ baseUrl }: Connection): string {
	const { kind } = azureHostOf(new URL(baseUrl).hostname);
	return kind === 'resource' || kind === 'region' ? 'Microsoft Foundry' : 'API gateway';
}

function remote({ kind, baseUrl }: Connection, who: string): Destination {
	const { host, hostname } = new URL(baseUrl);
	if (isLoopback(hostname)) {
		return { leavesMachine: false, host, text: `A server on this computer (${host})` };
	}
	// A foreign address must not read as if OpenAI itself were at its end.
	const name = kind === 'openai' && !isOpenAi(hostname) ? 'OpenAI-style server' : who;
	return { leavesMachine: true, host, text: `${name} (${host})` };
}
