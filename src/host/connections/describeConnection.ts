import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';

/** Host and model of a connection in one line, for lists and tooltips; of an Azure connection, the deployment and what it is. */
export function describeConnection({ kind, baseUrl, model, deployment }: Connection): string {
	if (kind === 'sandbox') {
		return vscode.l10n.t('paints placeholders on this machine, free');
	}
	const asked = deployment === undefined || deployment === model ? model : `${deployment} (${model})`;
	return [asked, new URL(baseUrl).host].filter(text => text !== '').join(' · ');
}
