import type { Behaviour, Refusal } from './behaviour';

/*
 * What Azure answers when it paints nothing: words and shapes as they stand in Microsoft Learn and in issue threads
 * (litellm#19372, litellm#26316, llmgateway#2129, lobehub#8898, openclaw#71526, pollinations#12446, read 2026-11-20).
 */

const plain = (status: number, code: string | null, message: string): Refusal => ({ status, body: { error: { code, message } } });

const safety = 'Your request was rejected as a result of our safety system.';

/** Refusals that a resource gives on its own, by the rules of the fake, or on order. */
export const azureErrors = {
	wrongKey: plain(
		401,
		'401',
		'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
	),
	/** The same words for whatever is wrong with a token; `audience` is what the resource wants. */
	refusedToken: (audience: string): Refusal =>
		plain(401, '401', `Unauthorized. Access token is missing, invalid, audience is incorrect (${audience}), or have expired.`),
	expiredToken: plain(401, '401', 'Unauthorized. The access token has expired.'),
	wrongAudience: plain(401, 'InvalidAuthenticationToken', 'The audience is incorrect.'),
	missingRole: plain(
		401,
		'PermissionDenied',
		'The principal `00000000-1111-2222-3333-444444444444` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action` to perform `POST /openai/deployments/{deployment-id}/images/generations` operation.',
	),
	keysDisabled: plain(403, 'AuthenticationTypeDisabled', 'Key based authentication is disabled for this resource.'),
	firewall: plain(403, '403', 'Access denied due to Virtual Network/Firewall rules.'),
	privateEndpoint: plain(403, '403', 'Public access is disabled. Please configure private endpoint.'),
	blocked: plain(
		403,
		'Forbidden',
		'Your resource has been temporarily blocked because we detected behavior that may violate our content policy. Please contact support.',
	),
	notFound: plain(404, '404', 'Resource not found'),
	deploymentNotFound: plain(
		404,
		'DeploymentNotFound',
		'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
	),
	notAnImageModel: plain(
		400,
		'OperationNotSupported',
		'The imageGeneration operation does not work with the specified model, gpt-5. Please choose different model and try again.',
	),
	unknownModel: (model: string): Refusal => ({
		status: 400,
		body: {
			error: {
				message: `The model '${model}' does not exist.`,
				type: 'image_generation_user_error',
				param: 'model',
				code: 'invalid_value',
			},
		},
	}),
	apiVersionRequired: plain(400, 'BadRequest', 'Missing required query parameter: api-version'),
	apiVersionNotAllowed: plain(400, 'BadRequest', 'api-version query parameter is not allowed when using /v1 path'),
	apiVersionUnknown: plain(400, 'BadRequest', 'API version not supported'),
	unknownParameter: (name: string): Refusal => ({
		status: 400,
		body: {
			error: { message: `Unknown parameter: '${name}'.`, type: 'invalid_request_error', param: name, code: 'unknown_parameter' },
		},
	}),
	noWebp: {
		status: 400,
		body: {
			error: {
				message: "Invalid value: 'webp'. Supported values are: 'png' and 'jpeg'.",
				type: 'invalid_request_error',
				param: 'output_format',
				code: 'invalid_value',
			},
		},
	},
	rateLimit: plain(
		429,
		'RateLimitReached',
		'Your requests to gpt-image-2 for gpt-image-2 in Sweden Central have exceeded the call rate limit for your current AIServices S0 pricing tier. Please retry after 6 seconds.',
	),
	callVolume: plain(403, '403', 'Out of call volume quota. Quota will be replenished in 12.10:11:12.'),
	gatewayTimeout: plain(408, 'Timeout', 'The operation was timeout.'),
	upstreamTimeout: { status: 504, body: { statusCode: 504, message: 'Gateway Timeout' } },
} as const;

/** Every shape in which the content filter speaks, by name; each can be ordered with `behave`. */
export const azureContentFilters = {
	insideASuccess: { status: 200, body: { created: 1763600000, error: { code: 'contentFilter', message: safety } } },
	ofThePictureInsideASuccess: {
		status: 200,
		body: {
			created: 1763600000,
			error: { code: 'contentFilter', message: 'Generated image was filtered as a result of our safety system.' },
		},
	},
	asResponsibleAiPolicy: {
		status: 400,
		body: {
			error: {
				code: 'content_policy_violation',
				type: 'invalid_request_error',
				message: safety,
				param: null,
				inner_error: {
					code: 'ResponsibleAIPolicyViolation',
					content_filter_results: {
						hate: { filtered: false, severity: 'safe' },
						jailbreak: { detected: true, filtered: true },
						violence: { filtered: true, severity: 'high' },
						custom_blocklists: { filtered: false, details: [] },
					},
					revised_prompt: 'A boat',
				},
			},
		},
	},
	asOfAChat: {
		status: 400,
		body: {
			error: {
				code: 'content_filter',
				message:
					"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
				param: 'prompt',
				type: null,
				status: 400,
				innererror: {
					code: 'ResponsibleAIPolicyViolation',
					content_filter_result: {
						self_harm: { filtered: true, severity: 'medium' },
						sexual: { filtered: false, severity: 'low' },
					},
				},
			},
		},
	},
	asOpenAi: {
		status: 400,
		body: {
			error: {
				code: 'moderation_blocked',
				type: 'image_generation_user_error',
				message: 'Your request was rejected by the safety system.',
				moderation_details: { moderation_stage: 'output', categories: ['sexual'] },
			},
		},
	},
	ofMicrosoftsModels: { status: 400, body: { error: { code: 'content_safety_violation', message: 'The prompt was flagged.' } } },
	asText: {
		status: 400,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: JSON.stringify({ error: { code: 'content_policy_violation', message: safety } }),
	},
	insideASuccessAsText: {
		headers: { 'content-type': 'text/plain; charset=utf-8' },
		body: JSON.stringify({ created: 1763600000, error: { code: 'contentFilter', message: safety } }),
	},
	insideAStream: { errorEvent: { error: { code: 'moderation_blocked', message: safety, type: 'image_generation_user_error' } } },
} as const satisfies Readonly<Record<string, Behaviour>>;

/** What stands beside the picture of a success when the filter tells that it found nothing. */
export const azureFilterResults = {
	content_filter_results: { hate: { filtered: false, severity: 'safe' }, profanity: { detected: false, filtered: false } },
	prompt_filter_results: { hate: { filtered: false, severity: 'safe' }, jailbreak: { detected: false, filtered: false } },
} as const;
