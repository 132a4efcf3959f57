import * as assert from 'node:assert/strict';
import type { Connection, Credential } from '../../../../src/core/connection/connection';
import type { RunFailure } from '../../../../src/core/run/failure';
import { readHostError } from '../../../../src/providers/failure/hostError';
import { describeHostFailure } from '../../../../src/providers/failure/hostFailure';
import { azureContentFilters, azureErrors } from '../../../fakes/imagesApi/azureAnswers';
import type { Refusal } from '../../../fakes/imagesApi/behaviour';
import { aConnection, aKey } from './aConnection';

const host = 'studio.openai.azure.com';
const now = Date.UTC(2026, 10, 20);
const v1 = aConnection({ kind: 'azure', baseUrl: `https://${host}/openai/v1`, deployment: 'pictures', api: 'v1' });
const preview: Connection = { ...v1, api: 'preview', query: 'api-version=preview' };
const dated: Connection = {
	...v1,
	baseUrl: `https://${host}/openai/deployments/pictures`,
	api: '2025-04-01-preview',
	query: 'api-version=2025-04-01-preview',
};
const old: Connection = { ...dated, api: '2024-02-01', query: 'api-version=2024-02-01' };
const gateway: Connection = { ...v1, baseUrl: 'https://studio.azure-api.net/pictures', origin: 'https://studio.azure-api.net' };
const signedIn: Connection = { ...v1, auth: 'microsoft', scope: 'https://ai.azure.com/.default' };
const signedInDated: Connection = { ...dated, auth: 'azureDefault', scope: 'https://cognitiveservices.azure.com/.default' };

/** A JSON Web Token that says this of itself. */
function jwt(claims: Readonly<Record<string, unknown>>): Credential {
	const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	return { kind: 'token', token: `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`, source: 'Azure CLI' };
}

const fresh = now / 1000 + 3600;
const opaque: Credential = { kind: 'token', token: 'opaque-token-0123456789', source: 'ada@example.com' };
const generic = azureErrors.refusedToken('https://cognitiveservices.azure.com');
const genericOfV1 = azureErrors.refusedToken('https://ai.azure.com');
const genericWithoutAudience: Refusal = {
	status: 401,
	body: { error: { code: '401', message: 'Unauthorized. Access token is missing, invalid, audience is incorrect, or have expired.' } },
};

function describe({ status, body }: Refusal, connection: Connection = v1, credential: Credential = aKey()): RunFailure {
	const error = readHostError(typeof body === 'string' ? body : JSON.stringify(body));
	return describeHostFailure({ status, error, connection, credential, now }).failure;
}

type Told = Partial<RunFailure> & { readonly says: RegExp };

const table: readonly (readonly [name: string, answer: Refusal, connection: Connection, credential: Credential, told: Told])[] = [
	['a wrong key', azureErrors.wrongKey, v1, aKey(), { kind: 'notSignedIn', says: /^studio\.openai\.azure\.com did not.*Set the key/ }],
	[
		'a key that the gateway looks for elsewhere',
		{ status: 401, body: { statusCode: 401, message: 'Access denied due to missing subscription key.' } },
		gateway,
		aKey(),
		{ kind: 'notConfigured', code: 'keyHeader', says: /gateway studio\.azure-api\.net.*“api-key”/ },
	],
	[
		'keys that are disabled',
		azureErrors.keysDisabled,
		v1,
		aKey(),
		{ kind: 'notConfigured', code: 'keysDisabled', says: /another credential for the connection: a Microsoft account/ },
	],
	[
		'keys that are disabled, behind the status of a wrong key',
		{ ...azureErrors.keysDisabled, status: 401 },
		v1,
		aKey(),
		{ kind: 'notConfigured', code: 'keysDisabled', says: /another credential for the connection: a Microsoft account/ },
	],
	[
		'a token that says that it has expired',
		generic,
		signedInDated,
		jwt({ aud: 'https://cognitiveservices.azure.com', exp: now / 1000 - 1 }),
		{ kind: 'notSignedIn', code: 'expiredToken', says: /sign-in of Azure CLI for .* has expired\. Sign in again.*az login/ },
	],
	[
		'a token of which the host says that it has expired',
		azureErrors.expiredToken,
		signedIn,
		opaque,
		{ kind: 'notSignedIn', code: 'expiredToken', says: /ada@example\.com.*expired\. Sign in again, with an account/ },
	],
	[
		'a token that nothing is told about',
		genericOfV1,
		signedIn,
		opaque,
		{ kind: 'notSignedIn', code: 'refusedToken', says: /did not accept the sign-in of ada@example\.com\. Sign in again/ },
	],
	[
		'a token for another audience, by its scope',
		generic,
		signedIn,
		opaque,
		{ kind: 'notConfigured', code: 'wrongAudience', says: /Set the scope .* "https:\/\/cognitiveservices\.azure\.com\/\.default"/ },
	],
	[
		'a token for another audience than the scope, which is right',
		genericOfV1,
		signedIn,
		jwt({ aud: 'https://cognitiveservices.azure.com/', exp: fresh }),
		{ kind: 'notSignedIn', code: 'refusedToken', says: /Sign in again/ },
	],
	[
		'a token whose audience is an application',
		genericOfV1,
		signedIn,
		jwt({ aud: '7d312290-28c8-473c-a0ed-8e53749b6d6d', exp: fresh }),
		{ kind: 'notSignedIn', code: 'refusedToken', says: /Sign in again/ },
	],
	[
		'a token for another audience, when the host does not say for which',
		azureErrors.wrongAudience,
		signedInDated,
		opaque,
		{ kind: 'notConfigured', code: 'wrongAudience', says: /"https:\/\/ai\.azure\.com\/\.default"/ },
	],
	[
		'a fresh token, when the audience is one of the guesses',
		genericWithoutAudience,
		signedIn,
		jwt({ exp: fresh }),
		{ kind: 'notConfigured', code: 'wrongAudience', says: /cognitiveservices\.azure\.com/ },
	],
	[
		'a token of unknown age, when the audience is one of the guesses',
		genericWithoutAudience,
		signedIn,
		opaque,
		{ kind: 'notSignedIn', code: 'refusedToken', says: /Sign in again/ },
	],
	[
		'a token for a cloud of its own',
		azureErrors.refusedToken('https://cognitiveservices.azure.us'),
		signedIn,
		opaque,
		{ kind: 'notConfigured', code: 'wrongAudience', says: /"https:\/\/cognitiveservices\.azure\.us\/\.default"/ },
	],
	[
		'a scope of the user that nobody knows',
		azureErrors.wrongAudience,
		{ ...signedIn, scope: 'api://studio/.default' },
		opaque,
		{ kind: 'notConfigured', code: 'wrongAudience', says: /to that of the resource/ },
	],
	[
		'an account of another directory',
		{ status: 400, body: { error: { code: 'BadRequest', message: 'Tenant provided in token does not match resource token' } } },
		signedIn,
		opaque,
		{ kind: 'notSignedIn', code: 'wrongTenant', says: /"tenantId"/ },
	],
	[
		'a missing role',
		azureErrors.missingRole,
		signedIn,
		opaque,
		{
			kind: 'notPermitted',
			code: 'missingRole',
			says: /signed in \(ada@example\.com\) has no role on studio\.openai\.azure\.com.*“Cognitive Services OpenAI User”.*some minutes/,
		},
	],
	['a missing role behind a gateway', azureErrors.missingRole, gateway, aKey(), { code: 'missingRole', says: /account behind this/ }],
	['a firewall', azureErrors.firewall, v1, aKey(), { kind: 'notPermitted', code: 'networkRules', says: /network rules of studio\./ }],
	['a private endpoint', azureErrors.privateEndpoint, v1, opaque, { kind: 'notPermitted', code: 'networkRules', says: /VPN/ }],
	['a blocked resource', azureErrors.blocked, v1, aKey(), { kind: 'accountBlocked', code: 'Forbidden', says: /not only this prompt/ }],
	[
		'a blocked resource with another status',
		{ ...azureErrors.blocked, status: 400 },
		v1,
		aKey(),
		{ kind: 'accountBlocked', says: /Write to its support/ },
	],
	[
		'an unknown deployment',
		azureErrors.deploymentNotFound,
		v1,
		aKey(),
		{
			kind: 'modelUnavailable',
			code: 'DeploymentNotFound',
			says: /^studio\.openai\.azure\.com has no deployment “pictures”.*5 minutes/,
		},
	],
	['a model that is no deployment', azureErrors.unknownModel('x'), dated, aKey(), { kind: 'modelUnavailable', says: /“pictures”/ }],
	[
		'a deployment of a chat model',
		azureErrors.notAnImageModel,
		v1,
		aKey(),
		{ kind: 'modelUnavailable', says: /not of a model that makes/ },
	],
	[
		'a wrong path on v1',
		azureErrors.notFound,
		v1,
		aKey(),
		{ kind: 'notConfigured', code: 'resourceNotFound', says: /that of the resource/ },
	],
	[
		'a wrong path of the deployment shape',
		azureErrors.notFound,
		dated,
		aKey(),
		{
			kind: 'notConfigured',
			code: 'resourceNotFound',
			says: /generations\?api-version=2025-04-01-preview\. Check the address and the API version of the connection/,
		},
	],
	[
		'a version before image models',
		azureErrors.notFound,
		old,
		aKey(),
		{ code: 'resourceNotFound', says: /know no image models: set the API version/ },
	],
	['a wrong path on a gateway', { status: 404, body: '' }, gateway, aKey(), { code: 'resourceNotFound', says: /gateway's owner/ }],
	[
		'v1 that wants a version',
		azureErrors.apiVersionRequired,
		v1,
		aKey(),
		{
			kind: 'notConfigured',
			code: 'apiVersionRequired',
			says: /wants an api-version\. Set the API version of the connection to "preview"/,
		},
	],
	[
		'v1 that wants another version than none',
		azureErrors.apiVersionUnknown,
		v1,
		aKey(),
		{ kind: 'notConfigured', code: 'apiVersionRequired', says: /"preview"/ },
	],
	[
		'a version that was lost on the way',
		azureErrors.apiVersionRequired,
		dated,
		aKey(),
		{ kind: 'notConfigured', code: 'apiVersionRequired', says: /api-version=2025-04-01-preview was sent.*gateway/ },
	],
	[
		'v1 that takes no version',
		azureErrors.apiVersionNotAllowed,
		preview,
		aKey(),
		{
			kind: 'notConfigured',
			code: 'apiVersionUnsupported',
			says: /does not take api-version=preview\. Set the API version of the connection to "v1"\./,
		},
	],
	[
		'v1 that takes no dated version',
		azureErrors.apiVersionNotAllowed,
		{ ...dated, baseUrl: v1.baseUrl },
		aKey(),
		{ kind: 'notConfigured', code: 'apiVersionUnsupported', says: /Set the API version of the connection to "v1"\./ },
	],
	[
		'a version that is not known',
		azureErrors.apiVersionUnknown,
		old,
		aKey(),
		{ kind: 'notConfigured', code: 'apiVersionUnsupported', says: /take api-version=2024-02-01\. .*"v1", or to "2025-04-01-preview"/ },
	],
	['WebP', azureErrors.noWebp, v1, aKey(), { kind: 'rejected', parameter: 'output_format', says: /did not accept output_format/ }],
	['a rate limit', azureErrors.rateLimit, v1, aKey(), { kind: 'rateLimited', code: 'RateLimitReached', says: /rate limit/ }],
	['a used-up quota', azureErrors.callVolume, gateway, aKey(), { kind: 'quotaExceeded', says: /call volume quota/ }],
	[
		'a picture that took too long',
		azureErrors.gatewayTimeout,
		v1,
		aKey(),
		{ kind: 'uncertain', code: 'Timeout', says: /120 seconds.*billed.*imgprompt\.partialImages/ },
	],
	[
		'a picture that took too long behind a gateway',
		azureErrors.upstreamTimeout,
		gateway,
		aKey(),
		{ kind: 'uncertain', says: /120 seconds/ },
	],
	[
		'a picture that took too long inside',
		{ status: 500, body: { error: { code: 'InternalServerError', message: 'The request timed out.' } } },
		v1,
		aKey(),
		{ kind: 'uncertain', says: /billed/ },
	],
	[
		'a server error',
		{ status: 500, body: { error: { code: 'InternalServerError', message: 'Oops' } } },
		v1,
		aKey(),
		{ kind: 'serverError', says: /billed/ },
	],
];

suite('what Azure says', () => {
	for (const [name, answer, connection, credential, { says, ...told }] of table) {
		test(`names ${name}`, () => {
			const { message, ...rest } = describe(answer, connection, credential);
			assert.match(message, says);
			assert.equal(rest.httpStatus, answer.status);
			assert.deepEqual({ ...rest, ...told }, rest);
		});
	}

	test('tells a person who signs in nothing of keys', () => {
		for (const [, answer, connection, credential] of table.filter(row => row[3].kind === 'token')) {
			assert.doesNotMatch(describe(answer, connection, credential).message, /\bkey\b/i);
		}
	});

	test('never has the user ask for a token for something else', () => {
		for (const audience of ['https://management.azure.com', 'https://ai.azure.com.example.com', 'https://graph.microsoft.com']) {
			const failure = describe(azureErrors.refusedToken(audience), signedIn, opaque);
			assert.doesNotMatch(failure.message.split('It says')[0] ?? '', /management|graph|example\.com\/\.default/);
		}
	});

	test('is not repeated where it says nothing of a time, and is where it does', () => {
		const error = readHostError(JSON.stringify(azureErrors.rateLimit.body));
		const about = { status: 429, error, connection: v1, credential: aKey() };
		assert.equal(describeHostFailure(about).retryAfterMs, undefined);
		assert.equal(describeHostFailure({ ...about, retryAfterMs: 6000 }).retryAfterMs, 6000);
	});

	for (const [name, moderation] of [
		['insideASuccess', { stage: 'unknown', categories: [] }],
		['ofThePictureInsideASuccess', { stage: 'output', categories: [] }],
		['asResponsibleAiPolicy', { stage: 'unknown', categories: ['jailbreak', 'violence'] }],
		['asOfAChat', { stage: 'input', categories: ['self_harm'] }],
		['asOpenAi', { stage: 'output', categories: ['sexual'] }],
		['ofMicrosoftsModels', { stage: 'input', categories: [] }],
		['asText', { stage: 'unknown', categories: [] }],
	] as const) {
		test(`is moderation when the content filter speaks ${name}`, () => {
			const { status, body } = azureContentFilters[name];
			const failure = describe({ status, body });
			assert.deepEqual([failure.kind, failure.moderation], ['refused', moderation]);
			assert.match(failure.message, /word the prompt differently/);
		});
	}

	test('says that the resource is blocked without asking for other words', () => {
		const { message } = describe(azureErrors.blocked);
		assert.doesNotMatch(message, /word the prompt|differently/);
	});
});
