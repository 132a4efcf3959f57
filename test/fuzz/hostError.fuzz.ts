import * as assert from 'node:assert/strict';
import type { Credential } from '../../src/core/connection/connection';
import { parseConnections } from '../../src/core/connection/parseConnections';
import { failureKinds } from '../../src/core/run/failure';
import { readHostError } from '../../src/providers/failure/hostError';
import { describeHostFailure } from '../../src/providers/failure/hostFailure';
import { withoutKey } from '../../src/providers/request/withoutKey';
import { canaryKey } from '../launch/lib/canary.mjs';
import { fuzzTarget, nastyTokens, sample, textOf } from './fuzzTarget';

const statuses = [undefined, 301, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 502, 503, 504, 520, 529, 599];

const credentials = [
	{ kind: 'apiKey', key: canaryKey },
	{ kind: 'token', token: canaryKey, source: 'Azure CLI' },
] as const satisfies readonly Credential[];

const { connections } = parseConnections([
	{ name: 'openai', kind: 'openai' },
	{ name: 'server', kind: 'compatible', baseUrl: 'http://localhost:8080' },
	{ name: 'azure', kind: 'azure', baseUrl: 'https://contoso.openai.azure.com', deployment: 'pictures' },
	{
		name: 'dated',
		kind: 'azure',
		baseUrl: 'https://contoso.openai.azure.com',
		deployment: 'p',
		api: '2025-04-01-preview',
		auth: 'azureDefault',
	},
]);

/** Bodies of answers that refuse. */
export const target = fuzzTarget({
	samples: [
		`{"error":{"message":"Incorrect API key provided: ${canaryKey}.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`,
		'{"error":{"message":"Rejected. safety_violations=[sexual,violence].","type":"image_generation_user_error","param":null,"code":"moderation_blocked"}}',
		'{"error":{"code":"content_policy_violation","message":"m","inner_error":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"hate":{"filtered":true,"severity":"high"},"jailbreak":{"filtered":false}}}}}',
		'{"error":{"code":"contentFilter","innererror":{"content_filter_result":{"sexual":{"filtered":true}}},"message":"x"}}',
		'{"detail":[{"loc":["body","size"],"msg":"field required","type":"value_error"}]}',
		'{"statusCode":404,"message":"Resource not found"}',
		'{"errors":["a",{"message":"b"}],"title":"Bad Request","status":400}',
		'[{"error":{"error":{"error":"deep"}}}]',
		`<html><head><title>502 Bad Gateway</title><style>a{}</style></head><body><script>x(${JSON.stringify(canaryKey)})</script><h1>Bad</h1></body></html>`,
		`upstream connect error ${canaryKey}`,
		'{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}',
		'{"error":{"code":"PermissionDenied","message":"The principal `x` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action`."}}',
		'{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}',
		'{"error":{"code":"BadRequest","message":"API version not supported"}}',
		'{"error":{"message":"Your organization must be verified to use the model.","code":null}}',
	].map(sample),
	tokens: [
		...nastyTokens,
		...[
			'"error":',
			'"message":"',
			'"code":',
			'"innererror":{',
			'"inner_error":{',
			'"content_filter_results":{',
			'"detail":[',
			'"param":"',
			'"type":"',
			'null',
		],
		...[
			canaryKey,
			canaryKey.slice(0, 14),
			'Bearer ',
			'<title>',
			'</title>',
			'<script>',
			'</style',
			'<',
			'safety_violations=[',
			']',
			'does not exist',
			'\\u0000',
			'\\ud800',
		],
		...[
			'"moderation_details":{"moderation_stage":"input","categories":["x"]}',
			'"filtered":true',
			'must be verified',
			'temporarily blocked',
			'\u202e',
		],
	],
	isJson: true,
	reach: { structured: 15, text: 15 },
	run(input, random) {
		const error = readHostError(textOf(input));
		const status = random.pick(statuses);
		const credential = random.pick(credentials);
		const { failure } = describeHostFailure({
			...(status === undefined ? {} : { status }),
			error,
			connection: random.pick(connections),
			credential,
			size: random.pick(['3840x2160', '1024x1024', 'auto']),
			now: 1_800_000_000_000,
		});
		const told = JSON.stringify(withoutKey(failure, credential));
		assert.ok(failureKinds.includes(failure.kind));
		assert.ok(told.length < 12_000, `${told.length} characters`);
		assert.ok(!told.includes(canaryKey), told);
		assert.doesNotMatch(failure.message, /[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
		assert.ok(failure.message.isWellFormed() && failure.message.length > 10);
		return error.isStructured ? 'structured' : 'text';
	},
});
