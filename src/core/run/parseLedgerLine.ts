import * as z from 'zod/mini';
import type { LedgerEntry } from './records';

const entry = z.looseObject({
	type: z.enum(['claim', 'settle', 'accept']),
	at: z.string(),
	runId: z.string(),
	connection: z.string(),
	model: z.string(),
	reservedUsd: z.optional(z.number()),
	reservedUnestimatedUsd: z.optional(z.number()),
	cost: z.optional(z.looseObject({ usd: z.number(), estimated: z.boolean() })),
});

/** Reads one line of the ledger. `undefined`: torn, empty, or foreign; what is unknown in a line of ours is kept. */
export function parseLedgerLine(line: string): LedgerEntry | undefined {
	if (line.trim() === '') {
		return undefined;
	}
	try {
		const { success, data } = entry.safeParse(JSON.parse(line));
		return success ? (data as unknown as LedgerEntry) : undefined;
	} catch {
		return undefined; // A torn line is an expected one.
	}
}
