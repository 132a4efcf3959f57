import type { HostKind } from '../connection/connection';
import type { ProblemCode, ProblemSeverity } from '../problem';
import type { Capability } from './capability';
import { capabilityTable, defaultModel, retiredModels } from './capabilityTable';
import { overrideCapability } from './capabilityOverrides';
import { isModelOrSnapshot } from './modelName';

/** Something to say about a model, before it is known where in a text the model is named. */
export interface CapabilityRemark {
	readonly code: Extract<ProblemCode, 'unknownModel' | 'modelRetired' | 'invalidValue'>;
	readonly severity: ProblemSeverity;
	readonly message: string;
	/** What is at fault: the model's name, or the `capabilities` of the connection. */
	readonly about: 'model' | 'capabilities';
	/** The model to use instead. */
	readonly successor?: string;
}

export interface FoundCapability {
	readonly capability: Capability;
	readonly problems: readonly CapabilityRemark[];
}

/**
 * The limits, counts and prices of `model` on a kind of host, with the user's overrides. Always finds something: a model
 * that the table does not know is given the rules of the host's newest family (on the sandbox: of the default model).
 *
 * @param today `YYYY-MM-DD`; decides whether a model is shut down.
 */
export function findCapability(
	hostKind: HostKind,
	model: string,
	overrides: Readonly<Record<string, unknown>> | undefined,
	today: string,
): FoundCapability {
	const found = lookUp(hostKind, model, today);
	if (overrides === undefined) {
		return found;
	}
	const overridden = overrideCapability(found.capability, overrides);
	if (!overridden.ok) {
		return { capability: found.capability, problems: [...found.problems, ...overridden.failure.map(overrideRemark)] };
	}
	const isDescribed = overridden.value.confidence === 'overridden';
	return {
		capability: overridden.value,
		problems: found.problems.filter(({ code, severity }) => !(isDescribed && code === 'unknownModel' && severity === 'warning')),
	};
}

function lookUp(hostKind: HostKind, model: string, today: string): FoundCapability {
	const retired = retiredModels[hostKind].find(entry => isCalled(hostKind, model, entry.model));
	if (retired) {
		return { capability: capabilityOf(hostKind, retired.successor, today), problems: [shutDownAlready(hostKind, model, retired)] };
	}
	const row = rowOf(hostKind, model);
	if (!row) {
		return assumed(hostKind, model);
	}
	const { shutDown, successor } = row;
	if (row.refusal !== undefined) {
		return { capability: row, problems: [refused(model, row.refusal)] };
	}
	if (shutDown === undefined) {
		return { capability: row, problems: [] };
	}
	if (today >= shutDown) {
		const capability = successor === undefined ? row : capabilityOf(hostKind, successor, today);
		return { capability, problems: [shutDownAlready(hostKind, model, { shutDown, successor })] };
	}
	const daysLeft = daysBetween(today, shutDown);
	return { capability: row, problems: daysLeft <= 60 ? [shutDownSoon(row, model, shutDown, daysLeft)] : [] };
}

/** The successor's rules, so that whatever else stands in the way of the new model is told at once. */
function capabilityOf(hostKind: HostKind, successor: string, today: string): Capability {
	return lookUp(hostKind, successor, today).capability;
}

function refused(model: string, refusal: string): CapabilityRemark {
	return { code: 'unknownModel', severity: 'error', message: `${model} cannot be asked by this version. ${refusal}`, about: 'model' };
}

function shutDownAlready(
	hostKind: HostKind,
	model: string,
	{ shutDown, successor }: { readonly shutDown: string; readonly successor?: string | undefined },
): CapabilityRemark {
	const advice = successor === undefined ? '' : ` ${hostKind === 'azure' ? 'Deploy' : 'Use'} ${successor}.`;
	return {
		code: 'modelRetired',
		// Nothing is sent from the sandbox; the file is to be mended all the same before it is sent elsewhere.
		severity: hostKind === 'sandbox' ? 'warning' : 'error',
		message: `${model} was shut down on ${shutDown}.${advice}`,
		about: 'model',
		...(successor === undefined ? {} : { successor }),
	};
}

function shutDownSoon({ hostKind, successor }: Capability, model: string, shutDown: string, daysLeft: number): CapabilityRemark {
	const when = daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days`;
	const advice = successor === undefined ? '' : ` ${hostKind === 'azure' ? 'Deploy' : 'Change to'} ${successor} in time.`;
	return {
		code: 'modelRetired',
		severity: 'warning',
		message: `${model} will be shut down ${when}, on ${shutDown}.${advice}`,
		about: 'model',
		...(successor === undefined ? {} : { successor }),
	};
}

/** Limits of the newest family, stretched to a stranger. Its prices are not stretched: a wrong price is worse than none. */
function assumed(hostKind: HostKind, model: string): FoundCapability {
	const base = hostKind === 'sandbox' ? rowOf(hostKind, defaultModel) : (rowsOf(hostKind)[0] ?? rowsOf('openai')[0]);
	if (!base) {
		throw new Error(`The capability table has no rows for ${hostKind}.`);
	}
	const { prices, previewBackgrounds: _previews, shutDown: _shutDown, successor: _successor, ...limits } = base;
	const capability: Capability = { ...limits, hostKind, models: [model], confidence: 'assumed', tokens: { kind: 'unknown' } };
	return {
		capability: hostKind === 'sandbox' && prices ? { ...capability, prices } : capability,
		problems: [
			{
				code: 'unknownModel',
				severity: 'warning',
				message: `${model} is not a model that this version knows. It is checked by the rules of ${base.family}; its price is not known.`,
				about: 'model',
			},
		],
	};
}

function rowOf(hostKind: HostKind, model: string): Capability | undefined {
	return rowsOf(hostKind).find(row => row.models.length === 0 || row.models.some(name => isCalled(hostKind, model, name)));
}

/** Deployments are described by hand, and portals write the names of models in several ways. */
function isCalled(hostKind: HostKind, model: string, name: string): boolean {
	return isModelOrSnapshot(hostKind === 'azure' ? model.toLowerCase() : model, name);
}

function rowsOf(hostKind: HostKind): readonly Capability[] {
	return capabilityTable.filter(row => row.hostKind === hostKind);
}

function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function overrideRemark(sentence: string): CapabilityRemark {
	return { code: 'invalidValue', severity: 'error', message: sentence, about: 'capabilities' };
}
