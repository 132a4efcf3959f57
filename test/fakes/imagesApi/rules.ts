import type { IncomingHttpHeaders } from 'http';
import type { Personality, Refusal } from './behaviour';

/**
 * What OpenAI's Images API refuses, in its order and words as far as they are public (API reference and issue threads, read
 * 2026-11-20). The rules are written down a second time here on purpose: a fake that shared them with the product would
 * share its mistakes.
 */
const fields = [
	'prompt',
	'model',
	'n',
	'size',
	'quality',
	'background',
	'output_format',
	'output_compression',
	'moderation',
	'stream',
	'partial_images',
	'safety_identifier',
	'user',
];
const models: Readonly<Record<string, { readonly sizes: 'free' | 'fixed'; readonly qualities: readonly string[] }>> = {
	'gpt-image-2': { sizes: 'free', qualities: ['low', 'medium', 'high', 'auto'] },
	'gpt-image-2-2026-04-21': { sizes: 'free', qualities: ['low', 'medium', 'high', 'auto'] },
	'gpt-image-2.5-sunburst': { sizes: 'free', qualities: ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] },
	'gpt-image-2.5-flare': { sizes: 'free', qualities: ['low', 'medium', 'high', 'xhigh', 'max', 'auto'] },
	'gpt-image-1.5': { sizes: 'fixed', qualities: ['low', 'medium', 'high', 'auto'] },
	'gpt-image-1-mini': { sizes: 'fixed', qualities: ['low', 'medium', 'high', 'auto'] },
};
const fixedSizes = ['1024x1024', '1024x1536', '1536x1024', 'auto'];

/** The models that `GET /v1/models` lists. */
export const listedModels = Object.keys(models);

/** Why the key is not good enough; `undefined` when it is. `keys` empty: any key, or none for a compatible server. */
export function checkKey(
	headers: IncomingHttpHeaders,
	keys: readonly string[],
	personality: Exclude<Personality, 'azure'>,
): Refusal | undefined {
	const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
	if (key === undefined ? personality === 'compatible' && keys.length === 0 : keys.length === 0 || keys.includes(key)) {
		return undefined;
	}
	const message =
		key === undefined
			? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth."
			: `Incorrect API key provided: ${key.slice(0, 4)}****${key.slice(-4)}. You can find your API key at https://platform.openai.com/account/api-keys.`;
	return personality === 'openai'
		? refusal(401, message, null, key === undefined ? null : 'invalid_api_key')
		: { status: 401, body: { error: 'Unauthorized' } };
}

/** Why OpenAI would not paint this; `undefined` when it would. */
export function checkGeneration(body: Readonly<Record<string, unknown>>, headers: IncomingHttpHeaders): Refusal | undefined {
	if (!headers['content-type']?.startsWith('application/json')) {
		return refusal(415, `Unsupported content type: '${headers['content-type'] ?? ''}'.`, null, 'unsupported_content_type');
	}
	const unknown = Object.keys(body).find(field => !fields.includes(field) && field !== 'input_fidelity');
	if (unknown !== undefined) {
		return refusal(400, `Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter');
	}
	return checkPrompt(body) ?? checkModel(body) ?? checkSize(body) ?? checkChoices(body) ?? checkCombinations(body);
}

/** What a small compatible server refuses: a missing prompt, as FastAPI words it. */
export function checkCompatibleGeneration(body: Readonly<Record<string, unknown>>): Refusal | undefined {
	return typeof body.prompt === 'string' && body.prompt !== ''
		? undefined
		: { status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'prompt'], msg: 'Field required' }] } };
}

function checkPrompt({ prompt }: Readonly<Record<string, unknown>>): Refusal | undefined {
	if (prompt === undefined) {
		return refusal(400, "Missing required parameter: 'prompt'.", 'prompt', 'missing_required_parameter');
	}
	if (typeof prompt !== 'string' || prompt === '') {
		return refusal(400, "Invalid 'prompt': expected a non-empty string.", 'prompt', 'invalid_type');
	}
	return prompt.length > 32_000
		? refusal(
				400,
				`Invalid 'prompt': string too long. Expected a string with maximum length 32000, but got a string with length ${prompt.length} instead.`,
				'prompt',
				'string_above_max_length',
			)
		: undefined;
}

function checkModel({ model, input_fidelity }: Readonly<Record<string, unknown>>): Refusal | undefined {
	if (typeof model !== 'string' || !(model in models)) {
		return refusal(404, `The model \`${String(model)}\` does not exist or you do not have access to it.`, null, 'model_not_found');
	}
	return input_fidelity === undefined
		? undefined
		: refusal(
				400,
				`The model '${model}' does not support the 'input_fidelity' parameter.`,
				'input_fidelity',
				'invalid_input_fidelity_model',
				'image_generation_user_error',
			);
}

function checkSize({ model, size }: Readonly<Record<string, unknown>>): Refusal | undefined {
	if (size === undefined || size === 'auto') {
		return undefined;
	}
	const text = textOf(size);
	const invalid = (why: string) => refusal(400, `Invalid size '${text}'. ${why}`, 'size', 'invalid_value', 'image_generation_user_error');
	if (models[String(model)]?.sizes === 'fixed') {
		return fixedSizes.includes(text)
			? undefined
			: refusal(
					400,
					`Invalid value: '${text}'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.`,
					'size',
					'invalid_value',
				);
	}
	const [, width = 0, height = 0] = /^(\d+)x(\d+)$/.exec(text)?.map(Number) ?? [];
	if (width === 0 || height === 0) {
		return invalid("Expected 'auto' or WIDTHxHEIGHT.");
	}
	const long = Math.max(width, height);
	const broken: readonly (readonly [boolean, string])[] = [
		[width % 16 !== 0 || height % 16 !== 0, 'Width and height must both be divisible by 16.'],
		[long > 3840, 'The longest edge must be at most 3840 pixels.'],
		[long > 3 * Math.min(width, height), 'The aspect ratio must be between 1:3 and 3:1.'],
		[width * height < 655_360, 'Requested resolution is below the current minimum pixel budget.'],
		[width * height > 8_294_400, 'Requested resolution is above the current maximum pixel budget.'],
	];
	const why = broken.find(([isBroken]) => isBroken)?.[1];
	return why === undefined ? undefined : invalid(why);
}

function checkChoices(body: Readonly<Record<string, unknown>>): Refusal | undefined {
	const choices: Readonly<Record<string, readonly string[]>> = {
		quality: models[String(body.model)]?.qualities ?? [],
		background: ['transparent', 'opaque', 'auto'],
		output_format: ['png', 'jpeg', 'webp'],
		moderation: ['low', 'auto'],
	};
	for (const [field, values] of Object.entries(choices)) {
		const value = body[field];
		if (value !== undefined && !values.includes(textOf(value))) {
			const list = values.map(each => `'${each}'`).join(', ');
			return refusal(400, `Invalid value: '${textOf(value)}'. Supported values are: ${list}.`, field, 'invalid_value');
		}
	}
	const ranges = { n: [1, 10], partial_images: [0, 3], output_compression: [0, 100] } as const;
	for (const [field, [low, high]] of Object.entries(ranges)) {
		const value = body[field];
		if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high)) {
			return refusal(400, `Invalid '${field}': expected an integer from ${low} to ${high}.`, field, 'invalid_value');
		}
	}
	return undefined;
}

function checkCombinations(body: Readonly<Record<string, unknown>>): Refusal | undefined {
	const format = body.output_format ?? 'png';
	if (body.stream === true && (body.n ?? 1) !== 1) {
		return refusal(400, 'Streaming is only supported with n=1.', 'n', null);
	}
	if (body.stream !== true && body.partial_images !== undefined) {
		return refusal(400, "'partial_images' is only supported when 'stream' is true.", 'partial_images', 'invalid_value');
	}
	if (body.background === 'transparent' && format === 'jpeg') {
		return refusal(
			400,
			'Transparent background is not supported for this output format.',
			'background',
			'invalid_value',
			'image_generation_user_error',
		);
	}
	if (format === 'png' && body.output_compression !== undefined && body.output_compression !== 100) {
		return refusal(
			400,
			'Compression less than 100 is not supported for PNG output format.',
			'output_compression',
			'invalid_value',
			'image_generation_user_error',
		);
	}
	return undefined;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function refusal(status: number, message: string, param: string | null, code: string | null, type = 'invalid_request_error'): Refusal {
	return { status, body: { error: { message, type, param, code } } };
}
