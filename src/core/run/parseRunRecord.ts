import * as z from 'zod/mini';
import { failureKinds } from './failure';
import type { RunRecord } from './records';

/** A picture's name never leads out of the run's folder. */
const fileName = z.string().check(z.regex(/^(?:final|partial)-\d+(?:-\d+)?\.[a-z]+$/));

const picture = z.looseObject({
	role: z.enum(['partial', 'final']),
	candidate: z.int(),
	fileName,
	bytes: z.int(),
	sha256: z.string(),
	format: z.enum(['png', 'jpeg', 'webp', 'gif']),
	width: z.int(),
	height: z.int(),
	hasContentCredentials: z.boolean(),
});

const strings = z.array(z.string());
const text = z.optional(z.string());
const place = z.looseObject({ line: z.int(), character: z.int() });

const parameters = z.looseObject({
	size: text,
	quality: text,
	format: text,
	compression: z.optional(z.number()),
	background: text,
	moderation: text,
	n: z.optional(z.int()),
});

const result = z.looseObject({
	status: z.enum(['succeeded', 'failed', 'cancelled', 'uncertain']),
	requested: parameters,
	actual: parameters,
	usage: z.optional(z.looseObject({ inputTokens: z.number(), outputTokens: z.number(), totalTokens: z.number() })),
	cost: z.optional(z.looseObject({ usd: z.number(), estimated: z.boolean() })),
	requestIds: z.optional(strings),
	durationMs: z.number(),
	failure: z.optional(z.looseObject({ kind: z.enum(failureKinds), message: z.string(), code: text, parameter: text })),
});

const record = z.looseObject({
	version: z.literal(1),
	runId: z.string(),
	state: z.enum(['claimed', 'left', 'finished']),
	owner: z.string(),
	startedAt: z.string(),
	connection: z.string(),
	hostKind: z.string(),
	host: z.string(),
	model: z.string(),
	operation: z.enum(['generate', 'edit']),
	requested: parameters,
	price: z.discriminatedUnion('kind', [
		z.looseObject({ kind: z.literal('free') }),
		z.looseObject({ kind: z.literal('estimate'), minUsd: z.number(), maxUsd: z.number() }),
		z.looseObject({ kind: z.literal('unknown') }),
	]),
	promptSha256: z.string(),
	prompt: text,
	source: z.discriminatedUnion('kind', [
		z.looseObject({ kind: z.literal('file'), uri: z.string() }),
		z.looseObject({ kind: z.literal('selection'), uri: z.string(), position: place }),
		z.looseObject({ kind: z.literal('input') }),
	]),
	output: text,
	alt: text,
	notices: strings,
	partials: z.array(picture),
	pictures: z.array(picture),
	requestIds: strings,
	result: z.optional(result),
	accepted: z.optional(z.array(z.looseObject({ index: z.int(), asset: z.string() }))),
});

/** Reads the text of `run.json`: whatever is shown of it has the right form. `undefined`: torn, foreign, or written by a newer version. Keys of others are kept. */
export function parseRunRecord(json: string): RunRecord | undefined {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return undefined; // A torn file is an expected one.
	}
	const { success, data } = record.safeParse(value);
	return success && (data.state === 'finished') === (data.result !== undefined) ? (data as unknown as RunRecord) : undefined;
}
