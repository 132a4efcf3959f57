import * as z from 'zod/mini';
import { describeIssue } from '../connection/schemaIssue';
import { parseSize } from '../image/imageSize';
import { maxFilledLength } from '../prompt/variables';
import { failure, success, type Result } from '../result';
import { wireFields, type Capability, type SizeRule } from './capability';
import { freeSizeLimits } from './openAiRows';

const sizeText = z
	.string('must be a size such as "1024x1024"')
	.check(z.regex(/^[1-9]\d{0,4}x[1-9]\d{0,4}$/, 'must be a size such as "1024x1024"'));
const words = z.array(z.string('must be a text').check(z.minLength(1, 'must not be empty')), 'must be a list of texts');
const wholeNumber = z.int('must be a whole number').check(z.minimum(1, 'must be at least 1'));
/** The longest edge that any picture format of ours but PNG can hold; what is above it would be searched for sizes for ever. */
const edge = wholeNumber.check(z.maximum(65_535, 'must be at most 65535'));
const factor = z.number('must be a number').check(z.positive('must be above 0'));
const usd = z.number('must be a number (US dollars per million tokens)').check(z.minimum(0, 'must not be negative'));
const truth = z.boolean('must be true or false');

/**
 * What a user may say about a model in a connection's `capabilities`. The names are stable. `sizes` (a list, or `"any"`)
 * and `limits` exclude each other; `limits` may be partial, the rest is as for gpt-image-2.
 */
const capabilityOverrides = z.strictObject(
	{
		sizes: z.optional(
			z.union(
				[z.literal('any'), z.array(sizeText).check(z.minLength(1, 'must name at least one size'))],
				'must be "any" or a list such as ["1024x1024"]',
			),
		),
		limits: z.optional(
			z.strictObject(
				{
					step: z.optional(edge),
					maxEdge: z.optional(edge),
					maxRatio: z.optional(z.number('must be a number').check(z.minimum(1, 'must be at least 1'))),
					minPixels: z.optional(wholeNumber),
					maxPixels: z.optional(wholeNumber),
					experimentalAbovePixels: z.optional(wholeNumber),
				},
				'must be an object such as { "maxEdge": 2048 }',
			),
		),
		autoSize: z.optional(truth),
		qualities: z.optional(words),
		formats: z.optional(words),
		backgrounds: z.optional(words),
		moderations: z.optional(words),
		maxCandidates: z.optional(wholeNumber),
		candidates: z.optional(z.enum(['oneRequest', 'parallelRequests'], 'must be "oneRequest" or "parallelRequests"')),
		streams: z.optional(truth),
		maxPartialImages: z.optional(
			z.int('must be a whole number').check(z.minimum(0, 'must not be negative'), z.maximum(3, 'must be at most 3')),
		),
		// A prompt of this length may have open variables, and must not be sent.
		maxPromptLength: z.optional(wholeNumber.check(z.maximum(maxFilledLength, `must be at most ${maxFilledLength}`))),
		responseFormat: z.optional(z.enum(['send', 'omit'], 'must be "send" or "omit"')),
		fields: z.optional(z.array(z.enum(wireFields, `must be one of ${wireFields.join(', ')}`), 'must be a list of request fields')),
		prices: z.optional(
			z.strictObject({ textIn: usd, imageIn: usd, imageOut: usd }, 'must be an object with "textIn", "imageIn" and "imageOut"'),
		),
		tokens: z.optional(
			z.discriminatedUnion(
				'kind',
				[
					z.strictObject({ kind: z.literal('grid'), factors: z.record(z.string(), factor, 'must map qualities to numbers') }),
					z.strictObject({
						kind: z.literal('table'),
						tokens: z.record(
							z.string(),
							z.record(sizeText, factor, 'must map sizes to tokens'),
							'must map qualities to sizes and their tokens',
						),
					}),
					z.strictObject({ kind: z.literal('unknown') }),
				],
				{
					error: issue =>
						typeof issue.input === 'object' ? 'must be "grid", "table" or "unknown"' : 'must be an object with a "kind"',
				},
			),
		),
	},
	'must be an object',
);

type CapabilityOverrides = z.output<typeof capabilityOverrides>;

/** The names that `capabilities` understands, for suggestions and documentation. */
export const overrideNames: readonly string[] = Object.keys(capabilityOverrides.shape);

/** `base` with what the user says about it, or one sentence per mistake. An empty object changes nothing. */
export function overrideCapability(base: Capability, overrides: Readonly<Record<string, unknown>>): Result<Capability, readonly string[]> {
	const parsed = capabilityOverrides.safeParse(overrides);
	if (!parsed.success) {
		return failure(parsed.error.issues.map(issue => describeIssue(issue, [...overrideNames, ...Object.keys(freeSizeLimits)])));
	}
	if (parsed.data.sizes !== undefined && parsed.data.limits !== undefined) {
		return failure(['"sizes" and "limits" exclude each other. Keep the one that describes the model.']);
	}
	return success(apply(base, parsed.data));
}

function apply(base: Capability, overrides: CapabilityOverrides): Capability {
	const { sizes: _sizes, limits: _limits, autoSize, fields, ...same } = overrides;
	if (Object.keys(overrides).length === 0) {
		return base;
	}
	return {
		...base,
		...withoutAbsent(same),
		size: sizeRule(base, overrides),
		allowsAutoSize: autoSize ?? base.allowsAutoSize,
		fields: fields ?? impliedFields(base, overrides),
		confidence: 'overridden',
	};
}

function sizeRule(base: Capability, { sizes, limits }: CapabilityOverrides): SizeRule {
	if (sizes === 'any') {
		return { kind: 'any' };
	}
	if (sizes !== undefined) {
		return { kind: 'fixed', sizes: sizes.flatMap(text => parseSize(text) ?? []) };
	}
	if (limits !== undefined) {
		return { kind: 'free', limits: { ...(base.size.kind === 'free' ? base.size.limits : freeSizeLimits), ...withoutAbsent(limits) } };
	}
	return base.size;
}

/** Saying which values a parameter takes says that the host has the parameter; an empty list says that it has not. */
function impliedFields(base: Capability, overrides: CapabilityOverrides): readonly string[] {
	const said: readonly (readonly [string, boolean | undefined])[] = [
		['quality', hasAny(overrides.qualities)],
		['output_format', hasAny(overrides.formats)],
		['background', hasAny(overrides.backgrounds)],
		['moderation', hasAny(overrides.moderations)],
		['stream', overrides.streams],
		['partial_images', overrides.maxPartialImages === undefined ? undefined : overrides.maxPartialImages > 0],
		['response_format', overrides.responseFormat === undefined ? undefined : overrides.responseFormat === 'send'],
	];
	const added = said.filter(([, has]) => has === true).map(([field]) => field);
	const removed = new Set(said.filter(([, has]) => has === false).map(([field]) => field));
	return [...new Set([...base.fields, ...added])].filter(field => !removed.has(field));
}

function hasAny(values: readonly string[] | undefined): boolean | undefined {
	return values === undefined ? undefined : values.length > 0;
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** An absent key of a parsed object may be there as `undefined`, which would hide the base's value. */
function withoutAbsent<T extends object>(values: T): Present<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
