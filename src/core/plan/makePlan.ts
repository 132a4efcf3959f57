import type { Connection } from '../connection/connection';
import { ownValue } from '../ownValue';
import { hasErrors, type Problem } from '../problem';
import type { PromptDocument } from '../prompt/promptDocument';
import { resolvePrompt } from '../prompt/resolvePrompt';
import { checkCandidates, checkModeration } from './checkChoices';
import { checkOutputType } from './checkOutputType';
import { checkOutput, checkPromptText } from './checkPrompt';
import { checkQuality } from './checkQuality';
import { checkSize } from './checkSize';
import { chooseModel, type ChosenModel } from './chooseModel';
import type { Plan, PlanOutcome, PlanSettings, RequestedParameters } from './plan';
import type { PlanContext } from './planContext';
import { planRequests } from './planRequests';
import { estimatePrice } from './price';

/** Everything that a plan depends on. */
export interface PlanInput {
	readonly document: PromptDocument;
	readonly connection: Connection;
	readonly settings: PlanSettings;
	/** `YYYY-MM-DD`: models are shut down on days. */
	readonly today: string;
	/** Folder of the prompt's file relative to the folder that its pictures must not leave; absent: not known yet. */
	readonly folder?: string | undefined;
}

/**
 * Joins a prompt with the rules of its host and model. Every problem is reported at once, in the order of the text; one
 * error, of form or of content, makes the outcome `invalid`.
 */
export function makePlan({ document, connection, settings, today, folder }: PlanInput): PlanOutcome {
	const chosen = chooseModel(document, connection, settings, today);
	const subject = chosen.model === '' ? `the server of "${connection.name}"` : chosen.model;
	const context: PlanContext = { document, connection, settings, capability: chosen.capability, subject };
	const resolved = resolvePrompt(document);
	const parameters = checkParameters(context);
	const problems = inTextOrder([
		...document.problems,
		...chosen.problems,
		...parameters.problems,
		...checkPromptText(context, resolved.prompt),
		...checkOutput(context, resolved.output, folder),
	]);
	if (hasErrors(problems)) {
		return { kind: 'invalid', problems };
	}
	return { kind: 'ready', plan: assemble(context, chosen, resolved, parameters, problems) };
}

interface CheckedParameters {
	readonly requested: RequestedParameters;
	readonly problems: readonly Problem[];
	readonly notices: readonly string[];
}

function checkParameters(context: PlanContext): CheckedParameters {
	const size = checkSize(context);
	const quality = checkQuality(context);
	const type = checkOutputType(context);
	const moderation = checkModeration(context);
	const candidates = checkCandidates(context);
	const tier = context.document.keys.tier?.value;
	return {
		requested: {
			...(size.value === undefined ? {} : { size: size.value }),
			...(quality.value === undefined ? {} : { quality: quality.value }),
			...type.value,
			...(moderation.value === undefined ? {} : { moderation: moderation.value }),
			n: candidates.value ?? 1,
			...(tier === undefined ? {} : { tier }),
		},
		problems: [size, quality, type, moderation, candidates].flatMap(checked => checked.problems),
		notices: [size, quality, type].flatMap(checked => checked.notices ?? []),
	};
}

function assemble(
	context: PlanContext,
	{ model, capability }: ChosenModel,
	{ prompt, output, alt }: ReturnType<typeof resolvePrompt>,
	{ requested, notices }: CheckedParameters,
	problems: readonly Problem[],
): Plan {
	const planned = planRequests(context, model, prompt, requested);
	const typicalSeconds = ownValue(capability.typicalSecondsByQuality ?? {}, requested.quality ?? '') ?? capability.typicalSeconds;
	return {
		operation: 'generate',
		connection: context.connection,
		model,
		prompt,
		requested,
		requests: planned.requests,
		price: estimatePrice(capability, requested, requested.n, planned.partialsPerCandidate),
		...(capability.prices ? { prices: capability.prices } : {}),
		notices: [...notices, ...planned.notices],
		problems,
		...(output === undefined ? {} : { output }),
		...(alt === undefined ? {} : { alt }),
		...(typicalSeconds ? { typicalSeconds } : {}),
	};
}

function inTextOrder(problems: readonly Problem[]): readonly Problem[] {
	return [...problems].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
