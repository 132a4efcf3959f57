import * as vscode from 'vscode';
import { normaliseBaseUrl } from '../../core/connection/normaliseBaseUrl';
import { parseConnections, type ParsedConnections } from '../../core/connection/parseConnections';
import { parseApiKey } from './apiKey';
import { apiKeyMessage } from './apiKeyMessage';
import { askInTurn, type Answer, type Step } from './askInTurn';
import { askChoice, askText } from './quickSteps';

/** The kinds of hosts that a person can add. */
export type AddedKind = 'openai' | 'compatible';

/** What the wizard gathers: an entry of `imgprompt.connections`, and a key that never gets there. */
export interface ConnectionDraft {
	readonly kind: AddedKind;
	readonly name: string;
	readonly baseUrl: string;
	/** Empty: the server is told none. */
	readonly model: string;
	readonly auth: 'apiKey' | 'none';
	/** Empty: to be set later. */
	readonly key: string;
}

const defaultModel = 'gpt-image-2';

/** Asks for a new connection, step by step. `undefined`: dismissed. */
export function askConnection(kind: AddedKind | undefined, takenNames: readonly string[]): Promise<ConnectionDraft | undefined> {
	const initial: ConnectionDraft = {
		kind: kind ?? 'openai',
		name: '',
		baseUrl: '',
		model: kind === 'compatible' ? '' : defaultModel,
		auth: kind === 'compatible' ? 'none' : 'apiKey',
		key: '',
	};
	const steps: readonly Step<ConnectionDraft>[] = [
		draft => (kind ? undefined : askKind(draft)),
		(draft, canGoBack) => (draft.kind === 'compatible' ? askBaseUrl(draft, canGoBack) : undefined),
		(draft, canGoBack) => askName(draft, canGoBack, takenNames),
		askModel,
		(draft, canGoBack) => (draft.kind === 'compatible' ? askAuth(draft, canGoBack) : undefined),
		(draft, canGoBack) => (draft.auth === 'apiKey' ? askKey(draft, canGoBack) : undefined),
	];
	return askInTurn(steps, initial);
}

/** The draft as it is stored in the settings: without the key, and without what is the default anyway. */
export function entryOf({ kind, name, baseUrl, model, auth }: ConnectionDraft): Readonly<Record<string, string>> {
	const asked = model === '' ? {} : { model };
	return kind === 'openai' ? { name, kind, ...asked } : { name, kind, baseUrl, ...asked, auth };
}

async function askKind(draft: ConnectionDraft): Promise<Answer<ConnectionDraft>> {
	const answer = await askChoice<AddedKind>({
		title: vscode.l10n.t('Add a Connection'),
		placeholder: vscode.l10n.t('Who makes the pictures?'),
		choices: [
			{ label: 'OpenAI', detail: vscode.l10n.t('Your own account at api.openai.com'), value: 'openai' },
			{
				label: vscode.l10n.t('Compatible server'),
				detail: vscode.l10n.t('A server that understands OpenAI’s Images API, on this machine or elsewhere'),
				value: 'compatible',
			},
		],
		active: draft.kind,
	});
	return mapAnswer(answer, kind => ({
		...draft,
		kind,
		model: kind === 'openai' ? defaultModel : '',
		auth: kind === 'openai' ? 'apiKey' : 'none',
	}));
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
		value: draft.name || freeName(draft, taken),
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
			draft.kind === 'openai' && text.trim() === '' ? vscode.l10n.t('Name a model, such as {0}.', defaultModel) : undefined,
	});
	return mapAnswer(answer, model => ({ ...draft, model: model.trim() }));
}

async function askAuth(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askChoice<'apiKey' | 'none'>({
		title: titleOf(draft),
		placeholder: vscode.l10n.t('Does the server ask for a key?'),
		choices: [
			{ label: vscode.l10n.t('No key'), detail: vscode.l10n.t('No credential is sent'), value: 'none' },
			{
				label: vscode.l10n.t('API key'),
				detail: vscode.l10n.t('Kept in the secret storage, and sent to this address only'),
				value: 'apiKey',
			},
		],
		active: draft.auth,
		canGoBack,
	});
	return mapAnswer(answer, auth => ({ ...draft, auth, key: auth === 'none' ? '' : draft.key }));
}

async function askKey(draft: ConnectionDraft, canGoBack: boolean): Promise<Answer<ConnectionDraft>> {
	const answer = await askText({
		title: titleOf(draft),
		prompt: vscode.l10n.t('API key. Leave it empty to set it later.'),
		isSecret: true,
		canGoBack,
		check: text => (draft.kind === 'openai' && text.trim() === '' ? undefined : checkKey(text, draft.kind)),
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
	return kind === 'openai' ? vscode.l10n.t('Add OpenAI') : vscode.l10n.t('Add a Compatible Server');
}

function freeName({ kind, baseUrl }: ConnectionDraft, taken: readonly string[]): string {
	const base = kind === 'openai' ? 'openai' : new URL(baseUrl).hostname;
	const names = [base, ...taken.map((_, index) => `${base}-${index + 2}`)];
	return names.find(name => !taken.includes(name)) ?? base;
}

function problemsOf({ problems }: ParsedConnections): string {
	return problems.map(({ message }) => message).join(' ');
}

function information(message: string): vscode.InputBoxValidationMessage {
	return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

function mapAnswer<T, D>(answer: Answer<T>, map: (value: T) => D): Answer<D> {
	return answer.kind === 'answered' ? { kind: 'answered', value: map(answer.value) } : answer;
}
