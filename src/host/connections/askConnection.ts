import * as vscode from 'vscode';
import { normaliseAzureUrl } from '../../core/connection/azureEndpoint';
import { normaliseBaseUrl } from '../../core/connection/normaliseBaseUrl';
import { parseConnections, type ParsedConnections } from '../../core/connection/parseConnections';
import { parseApiKey } from './apiKey';
import { apiKeyMessage } from './apiKeyMessage';
import { askInTurn, mapAnswer, type Answer, type Step } from './askInTurn';
import { azureSteps } from './askAzure';
import { authChoices, authQuestion } from './authChoices';
import { emptyDraft, entryOf, freeName, suggestedModel, type AddedKind, type ConnectionDraft } from './connectionDraft';
import { askChoice, askText, information } from './quickSteps';

/** Asks for a new connection, step by step. `undefined`: dismissed. */
export function askConnection(kind: AddedKind | undefined, takenNames: readonly string[]): Promise<ConnectionDraft | undefined> {
	const steps: readonly Step<ConnectionDraft>[] = [
		draft => (kind ? undefined : askKind(draft)),
		(draft, canGoBack) => (draft.kind === 'compatible' ? askBaseUrl(draft, canGoBack) : undefined),
		...azureSteps.map(
			(step): Step<ConnectionDraft> =>
				(draft, canGoBack) =>
					draft.kind === 'azure' ? step(draft, canGoBack) : undefined,
		),
		(draft, canGoBack) => askName(draft, canGoBack, takenNames),
		(draft, canGoBack) => (draft.kind === 'azure' ? undefined : askModel(draft, canGoBack)),
		(draft, canGoBack) => (draft.kind === 'openai' ? undefined : askAuth(draft, canGoBack)),
		(draft, canGoBack) => (draft.auth === 'apiKey' ? askKey(draft, canGoBack) : undefined),
	];
	return askInTurn(steps, emptyDraft(kind ?? 'openai'));
}

async function askKind(draft: ConnectionDraft): Promise<Answer<ConnectionDraft>> {
	const answer = await askChoice<AddedKind>({
		title: vscode.l10n.t('Add a Connection'),
		placeholder: vscode.l10n.t('Who makes the pictures?'),
		choices: [
			{ label: 'OpenAI', detail: vscode.l10n.t('Your own account at api.openai.com'), value: 'openai' },
			{
				label: vscode.l10n.t('Microsoft Foundry (Azure)'),
				detail: vscode.l10n.t('Your own deployment of an image model, with a Microsoft account or a key'),
				value: 'azure',
			},
			{
				label: vscode.l10n.t('Compatible server'),
				detail: vscode.l10n.t('A server that understands OpenAI’s Images API, on this machine or elsewhere'),
				value: 'compatible',
			},
		],
		active: draft.kind,
	});
	return mapAnswer(answer, kind => (kind === draft.kind ? draft : emptyDraft(kind)));
}

async function askBaseUrl(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askText({
		title: titleOf(draft),
		prompt: vscode.l10n.t('Address of the API'),
		placeholder: 'http://localhost:8080/v1',
		value: draft.baseUrl,
		canGoBack,
		check: text => {
			const url = normaliseBaseUrl(text);
			return url.ok
				? information(vscode.l10n.t('Requests go to {0}', `${url.value.baseUrl}/images/generations`))
				: vscode.l10n.t('The address {0}.', url.failure);
		},
	});
	return mapAnswer(answer, text => {
		const url = normaliseBaseUrl(text);
		return { ...draft, baseUrl: url.ok ? url.value.baseUrl : text.trim() };
	});
}

async function askName(draft: ConnectionDraft, canGoBack: boolean, taken: readonly string[]): Promise<Answer<ConnectionDraft>> {
	const answer = await askText({
		title: titleOf(draft),
		prompt: vscode.l10n.t('A name for the connection. Prompt files refer to it by this name.'),
		value: draft.name || suggestedName(draft, taken),
		canGoBack,
		check: text => {
			const name = text.trim();
			if (name === '') {
				return vscode.l10n.t('Enter a name.');
			}
			if (taken.includes(name)) {
				return vscode.l10n.t('There is already a connection named “{0}”. Choose another name.', name);
			}
			return problemsOf(parseConnections([{ ...entryOf(draft), name }]));
		},
	});
	return mapAnswer(answer, name => ({ ...draft, name: name.trim() }));
}

async function askModel(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askText({
		title: titleOf(draft),
		prompt:
			draft.kind === 'openai'
				? vscode.l10n.t('The model that is asked unless a prompt file names another one')
				: vscode.l10n.t('The model to ask for. Leave it empty when the server has only one.'),
		value: draft.model,
		canGoBack,
		check: text =>
			draft.kind === 'openai' && text.trim() === '' ? vscode.l10n.t('Name a model, such as {0}.', suggestedModel) : undefined,
	});
	return mapAnswer(answer, model => ({ ...draft, model: model.trim() }));
}

async function askAuth(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askChoice({
		title: titleOf(draft),
		placeholder: authQuestion(draft.kind),
		choices: authChoices(draft.kind),
		active: draft.auth,
		canGoBack,
	});
	return mapAnswer(answer, auth => ({ ...draft, auth, key: auth === 'apiKey' ? draft.key : '' }));
}

async function askKey(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askText({
		title: titleOf(draft),
		prompt: vscode.l10n.t('API key. Leave it empty to set it later.'),
		isSecret: true,
		canGoBack,
		check: text => (text.trim() === '' ? undefined : checkKey(text, draft.kind)),
	});
	return mapAnswer(answer, key => ({ ...draft, key: key.trim() }));
}

/** What a person should know about a key while typing it. Only its form is looked at. */
export function checkKey(text: string, kind: string): string | vscode.InputBoxValidationMessage | undefined {
	const key = parseApiKey(text);
	if (!key.ok) {
		return apiKeyMessage(key.failure);
	}
	return kind === 'openai' && !key.value.startsWith('sk-')
		? { message: vscode.l10n.t('Keys of OpenAI usually start with “sk-”.'), severity: vscode.InputBoxValidationSeverity.Warning }
		: undefined;
}

function titleOf({ kind }: ConnectionDraft): string {
	switch (kind) {
		case 'openai':
			return vscode.l10n.t('Add OpenAI');
		case 'azure':
			return vscode.l10n.t('Add Microsoft Foundry (Azure)');
		case 'compatible':
			return vscode.l10n.t('Add a Compatible Server');
	}
}

function suggestedName({ kind, baseUrl }: ConnectionDraft, taken: readonly string[]): string {
	const resource = kind === 'azure' ? normaliseAzureUrl(baseUrl) : undefined;
	const named = resource?.ok ? resource.value.resource : undefined;
	return freeName(kind === 'openai' ? 'openai' : (named ?? new URL(baseUrl).hostname), taken);
}

function problemsOf({ problems }: ParsedConnections): string {
	return problems.map(({ message }) => message).join(' ');
}
