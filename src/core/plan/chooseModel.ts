import type { Connection } from '../connection/connection';
import { defaultModel } from '../model/capabilityTable';
import { findCapability, type CapabilityRemark, type FoundCapability } from '../model/findCapability';
import type { Problem } from '../problem';
import type { PromptDocument } from '../prompt/promptDocument';
import type { PlanSettings } from './plan';
import { problemAbout, settingOrigin, type ChosenValue } from './planContext';
import { removeKeyFix, setKeyFix } from './planFixes';

/** A model and what is known of it. `model` is empty when a compatible server is not told one. */
export interface ChosenModel {
	readonly model: string;
	readonly capability: FoundCapability['capability'];
	readonly problems: readonly Problem[];
}

/**
 * The file's model, else the setting's, else the connection's. Neither a compatible server nor a deployment is told the
 * setting's model: that name belongs to another host. A deployment is one model, and a file cannot choose another one.
 */
export function chooseModel(document: PromptDocument, connection: Connection, settings: PlanSettings, today: string): ChosenModel {
	const chosen = modelName(document, connection, settings);
	const { capability, problems } = findCapability(connection.kind, chosen.value, connection.capabilities, today);
	return {
		model: chosen.value,
		capability,
		problems: [...otherModel(document, connection), ...problems.map(remark => asProblem(remark, chosen, document, connection))],
	};
}

/** A file that names another model than the one that is deployed. Its name for the deployment is no other model. */
function otherModel(document: PromptDocument, connection: Connection): readonly Problem[] {
	const located = document.keys.model;
	if (connection.kind !== 'azure' || !located) {
		return [];
	}
	const named = located.value.toLowerCase();
	if (named === connection.model.toLowerCase() || named === connection.deployment?.toLowerCase()) {
		return [];
	}
	const problem = problemAbout(
		{ kind: 'file', range: located.range },
		{
			code: 'parameterUnsupported',
			message: `The connection "${connection.name}" asks its deployment "${connection.deployment ?? ''}", which is ${connection.model}: a file cannot choose another model there. Remove \`model\`, or choose another connection.`,
			fixes: [...removeKeyFix(document, 'model'), ...setKeyFix(document, 'model', connection.model)],
		},
	);
	return [problem];
}

function modelName({ keys }: PromptDocument, connection: Connection, settings: PlanSettings): ChosenValue<string> {
	const { kind } = connection;
	if (keys.model && kind !== 'azure') {
		return { value: keys.model.value, origin: { kind: 'file', range: keys.model.range } };
	}
	const setting = settings.model?.trim() ?? '';
	if (setting !== '' && kind !== 'compatible' && kind !== 'azure') {
		return { value: setting, origin: settingOrigin('imgprompt.defaults.model') };
	}
	const fallback = kind === 'compatible' ? '' : defaultModel;
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
