import * as z from 'zod/mini';
import type { RunRecord, RunSource } from '../../core/run/records';

const position = z.strictObject({ line: z.int().check(z.minimum(0)), character: z.int().check(z.minimum(0)) });

const source = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('file'), uri: z.string() }),
	z.strictObject({ kind: z.literal('selection'), uri: z.string(), position }),
	z.strictObject({ kind: z.literal('input') }),
]);

/**
 * Where a session's prompt comes from. A `file` is read anew at every look; a `fence` is the text of a Markdown fence as
 * it was; `values` are the prompt and keys of a selection, an input box or a caller.
 */
export const promptOrigin = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('file'), uri: z.string() }),
	z.strictObject({ kind: z.literal('fence'), uri: z.string(), text: z.string(), position }),
	z.strictObject({ kind: z.literal('values'), values: z.record(z.string(), z.unknown()), source }),
]);

export type PromptOrigin = z.output<typeof promptOrigin>;

/** The way back that a run keeps: to the file, or to the place in the document where a link goes. */
export function runSourceOf(origin: PromptOrigin): RunSource {
	switch (origin.kind) {
		case 'file':
			return { kind: 'file', uri: origin.uri };
		case 'fence':
			return { kind: 'selection', uri: origin.uri, position: origin.position };
		case 'values':
			return origin.source;
	}
}

/**
 * The prompt of a run that is on disk, with what was asked for, so that trying again asks for the same. What the user keeps no
 * copy of can't be run again from here.
 */
export function originOfRun(run: Pick<RunRecord, 'source' | 'prompt' | 'connection' | 'model' | 'requested'>): PromptOrigin {
	const { source, prompt, connection, model, requested } = run;
	if (source.kind === 'file') {
		return { kind: 'file', uri: source.uri };
	}
	const values = prompt === undefined ? {} : { prompt, connection, ...(model === '' ? {} : { model }), ...requested };
	return { kind: 'values', values, source };
}

/** Runs with the same key share a panel: those of one file, of one document's selections, and those of the input box. */
export function sessionKeyOf(origin: PromptOrigin): string {
	const from = runSourceOf(origin);
	return from.kind === 'input' ? 'input' : `${from.kind}:${from.uri}`;
}
