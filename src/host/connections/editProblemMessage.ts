import * as vscode from 'vscode';
import { assertNever } from '../../core/result';
import type { EditProblem } from './connectionEditor';

/** Says why an entry can't be changed as it was asked for. */
export function editProblemMessage(problem: EditProblem): string {
	switch (problem.kind) {
		case 'gone':
			return vscode.l10n.t('There is no connection named “{0}” any more.', problem.name);
		case 'nameTaken':
			return vscode.l10n.t('There is already a connection named “{0}”. Choose another name.', problem.name);
		case 'invalid':
			return problem.message;
		default:
			return assertNever(problem);
	}
}
