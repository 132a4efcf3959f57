import * as vscode from 'vscode';
import type { AuthKind, HostKind } from '../../core/connection/connection';
import type { Choice } from './quickSteps';

/** What is asked before `authChoices`. */
export function authQuestion(kind: HostKind): string {
	return kind === 'azure' ? vscode.l10n.t('How do you sign in to Azure?') : vscode.l10n.t('Does the server ask for a key?');
}

/** The ways in which a kind of host can be given a credential, the most common one first. */
export function authChoices(kind: HostKind): readonly Choice<AuthKind>[] {
	const apiKey: Choice<AuthKind> = {
		label: vscode.l10n.t('API key'),
		detail: vscode.l10n.t('Kept in the secret storage, and sent to this address only'),
		value: 'apiKey',
	};
	if (kind !== 'azure') {
		return [{ label: vscode.l10n.t('No key'), detail: vscode.l10n.t('No credential is sent'), value: 'none' }, apiKey];
	}
	return [
		{
			label: vscode.l10n.t('Microsoft account (sign in)'),
			detail: vscode.l10n.t('Needs the role Cognitive Services OpenAI User on the resource'),
			value: 'microsoft',
		},
		apiKey,
		{
			label: vscode.l10n.t('Azure CLI, managed identity or environment'),
			detail: vscode.l10n.t('What this machine has, in the order of DefaultAzureCredential'),
			value: 'azureDefault',
		},
	];
}
