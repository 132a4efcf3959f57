import type { Connection } from '../connection/connection';
import { defaultModel } from '../model/capabilityTable';
import { findCapability, type CapabilityRemark, type FoundCapability } from '../model/findCapability';
import type { Problem } from '../problem';
import type { PromptDocument } from '../prompt/promptDocument';
import type { PlanSettings } from './plan';
import { problemAbout, settingOrigin, type ChosenValue } from './planContext';
import { setKeyFix } from './planFixes';

/** A model and what is known of it. `model` is empty when a compatible server is not told one. */
export interface ChosenModel {
	readonly model: string;
	readonly capability: FoundCapability['capability'];
	readonly problems: readonly Problem[];
}

/**
 * The file's model, else the setting's, else the connection's. A compatible server is never told the setting's model: that
 * name belongs to another host.
 */
export function chooseModel(document: PromptDocument, connection: Connection, settings: PlanSettings, today: string): ChosenModel {
	const chosen = modelName(document, connection, settings);
	const { capability, problems } = findCapability(connection.kind, chosen.value, connection.capabilities, today);
	return { model: chosen.value, capability, problems: problems.map(remark => asProblem(remark, chosen, document, connection)) };
}

function modelName({ keys }: PromptDocument, connection: Connection, settings: PlanSettings): ChosenValue<string> {
	if (keys.model) {
		return { value: keys.model.value, origin: { kind: 'file', range: keys.model.range } };
	}
	const setting = settings.model?.trim() ?? '';
	if (setting !== '' && connection.kind !== 'compatible') {
		return { value: setting, origin: settingOrigin('imgprompt.defaults.model') };
	}
	const fallback = connection.kind === 'compatible' ? '' : defaultModel;
	return {
		value: connection.model === '' ? fallback : connection.model,
		origin: { kind: 'elsewhere', sentence: `It is the model of the connection "${connection.name}".` },
	};
}

function asProblem(remark: CapabilityRemark, model: ChosenValue<string>, document: PromptDocument, connection: Connection): Problem {
	if (remark.about === 'capabilities') {
		const origin = { kind: 'elsewhere', sentence: `It is in the "capabilities" of the connection "${connection.name}".` } as const;
		return problemAbout(origin, remark);
	}
	const { code, severity, message, successor } = remark;
	const fixes =
		successor !== undefined && model.origin.kind === 'file'
			? setKeyFix(document, 'model', successor, { title: `Use ${successor}`, isPreferred: true })
			: [];
	return problemAbout(model.origin, { code, severity, message, fixes });
}
