import * as z from 'zod/mini';
import { defaultModel } from '../model/capabilityTable';
import { failure, success, type Result } from '../result';
import type { Connection } from './connection';
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

const entrySchema = z.strictObject(
	{
		name: z
			.string('must be a text')
			.check(
				z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}\u2028\u2029]{0,98}[^\s\p{Cc}])?$/u, 'must be a name of 1 to 100 characters on one line'),
			),
		kind: z.enum(['openai', 'compatible'], 'must be "openai" or "compatible"'),
		baseUrl: z.optional(z.string('must be a text')),
		model: z.optional(z.string('must be a text')),
		auth: z.optional(z.enum(['apiKey', 'none'], 'must be "apiKey" or "none"')),
		concurrency: z.optional(
			z.int('must be a whole number').check(z.minimum(1, 'must be at least 1'), z.maximum(32, 'must be at most 32')),
		),
		capabilities: z.optional(z.record(z.string(), z.unknown(), 'must be an object')),
	},
	'must be an object',
);

type Entry = z.output<typeof entrySchema>;

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
	// Its fields are not those of the schema, so that every one of them would be called a mistake.
	if (kindOf(entry) === 'azure') {
		return failure('Azure is not supported by this version. The entry is left out; use a connection of kind "openai" or "compatible".');
	}
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
	return asConnection(parsed.data);
}

function asConnection(entry: Entry): Result<Connection, string> {
	const address = entry.baseUrl?.trim() ?? '';
	if (address === '' && entry.kind === 'compatible') {
		return failure('"baseUrl" is missing. Write the address of the server, such as http://localhost:8080/v1.');
	}
	const url = normaliseBaseUrl(address === '' ? openAiBaseUrl : address);
	if (!url.ok) {
		return failure(`"baseUrl" ${url.failure}.`);
	}
	if (entry.kind === 'openai' && entry.auth === 'none') {
		return failure('"auth" must be "apiKey" for OpenAI. For a server without keys use the kind "compatible".');
	}
	const model = entry.model?.trim() ?? '';
	return success({
		name: entry.name,
		kind: entry.kind,
		...url.value,
		model: model === '' && entry.kind === 'openai' ? defaultModel : model,
		auth: entry.auth ?? (entry.kind === 'openai' ? 'apiKey' : 'none'),
		concurrency: entry.concurrency ?? 2,
		...(entry.capabilities === undefined ? {} : { capabilities: entry.capabilities }),
	});
}
