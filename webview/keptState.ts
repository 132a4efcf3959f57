import * as z from 'zod/mini';
import type { ViewState } from './state';

const unit = z.number().check(z.minimum(0), z.maximum(1));

const kept = z.object({
	sessionId: z.string(),
	view: z.object({
		selected: z.int(),
		isOpen: z.boolean(),
		zoom: z.discriminatedUnion('kind', [
			z.object({ kind: z.literal('fit') }),
			z.object({ kind: z.literal('scale'), scale: z.number().check(z.minimum(0.001), z.maximum(16)), centerX: unit, centerY: unit }),
		]),
		showsDetails: z.boolean(),
		runId: z.optional(z.string()),
	}),
});

/** What VS Code keeps of the page: which session it is, and how it was looked at. No prompt, no path, no picture. */
export function stateToKeep(sessionId: string, view: ViewState): unknown {
	return { sessionId, view };
}

/** The view that was kept for this session; `undefined` when there is none, or one of another version. */
export function keptView(state: unknown, sessionId: string): ViewState | undefined {
	const parsed = kept.safeParse(state);
	if (!parsed.success || parsed.data.sessionId !== sessionId) {
		return undefined;
	}
	const { runId, ...view } = parsed.data.view;
	return runId === undefined ? view : { ...view, runId };
}
