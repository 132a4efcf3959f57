import { defaultModel } from '../model/capabilityTable';
import { failure, success, type Result } from '../result';
import type { Connection } from './connection';
import { azureConnection } from './azureConnection';
import { azureFields, defaultConcurrency, entrySchema, type Entry } from './connectionEntry';
import { normaliseBaseUrl } from './normaliseBaseUrl';
import { sandboxConnection } from './sandboxConnection';
import { describeIssue } from './schemaIssue';

/** A mistake in the user's list of connections. `name` is that of the entry, where it has one. */
export interface ConnectionProblem {
	readonly name?: string;
	readonly message: string;
}

export interface ParsedConnections {
	/** The user's own in their order, then the sandbox. */
	readonly connections: readonly Connection[];
	readonly problems: readonly ConnectionProblem[];
}

/** Where OpenAI's API lies unless an address is given. */
export const openAiBaseUrl = 'https://api.openai.com/v1';

/**
 * Reads the value of the setting `imgprompt.connections`, whatever it is. A bad entry is left out and told; the others
 * stay. The sandbox is always the last connection.
 */
export function parseConnections(value: unknown): ParsedConnections {
	if (value !== undefined && value !== null && !Array.isArray(value)) {
		return { connections: [sandboxConnection], problems: [{ message: 'The setting "imgprompt.connections" must be a list.' }] };
	}
	const connections: Connection[] = [];
	const problems: ConnectionProblem[] = [];
	const entries: readonly unknown[] = value ?? [];
	for (const [index, entry] of entries.entries()) {
		const name = nameOf(entry);
		const parsed = parseEntry(entry, connections);
		if (parsed.ok) {
			connections.push(parsed.value);
		} else {
			const subject = name === undefined ? `Connection ${index + 1}` : `Connection "${name}"`;
			const message = `${subject}: ${parsed.failure}`;
			problems.push(name === undefined ? { message } : { name, message });
		}
	}
	return { connections: [...connections, sandboxConnection], problems };
}

function nameOf(entry: unknown): string | undefined {
	const name: unknown = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
	return typeof name === 'string' && name !== '' ? name : undefined;
}

function kindOf(entry: unknown): unknown {
	return typeof entry === 'object' && entry !== null && 'kind' in entry ? entry.kind : undefined;
}

function parseEntry(entry: unknown, earlier: readonly Connection[]): Result<Connection, string> {
	const name = nameOf(entry);
	if (name === sandboxConnection.name || kindOf(entry) === 'sandbox') {
		return failure('the sandbox always exists and needs no entry. Choose another name and kind, or remove the entry.');
	}
	const parsed = entrySchema.safeParse(entry);
	if (!parsed.success) {
		return failure(parsed.error.issues.map(issue => describeIssue(issue, Object.keys(entrySchema.shape))).join(' '));
	}
	if (earlier.some(connection => connection.name === parsed.data.name)) {
		return failure('another connection has the same name. Rename one of them; the first one is used.');
	}
	return parsed.data.kind === 'azure' ? azureConnection(parsed.data) : asConnection(parsed.data, parsed.data.kind);
}

function asConnection(entry: Entry, kind: 'openai' | 'compatible'): Result<Connection, string> {
	const ofAzure = azureFields.find(field => (entry[field]?.trim() ?? '') !== '');
	if (ofAzure !== undefined) {
		return failure(`"${ofAzure}" is only for connections of the kind "azure". Remove it, or change the kind.`);
	}
	const auth = authOf(entry, kind);
	if (!auth.ok) {
		return auth;
	}
	const address = entry.baseUrl?.trim() ?? '';
	if (address === '' && kind === 'compatible') {
		return failure('"baseUrl" is missing. Write the address of the server, such as http://localhost:8080/v1.');
	}
	const url = normaliseBaseUrl(address === '' ? openAiBaseUrl : address);
	if (!url.ok) {
		return failure(`"baseUrl" ${url.failure}.`);
	}
	const model = entry.model?.trim() ?? '';
	return success({
		name: entry.name,
		kind,
		...url.value,
		model: model === '' && kind === 'openai' ? defaultModel : model,
		auth: auth.value,
		concurrency: entry.concurrency ?? defaultConcurrency,
		...(entry.capabilities === undefined ? {} : { capabilities: entry.capabilities }),
	});
}

function authOf({ auth }: Entry, kind: 'openai' | 'compatible'): Result<'apiKey' | 'none', string> {
	if (auth === 'microsoft' || auth === 'azureDefault') {
		return failure(
			`"auth": "${auth}" is only for connections of the kind "azure". Use "apiKey"${kind === 'openai' ? '' : ' or "none"'}.`,
		);
	}
	if (kind === 'openai' && auth === 'none') {
		return failure('"auth" must be "apiKey" for OpenAI. For a server without keys use the kind "compatible".');
	}
	return success(auth ?? (kind === 'openai' ? 'apiKey' : 'none'));
}
