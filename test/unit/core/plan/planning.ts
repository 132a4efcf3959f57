import * as assert from 'node:assert/strict';
import type { Connection } from '../../../../src/core/connection/connection';
import { parseConnections } from '../../../../src/core/connection/parseConnections';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { makePlan } from '../../../../src/core/plan/makePlan';
import type { Plan, PlanOutcome, PlanSettings } from '../../../../src/core/plan/plan';
import { applyEdits } from '../../../../src/core/prompt/editPrompt';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import type { PromptDocument } from '../../../../src/core/prompt/promptDocument';
import type { Problem } from '../../../../src/core/problem';

/** The manifest's defaults. */
export const defaults: PlanSettings = {
	model: '',
	size: '1024x1024',
	quality: 'medium',
	format: 'png',
	background: 'auto',
	moderation: 'auto',
	n: 1,
	partialImages: 1,
};

/** One connection from the words of the user's setting. */
export function connectionOf(entry: Record<string, unknown>): Connection {
	const { connections, problems } = parseConnections([{ name: 'test', ...entry }]);
	assert.deepEqual(problems, []);
	return connections[0] ?? sandboxConnection;
}

export const openAi = connectionOf({ kind: 'openai' });
export const compatible = connectionOf({ kind: 'compatible', baseUrl: 'http://localhost:8080/v1' });

/** What a test changes: settings, connection and day. */
export interface Circumstances {
	readonly settings?: Partial<PlanSettings>;
	readonly connection?: Connection;
	readonly today?: string;
	/** Of the file, relative to the workspace folder. */
	readonly folder?: string;
}

/** Plans a text, or a document. */
export function planned(
	prompt: string | PromptDocument,
	{ settings, connection = openAi, today = '2026-11-20', folder }: Circumstances = {},
): PlanOutcome {
	const document = typeof prompt === 'string' ? parsePrompt(prompt) : prompt;
	return makePlan({ document, connection, settings: { ...defaults, ...settings }, today, folder });
}

/** A prompt file with these keys. */
export function withKeys(...lines: readonly string[]): string {
	return ['---', ...lines, '---', 'A cat'].join('\n');
}

/** The plan of a prompt that is expected to be valid. */
export function planOf(prompt: string | PromptDocument, circumstances?: Circumstances): Plan {
	const outcome = planned(prompt, circumstances);
	assert.ok(outcome.kind === 'ready', JSON.stringify(outcome));
	return outcome.plan;
}

/** Problems, whether they stop the plan or not. */
export function problemsOf(prompt: string | PromptDocument, circumstances?: Circumstances): readonly Problem[] {
	const outcome = planned(prompt, circumstances);
	return outcome.kind === 'ready' ? outcome.plan.problems : outcome.problems;
}

/** Problems as a person sees them: where, how bad, what, and the titles of the mends with the preferred one marked. */
export function seen(text: string, circumstances?: Circumstances) {
	return problemsOf(text, circumstances).map(({ code, severity, range, message, fixes }) => ({
		problem: `${severity} ${code}`,
		at: text.slice(range.start, range.end),
		message,
		fixes: (fixes ?? []).map(({ title, isPreferred }) => (isPreferred ? `* ${title}` : title)),
	}));
}

/** Severities and codes alone. */
export function codesOf(prompt: string | PromptDocument, circumstances?: Circumstances): readonly string[] {
	return problemsOf(prompt, circumstances).map(({ code, severity }) => `${severity} ${code}`);
}

/** The text after the mend with this title. */
export function mended(text: string, title: string, circumstances?: Circumstances): string {
	const fix = problemsOf(text, circumstances)
		.flatMap(problem => problem.fixes ?? [])
		.find(candidate => candidate.title === title);
	assert.ok(fix, `There is no fix "${title}".`);
	return applyEdits(text, fix.edits);
}
