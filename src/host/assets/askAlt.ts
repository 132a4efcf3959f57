import * as vscode from 'vscode';
import type { RunRecord } from '../../core/run/records';
import { defaultAlt } from './assetPath';

/** Asks what the picture shows. Empty: a decorative picture. `undefined`: the person closed the question. */
export async function askAlt(record: Pick<RunRecord, 'alt' | 'prompt'>): Promise<string | undefined> {
	return vscode.window.showInputBox({
		title: vscode.l10n.t('Insert Picture'),
		prompt: vscode.l10n.t('Alternative text: what does the picture show? Leave it empty when it is only decoration.'),
		value: defaultAlt(record),
		ignoreFocusOut: true,
	});
}
