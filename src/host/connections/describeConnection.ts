import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';

/** Host and model of a connection in one line, for lists and tooltips. */
export function describeConnection({ kind, baseUrl, model }: Connection): string {
	return kind === 'sandbox'
		? vscode.l10n.t('paints placeholders on this machine, free')
		: [model, new URL(baseUrl).host].filter(text => text !== '').join(' · ');
}
