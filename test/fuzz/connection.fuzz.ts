import * as assert from 'node:assert/strict';
import type { Connection } from '../../src/core/connection/connection';
import { describeDestination } from '../../src/core/connection/destination';
import { parseConnections } from '../../src/core/connection/parseConnections';
import { hostileValue, clonedTokens } from './hostileValue';
import { fuzzTarget, nastyTokens, sample, textOf } from './fuzzTarget';

const addresses = [
	'https://api.openai.com/v1',
	'https://eu.api.openai.com',
	'http://localhost:8080/v1/images/generations',
	'http://[::1]:7860',
	'http://127.0.0.1:1/a//b/',
	'https://contoso.openai.azure.com/',
	'https://contoso.openai.azure.com/openai/deployments/pictures/images/generations?api-version=2025-04-01-preview',
	'https://contoso.services.ai.azure.com/api/projects/one',
	'https://contoso.cognitiveservices.azure.us/openai/v1/',
	'https://contoso.openai.azure.cn/openai/v1/images/generations?api-version=preview',
	'https://gate.azure-api.net/pictures/openai',
	'https://ai.azure.com/resource/overview?wsid=/subscriptions/1',
];

/** The setting with the user's connections, whatever was written or pasted into it. */
export const target = fuzzTarget({
	samples: [
		...addresses.flatMap(baseUrl => [
			[{ name: 'one', kind: 'compatible', baseUrl, auth: 'apiKey' }],
			[{ name: 'two', kind: 'openai', baseUrl, model: 'gpt-image-2', concurrency: 4, capabilities: { sizes: 'free' } }],
			[{ name: 'three', kind: 'azure', baseUrl, deployment: 'pictures', model: 'gpt-image-2' }],
			[
				{
					name: 'four',
					kind: 'azure',
					baseUrl,
					deployment: 'pictures',
					api: '2025-04-01-preview',
					auth: 'microsoft',
					tenantId: 'contoso.com',
					scope: 'https://ai.azure.com/.default',
				},
			],
			[{ name: 'five', kind: 'azure', baseUrl, deployment: 'p', api: 'preview', auth: 'azureDefault' }],
		]),
		[{ name: 'a', kind: 'openai' }, { name: 'a', kind: 'openai' }, { name: 'sandbox', kind: 'sandbox' }, 7, null],
		{ name: 'no list' },
	].map(value => sample(JSON.stringify(value))),
	tokens: [
		...nastyTokens,
		...clonedTokens,
		...[
			'"name":',
			'"kind":',
			'"baseUrl":',
			'"auth":',
			'"deployment":',
			'"api":',
			'"scope":',
			'"tenantId":',
			'"azure"',
			'"openai"',
			'"compatible"',
			'"none"',
			'"microsoft"',
		],
		...[
			'http://',
			'https://',
			'HTTPS://',
			'https:',
			'//',
			'\\\\',
			'@',
			'user:word@',
			'?',
			'#',
			'%2f',
			'%00',
			'%2e%2e',
			':443',
			':80',
			':99999',
			'localhost',
			'127.1',
			'0x7f.1',
			'[::ffff:7f00:1]',
		],
		...[
			'.azure.com',
			'.openai.azure.com',
			'.azure.us',
			'.azure-api.net',
			'/openai/v1',
			'/openai/deployments/x',
			'?api-version=1',
			'&a=b',
			'。',
			'ⓔxample',
			'\u00ad',
			'xn--',
		],
	],
	isJson: true,
	reach: { connection: 15, refused: 15 },
	run(input) {
		const value = hostileValue(textOf(input));
		const { connections, problems } = parseConnections(value);
		assert.equal(connections.at(-1)?.kind, 'sandbox');
		problems.forEach(({ message }) => assert.ok(message.length > 10));
		const own = connections.slice(0, -1);
		own.forEach(connection => checkConnection(connection, value));
		return own.length > 0 ? 'connection' : 'refused';
	},
});

/** A connection goes where its own entry says, encrypted or nowhere else than this computer. */
function checkConnection(connection: Connection, value: unknown): void {
	const { baseUrl, origin, query = '', authority = '' } = connection;
	const url = new URL(baseUrl);
	assert.equal(url.origin, origin);
	assert.deepEqual([url.username, url.password, url.search, url.hash], ['', '', '', '']);
	assert.ok(url.protocol === 'https:' || (url.protocol === 'http:' && /^(localhost|\[::1\]|127\.[\d.]+)$/.test(url.hostname)), baseUrl);
	const entries = value as readonly ({ readonly name?: unknown; readonly baseUrl?: unknown } | null)[];
	const written = entries.filter(entry => entry?.name === connection.name).map(entry => originOf(entry?.baseUrl));
	assert.ok(written.includes(origin), `${origin} is not what was written: ${written.join()}`);
	assert.match(query, /^(api-version=[\w.%-]+)?$/);
	assert.ok(
		['', 'https://login.microsoftonline.com', 'https://login.microsoftonline.us', 'https://login.chinacloudapi.cn'].includes(authority),
		authority,
	);
	assert.ok(new URL(`${baseUrl}/images/generations?${query}`).origin === origin);
	describeDestination(connection);
}

/** Not by `URL.canParse`, which in Node 20 takes a Latin-1 text for broken UTF-8 once it was called often enough. */
function originOf(written: unknown): string {
	const text = typeof written === 'string' ? written.trim() : '';
	try {
		return text === '' ? 'https://api.openai.com' : new URL(text).origin;
	} catch {
		return 'nowhere'; // no address at all
	}
}
