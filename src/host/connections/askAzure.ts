import * as vscode from 'vscode';
import { isDeploymentName } from '../../core/connection/azureApi';
import { normaliseAzureUrl } from '../../core/connection/azureEndpoint';
import { revealsToken } from '../../core/connection/tokenRecipient';
import { azureModelNamed, azureRows } from '../../core/model/azureRows';
import { isModelOrSnapshot } from '../../core/model/modelName';
import { mapAnswer, type Answer, type Step } from './askInTurn';
import { azureModels, datedChoice, requestAddress } from './azureChoices';
import { suggestedModel, type ConnectionDraft } from './connectionDraft';
import { askChoice, askText, information } from './quickSteps';

type Asked = Answer<ConnectionDraft>;

/** The questions about an Azure resource and its deployment; about names and credentials others ask. */
export const azureSteps: readonly Step<ConnectionDraft>[] = [
	askAddress,
	(draft, canGoBack) => {
		const dated = datedChoice(draft.baseUrl);
		return dated === undefined ? undefined : askShape(draft, dated, canGoBack);
	},
	askDeployment,
	async (draft, canGoBack) => {
		const answer = await askAzureModel({ title: title(), deployment: draft.deployment, model: draft.model, canGoBack });
		return mapAnswer(answer, model => ({ ...draft, model }));
	},
];

/** What a pasted address comes to, or what is wrong with it, while it is being typed. */
function azureAddressMessage(text: string, wishes: { api?: string; deployment?: string } = {}): string | vscode.InputBoxValidationMessage {
	const endpoint = normaliseAzureUrl(text, wishes);
	if (!endpoint.ok) {
		return vscode.l10n.t('The address {0}.', endpoint.failure);
	}
	const goes = vscode.l10n.t('Requests go to {0}', requestAddress(endpoint.value));
	// That the images endpoint was pasted along changes nothing: it stands at the end of the address that is shown.
	const notes = endpoint.value.notes.filter(note => !note.includes(' /images/generations was left out'));
	return addressKnown(endpoint.value.baseUrl, notes.length === 0 ? goes : `${goes} (${notes.join(' ')})`);
}

/** `message` about an address that can be used, with a warning where whoever runs its host gets what is meant for Microsoft. */
export function addressKnown(baseUrl: string, message: string): vscode.InputBoxValidationMessage {
	if (!revealsToken(baseUrl)) {
		return information(message);
	}
	const { host } = new URL(baseUrl);
	const warning = vscode.l10n.t('{0} is not Microsoft’s: whoever runs it gets your prompts, and the key or token.', host);
	return { message: `${warning} ${message}`, severity: vscode.InputBoxValidationSeverity.Warning };
}

/** What is wrong with the name of a deployment; `undefined`: nothing. */
function deploymentProblem(text: string): string | undefined {
	return isDeploymentName(text.trim())
		? undefined
		: vscode.l10n.t('Enter the name of the deployment as the portal shows it: letters, digits, “.”, “_” and “-”.');
}

/** What is known when it is asked which model a deployment is. */
interface ModelQuestion {
	readonly title: string;
	readonly deployment: string;
	/** The model so far; empty: none. */
	readonly model: string;
	readonly canGoBack: boolean;
}

/** Asks which model a deployment is: one that is known, or any other by its name. Never answers with an empty text. */
export async function askAzureModel({ title, deployment, model, canGoBack }: ModelQuestion): Promise<Answer<string>> {
	for (;;) {
		const known = azureModels(new Date().toISOString().slice(0, 10));
		const answer = await askChoice<string>({
			title,
			placeholder: vscode.l10n.t('Which model is “{0}”? Sizes, qualities and prices go by it.', deployment),
			choices: [
				...(model === '' || known.includes(model) ? [] : [{ label: model, value: model }]),
				...known.map(each => ({ label: each, value: each })),
				{ label: vscode.l10n.t('$(edit) Another model…'), value: '' },
			],
			active: model,
			canGoBack,
		});
		if (answer.kind !== 'answered' || answer.value !== '') {
			return answer;
		}
		const other = await askOtherModel(title);
		if (other.kind !== 'back') {
			return mapAnswer(other, text => text.trim());
		}
	}
}

async function askOtherModel(title: string): Promise<Answer<string>> {
	return askText({
		title,
		prompt: vscode.l10n.t('Name of the model that the deployment is, as the catalogue shows it'),
		canGoBack: true,
		check: text => (text.trim() === '' ? vscode.l10n.t('Name a model, such as {0}.', suggestedModel) : refusalOf(text)),
	});
}

/** Why nothing would be sent to a model that is known not to be served. */
function refusalOf(text: string): vscode.InputBoxValidationMessage | undefined {
	const name = text.trim().toLowerCase();
	const { refusal } = azureRows.find(({ models }) => models.some(model => isModelOrSnapshot(name, model))) ?? {};
	return refusal === undefined
		? undefined
		: {
				message: vscode.l10n.t('No picture can be asked of {0} here. {1}', text.trim(), refusal),
				severity: vscode.InputBoxValidationSeverity.Warning,
			};
}

function title(): string {
	return vscode.l10n.t('Add Microsoft Foundry (Azure)');
}

async function askAddress(draft: ConnectionDraft, canGoBack: boolean): Promise<Asked> {
	const answer = await askText({
		title: title(),
		prompt: vscode.l10n.t('Paste any address that the portal shows for the deployment or its resource'),
		placeholder: 'https://NAME.openai.azure.com',
		value: draft.baseUrl,
		canGoBack,
		check: text => azureAddressMessage(text),
	});
	return mapAnswer(answer, text => {
		const baseUrl = text.trim();
		if (baseUrl === draft.baseUrl) {
			return draft;
		}
		const endpoint = normaliseAzureUrl(baseUrl);
		const deployment = (endpoint.ok ? endpoint.value.deployment : undefined) ?? '';
		return { ...draft, baseUrl, api: '', deployment, model: azureModelNamed(deployment) ?? suggestedModel };
	});
}

async function askShape(draft: ConnectionDraft, dated: string, canGoBack: boolean): Promise<Asked> {
	const detailOf = (api: string): string => {
		const endpoint = normaliseAzureUrl(draft.baseUrl, { api });
		return endpoint.ok ? requestAddress(endpoint.value).slice(endpoint.value.origin.length) : '';
	};
	const answer = await askChoice({
		title: title(),
		placeholder: vscode.l10n.t('The address names a version. Which one is to be asked?'),
		choices: [
			{ label: vscode.l10n.t('Keep {0}', dated), detail: detailOf(dated), value: dated },
			{ label: vscode.l10n.t('Use v1, which needs no version'), detail: detailOf('v1'), value: 'v1' },
		],
		active: draft.api === '' ? dated : draft.api,
		canGoBack,
	});
	return mapAnswer(answer, api => ({ ...draft, api }));
}

async function askDeployment(draft: ConnectionDraft, canGoBack: boolean): Promise<Asked> {
	const answer = await askText({
		title: title(),
		prompt: vscode.l10n.t('Name of the deployment of the image model'),
		placeholder: suggestedModel,
		value: draft.deployment,
		canGoBack,
		check: text =>
			deploymentProblem(text) ??
			azureAddressMessage(draft.baseUrl, { deployment: text.trim(), ...(draft.api === '' ? {} : { api: draft.api }) }),
	});
	return mapAnswer(answer, text => {
		const deployment = text.trim();
		return deployment === draft.deployment ? draft : { ...draft, deployment, model: azureModelNamed(deployment) ?? suggestedModel };
	});
}
