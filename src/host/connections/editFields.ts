import * as vscode from 'vscode';
import { isAzureApi } from '../../core/connection/azureApi';
import { normaliseAzureUrl } from '../../core/connection/azureEndpoint';
import type { AuthKind, Connection } from '../../core/connection/connection';
import { azureModelNamed } from '../../core/model/azureRows';
import { addressKnown, askAzureModel } from './askAzure';
import { mapAnswer, type Answer } from './askInTurn';
import { authChoices, authQuestion } from './authChoices';
import { requestAddress } from './azureChoices';
import type { ConnectionEditor } from './connectionEditor';
import type { EntryPatch } from './connectionEntries';
import { editProblemMessage } from './editProblemMessage';
import { askChoice, askText, information } from './quickSteps';

/** One line of the list of what can be changed about a connection. */
export interface EditField {
	readonly label: string;
	/** What it is now, in words. */
	readonly value: string;
	/** Asks for another value. What is answered can be written. */
	ask(): Promise<Answer<EntryPatch>>;
}

/** What can be changed about a connection, in the order in which it was asked for. */
export function editFields(connection: Connection, editor: ConnectionEditor): readonly EditField[] {
	const text = textFields(connection, editor);
	const azure = connection.kind === 'azure';
	const signsIn = connection.auth === 'microsoft' || connection.auth === 'azureDefault';
	return [
		text({ key: 'name', label: vscode.l10n.t('Name'), value: connection.name }),
		addressField(connection, editor),
		...(azure ? [deploymentField(connection, text), apiField(connection, editor)] : []),
		azure ? azureModelField(connection) : text({ key: 'model', label: vscode.l10n.t('Model'), value: connection.model }),
		...(connection.kind === 'openai' ? [] : [authField(connection)]),
		...(azure && signsIn ? signInFields(connection, text) : []),
		concurrencyField(connection),
	];
}

/** A field that is a line of text. */
interface TextField {
	/** Its name in the entry. */
	readonly key: string;
	readonly label: string;
	/** What it is now, which may be a default. */
	readonly value: string;
	/** What an empty text means. */
	readonly hint?: string;
	/** What is written besides. */
	readonly alongWith?: (text: string) => EntryPatch;
}

type MakeText = (field: TextField) => EditField;

/** Makes fields that are a line of text; an empty one is taken out of the entry. */
function textFields(connection: Connection, editor: ConnectionEditor): MakeText {
	return ({ key, label, value, hint, alongWith }) => ({
		label,
		value: value === '' ? vscode.l10n.t('not set') : value,
		ask: async () => {
			const patchOf = (text: string): EntryPatch => ({
				[key]: text.trim() === '' ? undefined : text.trim(),
				...alongWith?.(text.trim()),
			});
			const answer = await askText({
				title: titleOf(connection),
				prompt: hint === undefined ? label : `${label}. ${hint}`,
				// A default that is left as it is must not become the user's own.
				value: hint === undefined ? value : editor.written(connection, key),
				canGoBack: true,
				check: entered => {
					const checked = editor.check(connection.name, patchOf(entered));
					return checked.ok ? undefined : editProblemMessage(checked.failure);
				},
			});
			return mapAnswer(answer, patchOf);
		},
	});
}

function deploymentField({ deployment = '' }: Connection, text: MakeText): EditField {
	const alongWith = (chosen: string): EntryPatch => modelOf(chosen, deployment);
	return text({ key: 'deployment', label: vscode.l10n.t('Deployment'), value: deployment, alongWith });
}

/** Another deployment whose name says which model it is, is not taken for the one before: sizes and prices go by the model. */
function modelOf(deployment: string, former: string | undefined): EntryPatch {
	const model = deployment === former ? undefined : azureModelNamed(deployment);
	return model === undefined ? {} : { model };
}

function signInFields({ tenantId = '', scope = '' }: Connection, text: MakeText): readonly EditField[] {
	return [
		text({
			key: 'tenantId',
			label: vscode.l10n.t('Tenant'),
			value: tenantId,
			hint: vscode.l10n.t('Empty: the tenant of the account'),
		}),
		text({ key: 'scope', label: vscode.l10n.t('Scope'), value: scope, hint: vscode.l10n.t('Empty: the one that fits the address') }),
	];
}

function addressField(connection: Connection, editor: ConnectionEditor): EditField {
	return {
		label: vscode.l10n.t('Address'),
		value: connection.baseUrl,
		ask: async () => {
			const answer = await askText({
				title: titleOf(connection),
				prompt: vscode.l10n.t('Address. For another host, the key has to be set anew.'),
				value: editor.addressOf(connection),
				canGoBack: true,
				check: text => {
					const checked = editor.check(connection.name, addressPatch(connection, text));
					if (!checked.ok) {
						return editProblemMessage(checked.failure);
					}
					const { baseUrl, query } = checked.value;
					const address = `${baseUrl}/images/generations${query === undefined ? '' : `?${query}`}`;
					const goes = vscode.l10n.t('Requests go to {0}', address);
					return connection.kind === 'azure' ? addressKnown(baseUrl, goes) : information(goes);
				},
			});
			return mapAnswer(answer, text => addressPatch(connection, text));
		},
	};
}

/** A pasted address of Azure may name deployment and version, which then take the place of those so far. */
function addressPatch({ kind, deployment: former }: Connection, text: string): EntryPatch {
	const baseUrl = text.trim();
	const endpoint = kind === 'azure' ? normaliseAzureUrl(baseUrl) : undefined;
	if (!endpoint?.ok || endpoint.value.deployment === undefined) {
		return { baseUrl };
	}
	const { api, deployment } = endpoint.value;
	return { baseUrl, deployment, ...modelOf(deployment, former), api: api === 'v1' ? undefined : api };
}

function apiField(connection: Connection, editor: ConnectionEditor): EditField {
	const present = connection.api ?? 'v1';
	return {
		label: vscode.l10n.t('API version'),
		value: present,
		ask: async () => {
			const answer = await askText({
				title: titleOf(connection),
				prompt: vscode.l10n.t('“v1”, “preview”, or a dated version such as 2025-04-01-preview'),
				value: present,
				canGoBack: true,
				check: text => {
					const checked = editor.check(connection.name, { api: text.trim() });
					if (!checked.ok || !isAzureApi(text.trim())) {
						return checked.ok
							? vscode.l10n.t('Enter “v1”, “preview”, or a dated version.')
							: editProblemMessage(checked.failure);
					}
					const { deployment } = connection;
					const endpoint = normaliseAzureUrl(editor.addressOf(connection), {
						api: text.trim(),
						deployment,
					});
					return endpoint.ok ? information(vscode.l10n.t('Requests go to {0}', requestAddress(endpoint.value))) : undefined;
				},
			});
			return mapAnswer(answer, text => ({ api: text.trim() }));
		},
	};
}

function azureModelField(connection: Connection): EditField {
	const { model, deployment = '' } = connection;
	return {
		label: vscode.l10n.t('Model'),
		value: model,
		ask: async () =>
			mapAnswer(await askAzureModel({ title: titleOf(connection), deployment, model, canGoBack: true }), chosen => ({
				model: chosen,
			})),
	};
}

function authField(connection: Connection): EditField {
	const choices = authChoices(connection.kind);
	return {
		label: vscode.l10n.t('Credential'),
		value: choices.find(({ value }) => value === connection.auth)?.label ?? connection.auth,
		ask: async () => {
			const answer = await askChoice<AuthKind>({
				title: titleOf(connection),
				placeholder: authQuestion(connection.kind),
				choices,
				active: connection.auth,
				canGoBack: true,
			});
			return mapAnswer(answer, auth => ({ auth }));
		},
	};
}

function concurrencyField(connection: Connection): EditField {
	const numberOf = (text: string): number => (/^\d{1,2}$/.test(text.trim()) ? Number(text) : 0);
	return {
		label: vscode.l10n.t('Requests at once'),
		value: String(connection.concurrency),
		ask: async () => {
			const answer = await askText({
				title: titleOf(connection),
				prompt: vscode.l10n.t('How many requests may be under way at once, 1 to 32'),
				value: String(connection.concurrency),
				canGoBack: true,
				check: text => {
					const count = numberOf(text);
					return count >= 1 && count <= 32 ? undefined : vscode.l10n.t('Enter a whole number from 1 to 32.');
				},
			});
			return mapAnswer(answer, text => ({ concurrency: numberOf(text) }));
		},
	};
}

function titleOf({ name }: Connection): string {
	return vscode.l10n.t('Edit “{0}”', name);
}
