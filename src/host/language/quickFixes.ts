import * as vscode from 'vscode';
import type { Problem, ProblemFix } from '../../core/problem';
import { diagnosticSource } from './diagnostics';
import { problemsOf, type PromptPlans } from './promptPlans';
import { toEditorRange } from './ranges';

/** Offers the mends that come with the problems of a prompt file. */
export class PromptQuickFixes implements vscode.CodeActionProvider {
	readonly #plans: PromptPlans;

	constructor(plans: PromptPlans) {
		this.#plans = plans;
	}

	provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
		return problemsOf(this.#plans.plan(document))
			.filter(problem => toEditorRange(document, problem.range).intersection(range))
			.flatMap(problem => (problem.fixes ?? []).map(fix => toCodeAction(document, problem, fix, context.diagnostics)));
	}
}

function toCodeAction(
	document: vscode.TextDocument,
	problem: Problem,
	fix: ProblemFix,
	shown: readonly vscode.Diagnostic[],
): vscode.CodeAction {
	const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
	const range = toEditorRange(document, problem.range);
	action.edit = new vscode.WorkspaceEdit();
	action.edit.set(
		document.uri,
		fix.edits.map(edit => vscode.TextEdit.replace(toEditorRange(document, edit.range), edit.newText)),
	);
	action.diagnostics = shown.filter(
		({ source, code, range: where }) => source === diagnosticSource && code === problem.code && where.isEqual(range),
	);
	action.isPreferred = fix.isPreferred ?? false;
	return action;
}
