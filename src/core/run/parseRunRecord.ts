import * as z from 'zod/mini';
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
	requested: z.looseObject({ n: z.optional(z.int()) }),
	price: z.discriminatedUnion('kind', [
		z.looseObject({ kind: z.literal('free') }),
		z.looseObject({ kind: z.literal('estimate'), minUsd: z.number(), maxUsd: z.number() }),
		z.looseObject({ kind: z.literal('unknown') }),
	]),
	promptSha256: z.string(),
	source: z.looseObject({ kind: z.enum(['file', 'selection', 'input']) }),
	notices: strings,
	partials: z.array(picture),
	pictures: z.array(picture),
	requestIds: strings,
	result: z.optional(z.looseObject({ status: z.enum(['succeeded', 'failed', 'cancelled', 'uncertain']), durationMs: z.number() })),
});

/** Reads the text of `run.json`. `undefined`: torn, foreign, or written by a newer version. Keys of others are kept. */
export function parseRunRecord(text: string): RunRecord | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined; // A torn file is an expected one.
	}
	const { success, data } = record.safeParse(value);
	return success && (data.state === 'finished') === (data.result !== undefined) ? (data as unknown as RunRecord) : undefined;
}
