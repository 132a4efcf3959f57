import type { Connection, Credential } from '../../../../src/core/connection/connection';

/** A connection of OpenAI's kind, unless told otherwise. */
export function aConnection(given: Partial<Connection> = {}): Connection {
	const baseUrl = given.baseUrl ?? 'https://api.example.com/v1';
	const origin = new URL(baseUrl).origin;
	return { name: 'test', kind: 'openai', baseUrl, origin, model: 'gpt-image-2', auth: 'apiKey', concurrency: 2, ...given };
}

/** A key as a credential. */
export function aKey(key = 'sk-proj-0123456789abcdef'): Credential {
	return { kind: 'apiKey', key };
}
