import * as assert from 'node:assert/strict';
import type { RunFailure } from '../../../../src/core/run/failure';
import { readHostError } from '../../../../src/providers/failure/hostError';
import { describeHostFailure } from '../../../../src/providers/failure/hostFailure';
import { aConnection, aKey } from './aConnection';

const key = 'sk-proj-0123456789abcdef';
const about = { connection: aConnection({ baseUrl: 'https://api.example.com' }), credential: aKey(key) };

function describe(status: number | undefined, body: unknown, retryAfterMs?: number) {
	return describeHostFailure({
		...about,
		error: readHostError(typeof body === 'string' ? body : JSON.stringify(body)),
		...(status === undefined ? {} : { status }),
		...(retryAfterMs === undefined ? {} : { retryAfterMs }),
	});
}

const error = (message: string, code: string | null, type = 'invalid_request_error', param: string | null = null) => ({
	error: { message, type, param, code },
});
const safety =
	'Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID req_1.';
const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1><script>var a = "<b>"</script></body></html>';

type Told = Partial<RunFailure> & { readonly says: RegExp };

/** What hosts answer, as their documentation and issue threads show it, and what a person is told. */
const table: readonly (readonly [name: string, status: number | undefined, body: unknown, told: Told])[] = [
	[
		'moderation of the prompt',
		400,
		error(safety, 'moderation_blocked', 'image_generation_user_error'),
		{ kind: 'refused', code: 'moderation_blocked', moderation: { stage: 'unknown', categories: [] }, says: /refused the request\./ },
	],
	[
		'moderation with details',
		400,
		{
			error: {
				message: safety,
				type: 'image_generation_user_error',
				code: 'moderation_blocked',
				moderation_details: { moderation_stage: 'input', categories: ['violence', 'self-harm'] },
			},
		},
		{
			kind: 'refused',
			moderation: { stage: 'input', categories: ['violence', 'self-harm'] },
			says: /refused the prompt \(violence, self-harm\)/,
		},
	],
	[
		'older moderation',
		400,
		error(`${safety} safety_violations=[sexual]`, null),
		{ kind: 'refused', moderation: { stage: 'unknown', categories: ['sexual'] }, says: /\(sexual\)/ },
	],
	[
		'moderation of the picture',
		400,
		error('Generated image was filtered as a result of our safety system.', 'contentFilter'),
		{ kind: 'refused', moderation: { stage: 'output', categories: [] }, says: /refused the picture that it made/ },
	],
	[
		'Azure, content filter inside a success',
		undefined,
		{ created: 1, error: { code: 'contentFilter', message: 'Your task failed as a result of our safety system.' } },
		{ kind: 'refused', code: 'contentFilter', says: /word the prompt differently/ },
	],
	[
		'Azure, responsible AI policy',
		400,
		{
			error: {
				code: 'content_policy_violation',
				type: 'invalid_request_error',
				message: 'Blocked.',
				inner_error: {
					code: 'ResponsibleAIPolicyViolation',
					content_filter_results: { hate: { filtered: false }, violence: { filtered: true, severity: 'high' } },
				},
			},
		},
		{ kind: 'refused', moderation: { stage: 'unknown', categories: ['violence'] }, says: /\(violence\)/ },
	],
	[
		'Microsoft, content safety',
		400,
		{ error: { code: 'content_safety_violation', message: 'no' } },
		{ kind: 'refused', says: /moderation/ },
	],
	[
		'a blocked resource',
		403,
		{
			error: {
				code: 'Forbidden',
				message: 'Your resource has been temporarily blocked because we detected behavior that may violate our content policy.',
			},
		},
		{ kind: 'accountBlocked', code: 'Forbidden', says: /not only this prompt/ },
	],
	[
		'moderation in the middle of a stream',
		undefined,
		{ error: { code: 'moderation_blocked', message: safety, type: 'image_generation_user_error' } },
		{ kind: 'refused', says: /differently/ },
	],
	[
		'a size off the grid',
		400,
		error(
			"Invalid size '1792x936'. Width and height must both be divisible by 16.",
			'invalid_value',
			'image_generation_user_error',
			'tools',
		),
		{ kind: 'rejected', parameter: 'size', says: /did not accept size\..*1792x936/ },
	],
	[
		'a size that is not on the list',
		400,
		error("Invalid value: '1254x836'. Supported values are: '1024x1024'.", 'invalid_value', 'invalid_request_error', 'size'),
		{ kind: 'rejected', parameter: 'size', says: /Supported values/ },
	],
	[
		'a size that is too small',
		400,
		error("Invalid size '256x256'. Requested resolution is below the current minimum pixel budget.", 'invalid_value'),
		{ kind: 'rejected', parameter: 'size', says: /minimum pixel budget/ },
	],
	[
		'transparency',
		400,
		error('Transparent background is not supported for this model.', 'invalid_value', 'image_generation_user_error'),
		{ kind: 'rejected', parameter: 'background', says: /leave it out/ },
	],
	[
		'an unknown parameter',
		400,
		error("Unknown parameter: 'response_format'.", 'unknown_parameter', 'invalid_request_error', 'response_format'),
		{ kind: 'rejected', parameter: 'response_format', code: 'unknown_parameter', says: /response_format/ },
	],
	[
		'an unknown parameter that only the words name',
		400,
		error("Unknown parameter: 'tools[0].n'.", 'unknown_parameter'),
		{ kind: 'rejected', parameter: 'n', says: /did not accept n\./ },
	],
	[
		'input fidelity',
		400,
		error(
			"The model 'gpt-image-2' does not support the 'input_fidelity' parameter.",
			'invalid_input_fidelity_model',
			'image_generation_user_error',
			'tools',
		),
		{ kind: 'rejected', parameter: 'input_fidelity', says: /input_fidelity/ },
	],
	[
		'input fidelity of the small model',
		400,
		error("input_fidelity 'high' is only supported for model gpt-model-1", null),
		{ kind: 'rejected', parameter: 'input_fidelity', says: /only supported/ },
	],
	[
		'a stream with several candidates',
		400,
		error('Streaming is only supported with n=1.', null),
		{ kind: 'rejected', parameter: 'stream', says: /n=1/ },
	],
	[
		'compression of a PNG',
		400,
		error('Compression less than 100 is not supported for PNG output format.', 'invalid_value'),
		{ kind: 'rejected', parameter: 'output_compression', says: /PNG/ },
	],
	[
		'an unreadable input picture',
		400,
		error('Invalid image file or mode for image 1, please check your image file.', 'invalid_image_file'),
		{ kind: 'rejected', parameter: 'image', says: /image file/ },
	],
	[
		'a prompt that is too long',
		400,
		error("Invalid 'prompt': string too long.", 'string_above_max_length'),
		{ kind: 'rejected', parameter: 'prompt', says: /too long/ },
	],
	[
		'FastAPI validation',
		422,
		{ detail: [{ type: 'missing', loc: ['body', 'size'], msg: 'Field required' }] },
		{ kind: 'rejected', parameter: 'size', says: /Field required/ },
	],
	[
		'FastAPI text',
		400,
		{ detail: 'width must be a multiple of 8' },
		{ kind: 'rejected', says: /did not accept the request.*multiple of 8/ },
	],
	['a string', 400, { error: 'prompt required' }, { kind: 'rejected', says: /prompt required/ }],
	['a bare message', 400, { message: 'bad body' }, { kind: 'rejected', says: /bad body/ }],
	['a list of errors', 400, [{ error: { message: 'first' } }], { kind: 'rejected', says: /first/ }],
	[
		'a body that is too large',
		413,
		'<html><title>413 Request Entity Too Large</title></html>',
		{ kind: 'rejected', says: /413 Request Entity Too Large/ },
	],
	['text', 400, 'nope', { kind: 'rejected', says: /“nope”/ }],
	[
		'a spending limit',
		400,
		error('Billing hard limit has been reached', 'billing_hard_limit_reached'),
		{ kind: 'quotaExceeded', code: 'billing_hard_limit_reached', says: /plan and billing/ },
	],
	[
		'used-up credit',
		429,
		error('You exceeded your current quota, please check your plan and billing details.', 'insufficient_quota', 'insufficient_quota'),
		{ kind: 'quotaExceeded', says: /credit/ },
	],
	['payment required', 402, '', { kind: 'quotaExceeded', says: /credit/ }],
	[
		'a wrong key',
		401,
		error(`Incorrect API key provided: ${key}.`, 'invalid_api_key'),
		{ kind: 'notSignedIn', code: 'invalid_api_key', says: /Set the key/ },
	],
	['no key', 401, { error: 'Unauthorized' }, { kind: 'notSignedIn', says: /Set the key/ }],
	[
		'a missing role',
		401,
		{
			error: {
				message:
					"The principal x lacks the required data action 'Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action' to perform the request.",
			},
		},
		{ kind: 'notPermitted', says: /Cognitive Services OpenAI User/ },
	],
	[
		'an organisation that is not verified',
		403,
		error(
			'Your organization must be verified to use the model `gpt-image-2`. Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization.',
			null,
		),
		{ kind: 'notPermitted', says: /must be verified to use gpt-image-2.*settings\/organization\/general/ },
	],
	[
		'a forbidden project',
		403,
		error('Project does not have access.', null),
		{ kind: 'notPermitted', says: /Project does not have access/ },
	],
	[
		'an unknown model',
		404,
		error('The model `gpt-image-9` does not exist or you do not have access to it.', 'model_not_found'),
		{ kind: 'modelUnavailable', code: 'model_not_found', says: /does not have gpt-image-2 for this account/ },
	],
	[
		'a model that is shut down',
		404,
		error(
			'The model `gpt-image-1` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations',
			'model_not_found',
		),
		{ kind: 'modelUnavailable', says: /deprecated/ },
	],
	[
		'a model name the deployment does not know',
		400,
		error("The model 'gpt-image-2-1' does not exist.", 'invalid_value', 'image_generation_user_error', 'model'),
		{ kind: 'modelUnavailable', says: /gpt-image-2-1/ },
	],
	['a wrong address', 404, 'Not Found', { kind: 'notConfigured', says: /at https:\/\/api\.example\.com\. .*address of the connection/ }],
	['a wrong method', 405, { detail: 'Method Not Allowed' }, { kind: 'notConfigured', says: /address of the connection/ }],
	['a host that gave up waiting', 408, '', { kind: 'uncertain', says: /billed/ }],
	[
		'a rate limit',
		429,
		error('Rate limit reached for gpt-image-2.', 'rate_limit_exceeded', 'requests'),
		{ kind: 'rateLimited', says: /Wait a moment.*each candidate counts/ },
	],
	['a rate limit of a gateway', 429, '<html><title>Too Many Requests</title></html>', { kind: 'rateLimited', says: /Too Many Requests/ }],
	[
		'a server error',
		500,
		error('The server had an error while processing your request.', null, 'server_error'),
		{ kind: 'serverError', says: /HTTP 500.*may have been billed/ },
	],
	['a server error that is told as JSON', 502, error('upstream', null, 'server_error'), { kind: 'serverError', says: /billed/ }],
	['a gateway page', 502, page, { kind: 'uncertain', says: /gateway.*HTTP 502.*502 Bad Gateway/ }],
	['a gateway that timed out', 504, '', { kind: 'uncertain', says: /billed/ }],
	['a content network that timed out', 524, page, { kind: 'uncertain', says: /524/ }],
	['an overloaded host', 503, '', { kind: 'serverError', says: /overloaded or down/ }],
	[
		'a user error with a server status',
		500,
		error("Invalid size '1x1'.", 'invalid_value', 'image_generation_user_error'),
		{ kind: 'rejected', parameter: 'size', says: /size/ },
	],
	[
		'a server error in the middle of a stream',
		undefined,
		{ type: 'error', message: 'Something went wrong', code: 'server_error' },
		{ kind: 'serverError', code: 'server_error', says: /may have been billed/ },
	],
	[
		'a rate limit in the middle of a stream',
		undefined,
		{ error: { code: 'rate_limit_exceeded', message: 'later' } },
		{ kind: 'rateLimited', says: /rate limit/ },
	],
];

suite('describeHostFailure', () => {
	for (const [name, status, body, { says, ...told }] of table) {
		test(`names ${name}`, () => {
			const { failure } = describe(status, body);
			assert.match(failure.message, says);
			const { message: _, httpStatus, ...rest } = failure;
			assert.equal(httpStatus, status);
			assert.deepEqual({ ...rest, ...told }, rest);
		});
	}

	test('never repeats the key, nor what looks like one', () => {
		const { failure } = describe(400, error(`Bad header: Bearer ${key} or sk-abc****wxyz or Bearer eyJhbGciOi.x_y`, null));
		assert.equal(failure.message.match(/\[key\]/g)?.length, 3);
		assert.doesNotMatch(failure.message, /sk-|eyJ/);
	});

	for (const [where, location, advice] of [
		['on the same host', 'https://api.example.com/v1/', 'Set the address of the connection to the final address.'],
		[
			'to another host',
			'https://login.example.com/',
			'If you do not know that address, send nothing to it and ask whoever runs the host; if you do, make it the address of the connection.',
		],
		[
			'to another port',
			'https://api.example.com:8443/',
			'If you do not know that address, send nothing to it and ask whoever runs the host; if you do, make it the address of the connection.',
		],
	] as const) {
		test(`points to where a redirect leads ${where}, and advises nobody to follow a stranger`, () => {
			const found = describeHostFailure({ ...about, status: 302, error: readHostError(''), location });
			assert.deepEqual(found, {
				failure: {
					kind: 'notConfigured',
					message: `The host points elsewhere (${location}). That is not followed, so that the key goes nowhere else. ${advice}`,
					httpStatus: 302,
				},
			});
		});
	}

	for (const [name, status, body, waits] of [
		['a rate limit', 429, error('slow down', 'rate_limit_exceeded'), true],
		['a rate limit without a reason', 429, '', true],
		['an overloaded host', 503, 'busy', true],
		['used-up credit', 429, error('no', 'insufficient_quota'), false],
		['a server error', 500, error('no', null, 'server_error'), false],
		['a gateway page', 502, page, false],
		['a refusal', 400, error(safety, 'moderation_blocked'), false],
		['a limit that is told in the middle of a stream', undefined, error('slow down', 'rate_limit_exceeded'), false],
	] as const) {
		test(`${waits ? 'allows' : 'does not allow'} to repeat after ${name}`, () => {
			assert.equal(describe(status, body, 1200).retryAfterMs, waits ? 1200 : undefined);
			assert.equal(describe(status, body).retryAfterMs, undefined);
		});
	}

	test('says how long a rate limit lasts', () => {
		const { failure } = describe(429, error('slow down', 'rate_limit_exceeded'), 11_200);
		assert.match(failure.message, /Wait 12 s/);
		assert.equal(failure.retryAfterMs, 11_200);
	});
});
