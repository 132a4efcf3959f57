import * as vscode from 'vscode';
import { isAzureApi } from '../../core/connection/azureApi';
import { normaliseAzureUrl } from '../../core/connection/azureEndpoint';
import type { AuthKind, Connection } from '../../core/connection/connection';
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
		text('name', vscode.l10n.t('Name'), connection.name),
		addressField(connection, editor),
		...(azure ? [text('deployment', vscode.l10n.t('Deployment'), connection.deployment ?? ''), apiField(connection, editor)] : []),
		azure ? azureModelField(connection) : text('model', vscode.l10n.t('Model'), connection.model),
		...(connection.kind === 'openai' ? [] : [authField(connection)]),
		...(azure && signsIn
			? [
					text('tenantId', vscode.l10n.t('Tenant'), connection.tenantId ?? '', vscode.l10n.t('Empty: the tenant of the account')),
					text('scope', vscode.l10n.t('Scope'), connection.scope ?? '', vscode.l10n.t('Empty: the one that fits the address')),
				]
			: []),
		concurrencyField(connection),
	];
}

/** Makes fields that are a line of text; an empty one is taken out of the entry. */
function textFields(connection: Connection, editor: ConnectionEditor) {
	return (key: string, label: string, value: string, hint?: string): EditField => ({
		label,
		value: value === '' ? vscode.l10n.t('not set') : value,
		ask: async () => {
			const patchOf = (text: string): EntryPatch => ({ [key]: text.trim() === '' ? undefined : text.trim() });
			const answer = await askText({
				title: titleOf(connection),
				prompt: hint === undefined ? label : `${label}. ${hint}`,
				value,
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

function addressField(connection: Connection, editor: ConnectionEditor): EditField {
	return {
		label: vscode.l10n.t('Address'),
		value: connection.baseUrl,
		ask: async () => {
			const answer = await askText({
				title: titleOf(connection),
				prompt: vscode.l10n.t('Address. A key stays with the host that it was given for.'),
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
function addressPatch({ kind }: Connection, text: string): EntryPatch {
	const baseUrl = text.trim();
	const endpoint = kind === 'azure' ? normaliseAzureUrl(baseUrl) : undefined;
	if (!endpoint?.ok || endpoint.value.deployment === undefined) {
		return { baseUrl };
	}
	const { api, deployment } = endpoint.value;
	return { baseUrl, deployment, api: api === 'v1' ? undefined : api };
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
